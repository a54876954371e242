"""Puts a script together: what it is, what makes the ledger, each step. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from console import __version__
from console.db.query import Query
from console.migrations.files.folder import Folder
from console.migrations.ledgers.ledger import Direction, Ledger
from console.migrations.plan import Plan
from console.migrations.script import parse
from console.migrations.scripting import guards, steps
from console.migrations.scripting.guards import Stop
from console.migrations.scripting.situation import Situation
from console.migrations.scripting.steps import Part
from console.migrations.scripting.texts import comment, milliseconds, statement, template
from console.sql.queries import load

_VERBS = {Direction.UP: "apply", Direction.DOWN: "roll back"}


def write(
    wanted: Plan, folder: Folder, ledger: Ledger, situation: Situation, *, now: datetime, run: str, by: str
) -> str:
    """Return the script of a plan: only comments where there is nothing to do.

    `run` is a UUID by which the history knows the script, `by` who prints it. Raises BadSql and Refused for what cannot
    be run, which is what a run would refuse.
    """
    parts = _parts(wanted, ledger, situation, run=run, by=f"a script printed by {by}")
    head = "".join(map(comment, _head(wanted, folder, ledger, situation, parts, now)))
    if not parts:
        return head
    encoding = statement(Query(load("ledger/script/encoding")))
    made = _making(situation)
    body = (f"{comment(_what(part, number, len(parts)))}{steps.write(part)}" for number, part in enumerate(parts, 1))
    return "".join([head, "\n", encoding, "\n", made, *body])


def _parts(wanted: Plan, ledger: Ledger, situation: Situation, *, run: str, by: str) -> list[Part]:
    """Return the steps; each takes for granted that the one before it is done."""
    parts: list[Part] = []
    stops = (*guards.elsewhere(ledger, situation), *_at_first(situation))
    for step in wanted.steps:
        parts.append(Part(step, parse(step.script), ledger, situation, run, by, stops))
        stops = (parts[-1].undone,)
    return parts


def _at_first(situation: Situation) -> tuple[Stop, ...]:
    before, batch = situation.before, situation.batch
    return (
        *((guards.not_held(before.question, before.label),) if before is not None else ()),
        *((guards.later(batch),) if batch is not None else ()),
    )


def _head(
    wanted: Plan, folder: Folder, ledger: Ledger, situation: Situation, parts: list[Part], now: datetime
) -> Iterator[str]:
    yield f"Database {situation.database}, PostgreSQL {situation.server}: {wanted.summary}."
    yield f"Printed by dbconsole {__version__} on {now:%Y-%m-%d at %H:%M:%S %Z}."
    yield f"Folder {folder.path.name}, ledger {ledger.name} in {ledger.table.text}."
    if not parts:
        return
    yield ""
    yield "To be run once, by: psql -v ON_ERROR_STOP=1 -f FILE, or in the SQL editor of a provider."
    yield "What fails leaves nothing of its transaction; what was committed before it stays and is recorded."
    if any(piece.alone for part in parts for piece in part.program.pieces):
        yield ""
        yield "Some statements stand outside a transaction. An editor that sends everything at once cannot run them:"
        yield "there, send what stands before each, the statement by itself, and what follows it, one after the other."


def _making(situation: Situation) -> str:
    if not situation.making:
        return ""
    begin = template("begin", lock_timeout=milliseconds(0))
    made = "\n".join(map(statement, (Query(load("ledger/creating")), *situation.making)))
    return f"{comment('What remembers migrations.')}{begin}\n{made}{template('commit')}\n"


def _what(part: Part, number: int, total: int) -> str:
    migration, script = part.step.migration, part.step.script
    return f"{number} of {total}: {_VERBS[part.step.direction]} {migration.label}, from {script.path.name}"
