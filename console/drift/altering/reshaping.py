"""How a column's values come to composite types whose attributes are others, or stand in another order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from console.catalog.model import Column, Composite, Domain, Key, Kind, Range
from console.drift.altering import composites
from console.drift.ground import Ground
from console.sql.quoting import dotted, ident, literal

_LONGEST = 63
_ENDING = "__reshaped"


class Reshaped(NamedTuple):
    """The value as an expression, and what has to be there while it is computed: made before, dropped behind."""

    value: str
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


def found(ground: Ground, key: Key, now: Column) -> Reshaped | None:
    """Return how a column's values are read, attribute by attribute; None where they are read as they stand.

    Within arrays, domains and other rows that goes by the attributes' names, as JSON does, since an expression without
    a subquery does not reach into them.
    """
    relation = ground.b.relation(key)
    others = dict(_others(ground, key))
    if not others or relation is None:
        return None
    direct = next((each for each in others if now.type == dotted(each.schema, each.name)), None)
    if direct is not None and len(others) == 1:
        return Reshaped(composites.row(ident(key.name), *others[direct]))
    helper = dotted(relation.schema, f"{relation.name}_{key.name}"[: _LONGEST - len(_ENDING)] + _ENDING)
    value = f"pg_catalog.jsonb_build_object({literal('v')}, {ident(key.name)})"
    read = f"(pg_catalog.jsonb_populate_record(NULL::{helper}, {value})).v"
    return Reshaped(read, (f"CREATE TYPE {helper} AS (v {now.type})",), (f"DROP TYPE {helper}",))


def _others(ground: Ground, key: Key) -> Iterator[tuple[Key, tuple[Composite, Composite]]]:
    """Yield the composite types of another shape that a column's values are made of."""
    seen: set[Key] = set()
    todo = [key]
    while todo:
        for each in ground.a.needed.get(todo.pop(), ()):
            before, after = ground.a.catalog.objects.get(each), ground.b.catalog.objects.get(each)
            if each in seen or each.kind is Kind.COLUMN or not isinstance(before, Composite | Domain | Range):
                continue
            seen.add(each)
            todo.append(each)
            if not isinstance(before, Composite) or not isinstance(after, Composite):
                continue
            if not composites.same_shape(before, after):
                yield each, (before, after)
