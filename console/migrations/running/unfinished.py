"""How far a script outside a transaction has come: a row while it is under way, none before and after."""

from __future__ import annotations

from console.db.query import Query
from console.errors import Refused
from console.migrations.ledgers.ledger import Direction, Unfinished
from console.migrations.script import Program, digest
from console.sql.queries import load


def reached(version: str, name: str, direction: Direction, program: Program, done: int, *, doubtful: bool) -> Query:
    """Return the statement that records `done` finished statements; `doubtful` when the next one is being started."""
    values = {
        "version": version,
        "name": name,
        "direction": direction.value,
        "done": done,
        "total": len(program.pieces),
        "prefix": digest(program.pieces[:done]),
        "doubtful": doubtful,
    }
    return Query(load("ledger/begin_unfinished"), values)


def failed(version: str, error: str) -> Query:
    """Return the statement that records what the server said of the statement that was started."""
    return Query(load("ledger/fail_unfinished"), {"version": version, "error": error})


def ended(version: str) -> Query:
    """Return the statement that records that the script came to its end."""
    return Query(load("ledger/end_unfinished"), {"version": version})


def resume_at(label: str, direction: Direction, program: Program, stopped: Unfinished | None) -> int:
    """Return how many statements are done already.

    Raises Refused when what stopped half-way was the other direction, or the part of the file that has run was edited.
    """
    if stopped is None:
        return 0
    if stopped.direction is not direction:
        raise Refused(
            f"{label} has stopped half-way through its {stopped.direction} file meanwhile.",
            detail="Nothing else has run.",
            hint=f"Finish that first: dbconsole {stopped.direction} goes on where it stopped.",
        )
    if digest(program.pieces[: stopped.done]) != stopped.prefix:
        raise Refused(
            f"{label} stopped half-way, and the part of its {stopped.direction} file that has run was edited since.",
            detail=f"{stopped.done} of its statements are done; which ones can no longer be told from the file.",
            hint="Put these statements back as they were and edit only what comes after them.",
        )
    return stopped.done
