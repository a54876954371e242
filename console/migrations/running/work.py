"""What a run has in hand while it goes through its plan, and how it sends one statement."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from console.db import pooling
from console.db.blockers import Blocker
from console.db.bundle import Sent
from console.db.guard import Consent
from console.db.progress import Progress
from console.db.query import Query
from console.db.session import Session
from console.db.writer import Writer
from console.errors import CommitUnknown, ConnectionLost, ConsoleError, LockNotAvailable
from console.migrations.files.folder import Order, Ordering
from console.migrations.files.naming import shown
from console.migrations.ledgers.ledger import Ledger
from console.migrations.running.events import (
    BlockerEnded,
    Event,
    Notice,
    StatementFinished,
    StatementProgress,
    StatementStarted,
    WaitingForLock,
)
from console.migrations.running.lease import Lease, Renewed, Unleased
from console.migrations.running.watch import Listener, Watch
from console.migrations.script import Piece, Program
from console.migrations.snapshots.trail import Trail
from console.sql.queries import load
from console.text import sanitize

_DEADLOCK = "40P01"
_PAUSE = 0.5
_TELL_EVERY = 10


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a statement waits for a lock, in seconds, and the pauses before each further attempt.

    Without `lock_timeout` the profile's holds. Who is in the way for longer than `end_blockers_after` is ended; without
    it nobody is.
    """

    lock_timeout: float | None = None
    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)
    end_blockers_after: float | None = None


@dataclass(slots=True)
class Work:
    """One run: where, with whose consent, under which lease, and who is told.

    `done` are the labels of what went through, `piece` is the newest statement, and `attempt` counts from 1 how often
    it has been waited for. `keys` are advisory locks to hold in each transaction: the tool's own, and one of ours where
    there is no lease. `remembers` tells whether schema dbconsole is kept. `lasting` is how many statements of the
    script at hand are done for good, before its end. `trail` are the transactions so far.
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
    order: Ordering = Order.NUMBER
    lasting: int = 0
    trail: Trail = field(default_factory=Trail)

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
        in others' way. Gives our process on the server as well. Raises MigrationFailed when the lease was lost. When
        the connection goes while it commits, it is found out whether it did: if so, the run goes on.
        """
        waited, ours, renewed = 0.0, False, None
        while not ours:
            if renewed is not None:
                waited = await self._wait_for_tool(version, waited)
            try:
                async with self.session.writing(
                    self.consent, lock_timeout=lock_timeout, first=self.lease.renewal(version), doing=doing
                ) as writer:
                    renewed = self.lease.renewed(writer.first)
                    self.trail.saw(renewed.xid)
                    ours = not self.keys or await self._locked(writer, "ledger/try_lock")
                    if ours:
                        yield writer, renewed.pid
            except CommitUnknown as unknown:
                await self._find_out(unknown, renewed, version, doing)

    async def _find_out(self, unknown: CommitUnknown, renewed: Renewed | None, version: str, doing: str) -> None:
        """Return if it was committed. Raises ConnectionLost when it was not, CommitUnknown when nobody can tell."""
        landed = None
        if renewed is not None:
            with contextlib.suppress(ConsoleError):
                landed = await self.lease.landed(self.session, self.consent, renewed)
        if landed is None:
            raise unknown
        if not landed:
            raise ConnectionLost(f"The connection was lost while {doing}; it was not committed.", detail=unknown.detail)
        came = f"The connection was lost while {doing}. It is open again, and what was sent is committed."
        self.tell(Notice(version, "WARNING", came))

    @contextlib.asynccontextmanager
    async def holding(self, label: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        """Hold the locks of `keys` on a direct connection of its own, in each transaction and between them.

        Gives what shows that they still are held, and raises ConnectionLost when they are not. Behind a transaction
        pooler, where a lock outside a transaction would stay with the pooler, each transaction takes them as ever.
        Without a lease nothing else would keep two runners apart: Refused is raised then.
        """
        if not self.keys or (self.remembers and self._pooled):
            yield _nothing
            return
        async with self.session.alone(self.consent, doing=f"holding the lock of {self.ledger.name}", left="") as writer:
            waited = 0.0
            while not await self._locked(writer, "ledger/try_session_lock"):
                await writer.together(Query(load("ledger/unlock_all")))  # some of them alone would keep others waiting
                waited = await self._wait_for_tool(label, waited)
            keys, self.keys = self.keys, ()
            try:
                yield lambda: writer.together(Query(load("ledger/pid")))
            finally:
                self.keys = keys
                # The server may be slow to see that the connection is gone, and what comes next takes them itself.
                with contextlib.suppress(ConsoleError):
                    await writer.together(Query(load("ledger/unlock_all")))

    @property
    def _pooled(self) -> bool:
        """Whether all ways to the server may be shared with others, transaction by transaction."""
        target = self.session.target
        another = self.session.greeted_by_another
        return target.direct is None and pooling.shared(target.params, greeted_by_another=another)

    async def _locked(self, writer: Writer, query: str) -> bool:
        """Take one lock after the other, and none behind one that is not to be had."""
        for key in self.keys:
            [[(locked,)]] = await writer.read(Query(load(query), {"key": key}))
            if not locked:
                return False
        return True

    async def _wait_for_tool(self, label: str, waited: float) -> float:
        """Wait a moment for whoever holds a lock; tell of it at once and then every ten pauses."""
        if round(waited / _PAUSE) % _TELL_EVERY == 0:
            others = f"Another run of {self.ledger.name} is at work and holds its lock; waiting for it."
            self.tell(Notice(label, "WARNING", others))
        await asyncio.sleep(_PAUSE)
        return waited + _PAUSE

    async def send(self, writer: Writer, label: str, program: Program, pieces: Sequence[Piece], pid: int) -> None:
        """Run statements in one round trip, and tell of each.

        Raises StatementFailed and its kin, with the place in the file; what comes after such a one has not run.
        """
        total, name = len(program.pieces), shown(program.script.path)
        sent = [
            Sent(each.text, f"running statement {each.number} of {total} of {name}", program.script.text, each.start)
            for each in pieces
        ]
        async with writer.bundle(*sent) as answer:
            for piece in pieces:
                self.piece, began = piece, time.perf_counter()
                self.tell(StatementStarted(label, piece.number, total, piece.title, piece.line))
                with self.watched(pid, label):
                    tag = await answer()
                self._tell_notices(writer, label)
                seconds = time.perf_counter() - began
                self.tell(StatementFinished(label, piece.number, total, piece.title, seconds, tag))

    def watched(self, pid: int, label: str) -> contextlib.AbstractContextManager[None]:
        """Tell what process `pid` waits for inside the block, and how far the server says it is."""
        began = time.perf_counter()
        return self.watch.over(
            pid,
            Listener(
                lambda found: self._tell_of_lock(label, found, None),
                lambda progress: self._tell_of_progress(label, progress, time.perf_counter() - began),
                lambda result: self.tell(BlockerEnded(label, result)),
            ),
        )

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

    def _tell_of_progress(self, label: str, found: Progress, seconds: float) -> None:
        piece = self.piece
        if piece is not None:
            place = f", partition {found.partition} of {found.partitions}" if found.partitions else ""
            counted = (found.done, found.total, found.unit)
            phase = sanitize(f"{found.phase}{place}")
            self.tell(StatementProgress(label, piece.number, piece.title, phase, *counted, seconds, found.fraction))

    def _tell_notices(self, writer: Writer, label: str) -> None:
        for severity, text in writer.notices:
            self.tell(Notice(label, sanitize(severity), sanitize(text, lines=True)))
        writer.notices.clear()


async def _nothing() -> None:
    """Show nothing: there is no lock to be lost."""
