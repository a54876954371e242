"""What a run has in hand while it goes through its plan, and how it sends one statement."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from console.db.blockers import Blocker
from console.db.guard import Consent
from console.db.session import Session
from console.db.writer import Writer
from console.errors import ConsoleError, LockNotAvailable
from console.migrations.events import Event, Notice, StatementFinished, StatementStarted, WaitingForLock
from console.migrations.lease import Lease
from console.migrations.ledgers.ledger import Ledger
from console.migrations.script import Piece, Program
from console.migrations.watch import Watch
from console.text import sanitize

_DEADLOCK = "40P01"


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
    it has been waited for.
    """

    session: Session
    consent: Consent
    ledger: Ledger
    lease: Lease
    watch: Watch
    patience: Patience
    tell: Callable[[Event], None]
    batch: int | None = None
    done: list[str] = field(default_factory=list)
    piece: Piece | None = None
    attempt: int = 1

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
