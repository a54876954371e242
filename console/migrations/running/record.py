"""Writes down what was done: in the ledger and in the history, within the transaction that did it."""

from __future__ import annotations

from console.db.query import Query
from console.db.writer import Writer
from console.migrations import history
from console.migrations.history import Deed
from console.migrations.ledgers.ledger import Direction, Note
from console.migrations.plan import Step
from console.migrations.running.lease import Lease
from console.migrations.running.work import Work
from console.migrations.script import Program

_OUTCOMES = {Direction.UP: history.APPLIED, Direction.DOWN: history.ROLLED_BACK}


def record(work: Work, writer: Writer, step: Step, program: Program, seconds: float, following: str) -> None:
    """Record that a script is done; it goes with COMMIT.

    `seconds` is how long its transaction has taken so far. After a long one the lease is renewed: from the commit on
    its time to live speaks for us, until the transaction of version `following` begins.
    """
    milliseconds, statements = round(seconds * 1000), len(program.pieces)
    version = step.recorded_as or step.migration.version
    note = Note(version, step.migration, step.direction, work.batch, milliseconds, statements)
    deed = Deed(
        run=work.lease.token,
        batch=work.batch,
        migration=step.migration,
        direction=step.direction,
        outcome=_OUTCOMES[step.direction],
        statements=statements,
        duration_ms=milliseconds,
    )
    writer.at_the_end(*work.ledger.note(note), *_beside(work, deed, seconds, following))


def _beside(work: Work, deed: Deed, seconds: float, following: str) -> tuple[Query, ...]:
    if not isinstance(work.lease, Lease):
        return ()
    return (history.add(deed), work.lease.renewal(following)) if work.lease.aged(seconds) else (history.add(deed),)


async def record_failure(work: Work, step: Step, outcome: str, done: int, seconds: float, error: str) -> None:
    """Add to the history, where there is one, that a script did not go through, in a transaction of its own."""
    if not work.remembers:
        return
    deed = Deed(
        run=work.lease.token,
        batch=work.batch,
        migration=step.migration,
        direction=step.direction,
        outcome=outcome,
        statements=done,
        duration_ms=round(seconds * 1000),
        error=error,
    )
    async with work.session.writing(work.consent, doing="recording the failure") as writer:
        writer.at_the_end(history.add(deed))
