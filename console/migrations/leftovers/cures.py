"""What is done about each leftover: what a migration's statement has left is dropped, so that `up` can build it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.errors import ConsoleError
from console.migrations.ledgers.ledger import Direction
from console.migrations.leftovers import subject as subjects
from console.migrations.leftovers.leftover import Kind, Leftover
from console.migrations.script import Piece, parse
from console.migrations.states import Standing, State
from console.text import sanitize

_OPEN = (State.PENDING, State.FAILED, State.OUT_OF_ORDER)


class Action(StrEnum):
    """What is done, as JSON says it; `propose` leaves it to a person."""

    DROP = "drop"
    REINDEX = "reindex"
    VALIDATE = "validate"
    FINALIZE = "finalize"
    PROPOSE = "propose"


@dataclass(frozen=True, slots=True)
class Cure:
    """What is done about one leftover, with the `sql` for it; `standing` is the migration whose statement left it."""

    leftover: Leftover
    action: Action
    sql: str
    standing: Standing | None = None

    @property
    def done_here(self) -> bool:
        """Whether `repair` does it, once it is agreed to."""
        return self.action is not Action.PROPOSE

    @property
    def sentence(self) -> str:
        """Say what it is, and what is done about it or could be."""
        statement = sanitize(self.sql)
        if not self.done_here:
            return f"{self.leftover.sentence} {self._advice} {statement};"
        return f"{self.leftover.sentence} It is mended: {statement};{self._again}"

    @property
    def _again(self) -> str:
        """Say who builds a dropped index again."""
        if self.standing is None or self.action is not Action.DROP or self.leftover.of_reindex:
            return ""
        return f" {sanitize(self.standing.label)} builds it again."

    @property
    def _advice(self) -> str:
        if not self.leftover.ours:
            return "Its owner can mend it:"
        if self.leftover.kind is Kind.CONSTRAINT:
            return "That may be meant so; --validate proves it:"
        return "No migration here that is still to run makes it; --reindex builds it anew:"

    def as_dict(self, *, planned: bool) -> dict[str, object]:
        """Return its JSON shape."""
        outcome = "left" if not self.done_here else "planned" if planned else "done"
        return {
            **self.leftover.as_dict(),
            "sql": f"{self.sql};",
            "version": self.standing.version if self.standing else None,
            "action": self.action.value,
            "outcome": outcome,
        }


def plan(
    found: Sequence[Leftover], standings: Sequence[Standing], *, reindex: bool = False, validate: bool = False
) -> tuple[Cure, ...]:
    """Return what is to be done about each leftover.

    Dropped is what an open migration builds itself, and what REINDEX CONCURRENTLY has left. Another invalid index is
    built anew with `reindex` and a constraint proved with `validate`; without them the SQL is proposed.
    """
    open_ones = [standing for standing in standings if standing.state in _OPEN]
    return tuple(_cure(each, owner(each, open_ones), reindex=reindex, validate=validate) for each in found)


def owner(leftover: Leftover, standings: Sequence[Standing]) -> Standing | None:
    """Return the migration that has a statement which may have left this, one that has failed before all others."""
    ordered = sorted(standings, key=lambda standing: standing.state is not State.FAILED)
    return next((each for each in ordered if any(_may_leave(piece, leftover) for piece in _pieces(each))), None)


def told(found: Sequence[Leftover], piece: Piece) -> str:
    """Say what a statement that did not come to its end has left, and what becomes of that; empty for nothing."""
    mine = [each for each in found if _may_leave(piece, each)]
    if not mine:
        return ""
    said = " ".join(each.sentence for each in mine)
    return f"{said} The next run looks after that first; dbconsole repair does so now."


def _cure(leftover: Leftover, standing: Standing | None, *, reindex: bool, validate: bool) -> Cure:
    mending = leftover.mending
    if not leftover.ours:
        return Cure(leftover, Action.PROPOSE, mending, standing)
    if leftover.kind is Kind.PARTITION:
        return Cure(leftover, Action.FINALIZE, mending, standing)
    if leftover.kind is Kind.CONSTRAINT:
        return Cure(leftover, Action.VALIDATE if validate else Action.PROPOSE, mending)
    if leftover.constraint is None and (standing is not None or leftover.of_reindex):
        return Cure(leftover, Action.DROP, leftover.dropping, standing)
    return Cure(leftover, Action.REINDEX if reindex else Action.PROPOSE, mending)


def _may_leave(piece: Piece, leftover: Leftover) -> bool:
    about = subjects.of(piece.text)
    return about is not None and about.has_left(leftover)


def _pieces(standing: Standing) -> Iterator[Piece]:
    """Yield the statements that such a migration would still run; none of a file that cannot be read."""
    migration = standing.migration
    if migration is None:
        return
    down = standing.unfinished is not None and standing.unfinished.direction is Direction.DOWN
    script = migration.down if down else migration.up
    if script is None:
        return
    try:
        yield from parse(script).pieces
    except ConsoleError:
        return
