"""What the migrations of a trial share, and how one of them ends early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from console.db.writer import Writer
from console.errors import ConsoleError, StatementFailed
from console.migrations import explain
from console.migrations.running.work import Work
from console.migrations.script import Piece, Program
from console.migrations.trial import foreseen
from console.migrations.trial.events import Event
from console.migrations.trial.limit import Limit
from console.migrations.trial.looking import Looking

_NOTHING_REMAINS = "The trial was rolled back; nothing of it remains."


class Undone(Exception):
    """The migration cannot be tried further, and is rolled back to its beginning; `over` ends the whole trial."""

    def __init__(self, reason: str, *, over: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.over = over


class Failed(Exception):
    """The migration has failed; `error` says so in full."""

    def __init__(self, error: ConsoleError) -> None:
        super().__init__(error.title)
        self.error = error


@dataclass(slots=True)
class Ground:
    """The transaction, the time, and what the migrations so far have left behind.

    `pid` is our process on the server. `untried` names what was not tried and may be missed, `values` are enum values
    that were added. `over` says why nothing more is tried, as a sentence.
    """

    writer: Writer
    looking: Looking
    limit: Limit
    work: Work
    pid: int
    tell: Callable[[Event], None]
    untried: list[str] = field(default_factory=list)
    values: set[str] = field(default_factory=set)
    over: str = ""

    @property
    def time_up(self) -> Undone:
        """What to raise when no lock may be held any longer."""
        return Undone(f"The time of --max-lock {self.limit.seconds:g} s was up.", over=True)

    def missing(self, error: ConsoleError, *, within: bool = False) -> str:
        """Say what an error may come from, if that was not tried; an empty text when it cannot.

        `within` says that something of the same migration was not tried: then any error may.
        """
        if not self.untried or not (within or foreseen.depends(error)):
            return ""
        suspect = foreseen.suspect(error, self.untried)
        return f"It failed, perhaps because {suspect} was not tried: {foreseen.said(error)}."

    def failed(self, error: StatementFailed, program: Program, piece: Piece | None) -> Failed:
        """Return what to raise for an error that the migration is to blame for."""
        untried = f"Not tried before it: {', '.join(self.untried)}.\n" if self.untried else ""
        return Failed(explain.failure(error, program, piece, untried + _NOTHING_REMAINS, self.work.watch.last))
