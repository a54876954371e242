"""What a run has in hand while it goes through its plan, and how it sends one statement."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from console.db.blockers import Blocker
from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.db.writer import Writer
from console.errors import ConsoleError, LockNotAvailable
from console.migrations.events import Event, Notice, StatementFinished, StatementStarted, WaitingForLock
from console.migrations.files.folder import Order
from console.migrations.lease import Lease, Unleased
from console.migrations.ledgers.ledger import Ledger
from console.migrations.script import Piece, Program
from console.migrations.watch import Watch
from console.sql.queries import load
from console.text import sanitize

_DEADLOCK = "40P01"
_PAUSE = 0.5
_TELL_EVERY = 10


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a statement waits for a lock, in seconds, and the pauses before each further attempt.

    Without `lock_timeout` the profile's holds.
    """

    lock_timeout: float | None = None
    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)


@dataclass(slots=True)
class Work:
    """One run: where, with whose consent, under which lease, and who is told.

    `done` are the labels of what went through, `piece` is the newest statement, and `attempt` counts from 1 how often
    it has been waited for. `keys` are advisory locks to hold in each transaction: the tool's own, and one of ours where
    there is no lease. `remembers` tells whether schema dbconsole is kept. `lasting` is how many statements of the
    script at hand are done for good, before its end.
    """

    session: Session
    consent: Consent
    ledger: Ledger
    lease: Lease | Unleased
    watch: Watch
    patience: Patience
    tell: Callable[[Event], None]
    batch: int | None = None
    done: list[str] = field(default_factory=list)
    piece: Piece | None = None
    attempt: int = 1
    keys: tuple[int, ...] = ()
    order: Order = Order.NUMBER
    lasting: int = 0

    @property
    def remembers(self) -> bool:
        """Whether history, lease and positions are kept in schema dbconsole."""
        return isinstance(self.lease, Lease)

    @contextlib.asynccontextmanager
    async def transaction(
        self, version: str, *, doing: str, lock_timeout: float | None = None
    ) -> AsyncIterator[tuple[Writer, int]]:
        """Open one transaction of the run: it shows that the lease is ours, then takes the locks of `keys`.

        Where a lock is taken, it is tried again in a transaction of its own each time: waiting inside one would stand
        in others' way. Gives our process on the server as well. Raises MigrationFailed when the lease was lost.
        """
        waited = 0.0
        while True:
            async with self.session.writing(self.consent, lock_timeout=lock_timeout, doing=doing) as writer:
                pid = await self.lease.renew(writer, version)
                if not self.keys or await self._locked(writer, "ledger/try_lock"):
                    yield writer, pid
                    return
            waited = await self._wait_for_tool(version, waited)

    async def hold(self, writer: Writer, version: str) -> None:
        """Take the locks of `keys` for a connection that is closed after its one statement."""
        waited = 0.0
        while self.keys and not await self._locked(writer, "ledger/try_session_lock"):
            waited = await self._wait_for_tool(version, waited)

    async def _locked(self, writer: Writer, query: str) -> bool:
        answers = await writer.read(*(Query(load(query), {"key": key}) for key in self.keys))
        return all(locked for [(locked,)] in answers)

    async def _wait_for_tool(self, label: str, waited: float) -> float:
        """Wait a moment for whoever holds a lock; tell of it at once and then every ten pauses."""
        if round(waited / _PAUSE) % _TELL_EVERY == 0:
            others = f"Another run of {self.ledger.name} is at work and holds its lock; waiting for it."
            self.tell(Notice(label, "WARNING", others))
        await asyncio.sleep(_PAUSE)
        return waited + _PAUSE

    async def send(self, writer: Writer, label: str, program: Program, piece: Piece, pid: int) -> None:
        """Run one statement and tell of it. Raises StatementFailed and its kin, with the place in the file."""
        self.piece = piece
        total, began = len(program.pieces), time.perf_counter()
        self.tell(StatementStarted(label, piece.number, total, piece.title, piece.line))
        with self.watch.over(pid, lambda found: self._tell_of_lock(label, found, None)):
            executed = await writer.execute(
                piece.text,
                doing=f"running statement {piece.number} of {total} of {sanitize(program.script.path.name)}",
                whole=program.script.text,
                start=piece.start,
            )
        self._tell_notices(writer, label)
        seconds = time.perf_counter() - began
        self.tell(StatementFinished(label, piece.number, total, piece.title, seconds, executed.tag))

    async def patiently(self, label: str, attempt: Callable[[], Awaitable[None]]) -> None:
        """Do it, and again after each pause for as long as a lock is not to be had.

        A transaction is attempted as a whole: its first statement that fails has undone it. A victim of a deadlock is
        in the same position. Between attempts nothing is held, so whoever queued behind us goes through.
        """
        for number, pause in enumerate(self.patience.pauses, 1):
            self.attempt = number
            try:
                return await attempt()
            except ConsoleError as error:
                if not (isinstance(error, LockNotAvailable) or error.sqlstate == _DEADLOCK):
                    raise
            self._tell_of_lock(label, self.watch.last, pause)
            await asyncio.sleep(pause)
        self.attempt = len(self.patience.pauses) + 1
        return await attempt()

    def _tell_of_lock(self, label: str, found: tuple[Blocker, ...], again_in: float | None) -> None:
        title = self.piece.title if self.piece else ""
        self.tell(WaitingForLock(label, title, self.attempt, len(self.patience.pauses) + 1, found, again_in))

    def _tell_notices(self, writer: Writer, label: str) -> None:
        for severity, text in writer.notices:
            self.tell(Notice(label, sanitize(severity), sanitize(text, lines=True)))
        writer.notices.clear()
