"""Options of relations, columns, indexes and what is foreign: how one list of them becomes another."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl.views import storage
from console.catalog.model import MaterializedView, Option, Table
from console.sql.quoting import ident, literal


def reset_and_set(head: str, before: tuple[Option, ...], after: tuple[Option, ...]) -> Iterator[str]:
    """Return RESET and SET that turn one list of options into another."""
    gone = [each.name for each in before if each.name not in {option.name for option in after}]
    come = [each for each in after if each not in before]
    if gone:
        yield f"{head} RESET ({', '.join(map(_qualified, gone))})"
    if come:
        yield f"{head} SET ({storage(come)})"


def all_options(made: Table | MaterializedView) -> tuple[Option, ...]:
    """Return the options of a relation with those of its TOAST table, as WITH (…) names them."""
    return (*made.options, *toast_options(made))


def toast_options(made: Table | MaterializedView) -> tuple[Option, ...]:
    """Return the options of a relation's TOAST table, as WITH (…) names them."""
    return tuple(Option(f"toast.{option.name}", option.value) for option in made.toast_options)


def _qualified(name: str) -> str:
    qualifier, dot, rest = name.rpartition("toast.")
    return f"{qualifier}{dot}{ident(rest)}"


def fdw_changed(before: tuple[Option, ...], after: tuple[Option, ...]) -> str:
    """Return OPTIONS (ADD …, SET …, DROP …)."""
    was, now = dict(before), dict(after)
    said = [f"DROP {ident(name)}" for name in was if name not in now]
    said += [f"SET {ident(name)} {literal(value)}" for name, value in now.items() if name in was and was[name] != value]
    said += [f"ADD {ident(name)} {literal(value)}" for name, value in now.items() if name not in was]
    return f"OPTIONS ({', '.join(said)})"
