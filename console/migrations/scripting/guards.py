"""What a transaction of a script looks at before it does anything: a script that does not fit ends with a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.db.literals import bound, literal
from console.db.query import Query
from console.migrations.ledgers.ledger import Ledger
from console.migrations.scripting.situation import Situation
from console.migrations.scripting.texts import asked, quoted, template
from console.text import sanitize


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason to end the script: an expression that is true then, and the sentence; an `early` one comes first."""

    condition: str
    message: str
    early: bool = False


def guard(ledger: Ledger, situation: Situation, stops: Sequence[Stop], *, verb: str) -> str:
    """Return the block that a transaction begins with: nobody else is at work, and nothing is a reason to stop."""
    anew = f"Print it anew with dbconsole {verb} --sql."
    parts = [
        template("settle", search_path=literal(situation.search_path)),
        *(_stop(each, anew) for each in stops if each.early),
        *([template("take_turns")] if situation.remembers else []),
        *(_stop(each, "Wait until it ends, then run this script again.") for each in _busy(ledger, situation)),
        *(_stop(each, anew) for each in stops if not each.early),
    ]
    return quoted("guard", "".join(parts))


def held(question: Query, label: str) -> Stop:
    """Stop where a migration is applied already."""
    return Stop(_asked(question), f"{sanitize(label)} is recorded as applied already. It was not run again.")


def not_held(question: Query, label: str) -> Stop:
    """Stop where a migration is not applied that would have to be."""
    return Stop(
        f"NOT {_asked(question)}",
        f"{sanitize(label)} is not recorded as applied, which this script takes for granted.",
    )


def elsewhere(ledger: Ledger, situation: Situation) -> tuple[Stop, ...]:
    """Stop where the ledger is not, which was there when the script was printed."""
    if situation.making:
        return ()
    tables = [ledger.table.identifier.as_string(), *(["dbconsole.lease"] if situation.remembers else [])]
    return tuple(
        Stop(
            asked("missing", table=table),
            f"There is no table {sanitize(table)} here. Is this the right database?",
            True,
        )
        for table in tables
    )


def later(batch: int) -> Stop:
    """Stop where something was run since the script was printed."""
    return Stop(asked("later", batch=batch), "Migrations were run here since this script was printed.")


def begun(version: str, label: str) -> Stop:
    """Stop where a migration outside a transaction has stopped half-way."""
    return Stop(asked("begun", version=version), f"{sanitize(label)} has stopped half-way. It was not begun again.")


def not_at(label: str, **position: object) -> Stop:
    """Stop where a migration outside a transaction is not at this position."""
    return Stop(asked("not_at", **position), f"{sanitize(label)} is not where this script goes on.")


def _busy(ledger: Ledger, situation: Situation) -> Iterable[Stop]:
    if situation.remembers:
        yield Stop(asked("others"), "Migrations are being run here right now.")
    for key in situation.keys:
        yield Stop(asked("locked", key=key), f"A run of {ledger.name} is at work and holds its lock.")


def _stop(stop: Stop, hint: str) -> str:
    return template("stop_if", condition=stop.condition, message=literal(stop.message), hint=literal(hint))


def _asked(question: Query) -> str:
    """Return a ledger's question as an expression, without the comment on its first line."""
    text = bound(question).partition("\n")[2].strip()
    return f"({text})".replace("\n", "\n    ")
