"""Event triggers that may refuse what a plan does: they are off while it runs, which is said, and then on again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from console.catalog.compare import Action
from console.catalog.model import Catalog, EventTrigger, Kind, Routine
from console.drift.ordering.writing import Statement
from console.sql.quoting import ident

_REFUSING = re.compile(r"\braise\b(?!\s+(debug|log|info|notice|warning)\b)", re.IGNORECASE)
_FIRING = {"O": "ENABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


def opened(a: Catalog, b: Catalog, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements between others that switch such triggers off and on.

    That goes for those that stay and whose function can raise an error; what is dropped or made is in its place anyway.
    """
    if all(each.key.kind is Kind.EVENT_TRIGGER for each in statements):
        return tuple(statements)
    off, on = [], []
    for before, after in _standing(a, b, statements):
        head = f"ALTER EVENT TRIGGER {ident(after.key.name)}"
        off.append(Statement(f"{head} DISABLE", after.key, Action.ALTER))
        if after.enabled != "D":
            on.append(Statement(f"{head} {_FIRING[after.enabled]}", after.key, Action.ALTER))
        said = {f"{head} {word}" for word in ("DISABLE", *_FIRING.values())} if before.enabled != after.enabled else ()
        statements = [each for each in statements if each.text not in said]
    return (*off, *statements, *on)


def switches_off(statement: Statement) -> bool:
    """Tell whether a statement is one that switches an event trigger off."""
    return statement.key.kind is Kind.EVENT_TRIGGER and statement.text.endswith(" DISABLE")


def _standing(a: Catalog, b: Catalog, statements: Sequence[Statement]) -> Iterator[tuple[EventTrigger, EventTrigger]]:
    gone = {each.key for each in statements if each.action is Action.DROP}
    for before in a.of(EventTrigger):
        after = b.objects.get(before.key)
        if isinstance(after, EventTrigger) and before.key not in gone and _refuses(a, before):
            yield before, after


def _refuses(catalog: Catalog, made: EventTrigger) -> bool:
    """Tell whether a trigger is on, fires for statements, and calls something that raises an error."""
    function = catalog.objects.get(made.function_key) if made.function_key is not None else None
    raises = isinstance(function, Routine) and _REFUSING.search(function.source) is not None
    return raises and made.enabled != "D" and made.event != "login"
