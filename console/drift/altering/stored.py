"""Which columns hold values of a type, by themselves or within arrays, composite types, domains and ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.catalog.model import Column, Composite, Domain, Key, Kind, MaterializedView, Range, Table
from console.drift.ground import Side
from console.sql.quoting import dotted

_STORED = (Table, MaterializedView)
_TYPES = (Kind.TYPE, Kind.DOMAIN)
_ROWS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE)


def stored(side: Side, key: Key) -> Iterator[Key]:
    """Yield the columns in which values of a type, or of one that is made of it, are stored."""
    seen, todo = {key}, [key]
    while todo:
        at = todo.pop()
        for edge in side.dependents.get(at, ()):
            found, whole = edge.dependent, side.relation(edge.dependent)
            if at.kind is Kind.TABLE and (edge.referenced != at or whole == at):
                continue  # which speaks of a column, and does not hold rows
            held = found.kind is Kind.COLUMN and isinstance(side.catalog.objects.get(whole or key), _STORED)
            if held:
                yield found
            holder = whole if held else found
            made = side.catalog.objects.get(holder or key)
            if holder is not None and holder not in seen and isinstance(made, Composite | Domain | Range | Table):
                seen.add(holder)
                todo.append(holder)


def base(side: Side, column: Key) -> str:
    """Return the type as which a column's values are stored: that of its domain, if it has one."""
    told = side.column(column)
    found, holder = told.type if told is not None else "", column
    while True:
        element = found.removesuffix("[]")
        named = (each for each in side.needed.get(holder, ()) if dotted(each.schema, each.name) == element)
        domain = next((made for each in named if isinstance(made := side.catalog.objects.get(each), Domain)), None)
        if domain is None or (element != found and domain.base.endswith("[]")):
            return found
        found, holder = domain.base + ("[]" if element != found else ""), domain.key


def is_made_of(side: Side, column: Column, key: Key) -> bool:
    """Tell whether a type is the column's, or a collation, and not only spoken of in its default."""
    named = dotted(key.schema, key.name)
    if key.kind is Kind.COLLATION:
        return column.collation == named
    if key.kind in _ROWS:
        return _bare(column.type) == named
    made = side.catalog.objects.get(key)
    names = {named, *([made.multirange] if isinstance(made, Range) else [])}
    return key.kind in _TYPES and _bare(column.type) in names


def _bare(type_: str) -> str:
    """Return a type's name without modifier and brackets of an array."""
    return re.sub(r"\([\d, -]*\)$", "", type_.removesuffix("[]"))


def within(side: Side, key: Key) -> bool:
    """Tell whether values of a type are stored within others: in arrays, rows or ranges, where they are not checked."""
    direct = set(_plainly(side, key))
    return any(column not in direct for column in stored(side, key))


def _plainly(side: Side, key: Key) -> Iterator[Key]:
    """Yield the columns that are of a domain or of one over it."""
    for edge in side.dependents.get(key, ()):
        found = side.column(edge.dependent) if edge.dependent.kind is Kind.COLUMN else None
        if found is not None and not found.type.endswith("[]"):
            yield edge.dependent
        above = side.catalog.objects.get(edge.dependent)
        if isinstance(above, Domain) and not above.base.endswith("[]"):
            yield from _plainly(side, above.key)
