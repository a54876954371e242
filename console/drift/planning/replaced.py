"""Which types and collations are put aside, since columns still have them when the new ones of their names come."""

from __future__ import annotations

from collections.abc import Iterable

from console.catalog.model import Collation, Composite, Domain, Enum, Key, Kind, Table
from console.drift.ground import Ground

_RENAMED = (Kind.TYPE, Kind.DOMAIN, Kind.COLLATION)


def standing_aside(ground: Ground, gone: set[Key], altered: Iterable[Key], held: Iterable[Key]) -> set[Key]:
    """Return the types that are `held` by columns, or by typed tables among `altered`, and what these are made of."""
    found: set[Key] = set()
    todo = [*dict.fromkeys(held)]
    todo += [key for table in altered if (key := _type_of(ground, table)) is not None and key in gone]
    while todo:
        key = todo.pop()
        if key not in found and _can_stand_aside(ground, gone, key):
            found.add(key)
            todo += [each for each in _made_of(ground, key) if each in gone]
    return found


def _type_of(ground: Ground, table: Key) -> Key | None:
    """Return the type of a typed table."""
    made = ground.a.catalog.objects.get(table)
    if not isinstance(made, Table) or made.of_type is None:
        return None
    return next((each for each in ground.a.needed.get(table, ()) if each.kind is Kind.TYPE), None)


def _can_stand_aside(ground: Ground, gone: set[Key], key: Key) -> bool:
    """Tell whether a type and all that it is made of can be renamed; a range has other names along with its own."""
    if not isinstance(ground.a.catalog.objects.get(key), Enum | Composite | Domain | Collation):
        return False
    return all(_can_stand_aside(ground, gone, each) for each in _made_of(ground, key) if each in gone)


def _made_of(ground: Ground, key: Key) -> list[Key]:
    return [each for each in ground.a.needed.get(key, ()) if each.kind in _RENAMED]
