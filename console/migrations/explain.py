"""Says what became of a migration that did not go through: what failed where, what remains, what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from console.db.blockers import Blocker
from console.errors import ConsoleError, Interrupted, LockNotAvailable, MigrationFailed, StatementFailed
from console.migrations.files.folder import Order, Ordering
from console.migrations.ledgers.ledger import Direction, Recorded
from console.migrations.plan import Step
from console.migrations.script import Piece, Program
from console.sql.place import place


def failure(
    error: ConsoleError, program: Program, piece: Piece | None, state: str, blockers: Sequence[Blocker]
) -> ConsoleError:
    """Return what to raise for what a script ran into: with its place in the file and the state now.

    What the server refused becomes MigrationFailed; a lost connection, a refusal, an interruption stay what they are.
    """
    kind = MigrationFailed if isinstance(error, StatementFailed) else type(error)
    line, column, where = error.line, error.column, ""
    if line is None and piece is not None and kind is MigrationFailed:
        found = place(program.script.text, piece.at + 1)
        line, column, where = found.line, found.column, f"Line {found.line}, column {found.column}:\n{found.excerpt}"
    held = _held(blockers) if isinstance(error, LockNotAvailable) else ""
    detail = "\n".join(part for part in (where, error.detail, held, state) if part)
    return kind(error.title, detail=detail, hint=error.hint, sqlstate=error.sqlstate, line=line, column=column)


def interruption(step: Step, state: str) -> Interrupted:
    """Return what to raise when a person stopped a run."""
    verb = "applied" if step.direction is Direction.UP else "rolled back"
    return Interrupted(
        f"Stopped while {step.migration.label} was being {verb}; the server was told to stop as well.",
        detail=state,
        hint="dbconsole status shows what is applied.",
    )


def state(
    step: Step,
    recorded: Recorded | None,
    before: Sequence[str],
    order: Ordering = Order.NUMBER,
    lasting: int = 0,
    *,
    undone: bool = False,
) -> str:
    """Say what is there now. `recorded` is read after the failure, None when it could not be; `before` went through.

    `lasting` is how many statements of a script outside a transaction are known to be done; `undone` says that nothing
    of the script was, whoever is asked.
    """
    mine = _of_step(step, recorded, order, lasting) if recorded else _of_unasked(step, lasting, undone=undone)
    return " ".join(part for part in (mine, _of_others(before)) if part)


def _of_unasked(step: Step, lasting: int, *, undone: bool) -> str:
    """Say what is known of a script when the database cannot be asked."""
    if undone:
        return _as_before(step)
    known = f" {_done(lasting)}." if lasting else ""
    return f"Whether {step.migration.label} went through is not known: the database could not be asked.{known}"


def _of_step(step: Step, recorded: Recorded, order: Ordering, lasting: int) -> str:
    label, version = step.migration.label, order.key(step.recorded_as or step.migration.version)
    own = order.key(step.migration.version)
    stopped = next((each for each in recorded.unfinished if order.key(each.version) == own), None)
    if stopped is not None:
        doubt = f" How statement {stopped.done + 1} ended is not known." if stopped.doubtful else ""
        return (
            f"{stopped.done} of {stopped.total} statements are done and stay.{doubt}"
            f" dbconsole {step.direction} goes on with statement {stopped.done + 1}."
        )
    there = any(order.key(each.version) == version for each in recorded.applied)
    if there is (step.direction is Direction.UP):
        return f"All the same, {label} went through: it is recorded."
    if lasting:
        return f"{_done(lasting)}. No position is kept here: the next run begins with the first."
    return _as_before(step)


def _done(lasting: int) -> str:
    return "The first statement is done and stays" if lasting == 1 else f"{lasting} statements are done and stay"


def _as_before(step: Step) -> str:
    if step.direction is Direction.UP:
        return f"Nothing of {step.migration.label} remains."
    return f"{step.migration.label} is applied as before."


def _of_others(before: Sequence[str]) -> str:
    return f"Done before it, and staying so: {', '.join(before)}." if before else ""


def _held(blockers: Sequence[Blocker]) -> str:
    if not blockers:
        return ""
    return f"The lock is held by {', '.join(blocker.sentence for blocker in blockers)}."
