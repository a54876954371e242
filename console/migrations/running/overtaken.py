"""Whether another runner was there first; where there is no lease, each transaction looks before it begins."""

from __future__ import annotations

from console.db.writer import Writer
from console.errors import Refused
from console.migrations.ledgers.ledger import Applied, Direction
from console.migrations.plan import Step
from console.migrations.running.work import Work


class Overtaken(Exception):
    """Another runner has done it meanwhile; nothing of ours has run."""


def done(step: Step, row: Applied | None) -> bool:
    """Tell whether nothing is left to do of a step, by the ledger's row; a repeatable one runs when it has changed."""
    if step.direction is Direction.DOWN:
        return row is None
    return row is not None and not (step.migration.repeatable and row.checksum != step.migration.checksum)


async def look(work: Work, writer: Writer, step: Step) -> None:
    """Raise Overtaken when the ledger says, inside our transaction, that there is nothing left to do.

    Raises Refused when the other runner has failed half-way.
    """
    if work.remembers:
        return
    key = work.order.key
    version = key(step.migration.version)
    recorded = await work.ledger.read(writer)
    if marked := next((each for each in recorded.dirty if key(each.version) == version), None):
        raise Refused(
            f"{step.migration.label} is marked as failed in the ledger meanwhile.",
            detail=f"{marked.reason} This run has done nothing about it.",
            hint="dbconsole status says what to do.",
        )
    if done(step, next((each for each in recorded.applied if key(each.version) == version), None)):
        raise Overtaken
