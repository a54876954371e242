"""The part of a catalog that some objects need in order to be made: the rest of a large database stays away. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from console.catalog.ddl.kinship import parents
from console.catalog.model import (
    Catalog,
    Constraint,
    Database,
    DefaultPrivileges,
    EventTrigger,
    Extension,
    Index,
    Key,
    Kind,
    Object,
    Relation,
    Schema,
)
from console.drift.ground import Side

# What may show in anything that is made or changed.
_EVERYWHERE = (Database, DefaultPrivileges, EventTrigger, Extension, Schema)


def portion(side: Side, keys: Iterable[Key]) -> Catalog:
    """Return objects with all that they need, and all that this needs.

    What is only said in the source of a function is not known here: what is made of a portion may lack it.
    """
    found = _closed(side, [*keys, *(each.key for each in side.catalog.of(Extension))])
    return replace(_only(side, found), roles={}, locked={})


def both(a: Side, b: Side, keys: Iterable[Key]) -> tuple[Catalog, Catalog]:
    """Return of both sides the same part: some objects, what stands on them, and all that these need on either side."""
    found = {key for side in (a, b) for each in keys for key in _around(side, each)}
    found |= {each.key for side in (a, b) for each in side.catalog.objects.values() if isinstance(each, _EVERYWHERE)}
    before = 0
    while len(found) > before:
        before = len(found)
        for side in (a, b):
            found |= _closed(side, found)
    return _only(a, found), _only(b, found)


def _around(side: Side, key: Key) -> Iterator[Key]:
    """Yield the object of a key with all its parts, what depends on it, and its partitions and heirs."""
    there = known(side, key)
    if there is None:
        return
    whole = side.whole_of(side.catalog.objects[there]) or there
    yield from (there, whole, *side.parts.get(whole, ()), *side.below(whole))
    for each in (there, whole):
        yield from (edge.dependent for edge in side.dependents.get(each, ()))


def _closed(side: Side, keys: Iterable[Key]) -> set[Key]:
    found: set[Key] = set()
    todo = list(keys)
    while todo:
        key = known(side, todo.pop())
        if key is not None and key not in found:
            found.add(key)
            todo += needed(side, side.catalog.objects[key])
    return found


def _only(side: Side, keys: Collection[Key]) -> Catalog:
    catalog = side.catalog
    within = (edge for edge in catalog.edges if known(side, edge.dependent) in keys)
    return replace(
        catalog,
        objects={key: made for key, made in catalog.objects.items() if key in keys},
        edges=tuple(edge for edge in within if known(side, edge.referenced) in keys),
        locked={key: pid for key, pid in catalog.locked.items() if key in keys},
    )


def known(side: Side, key: Key) -> Key | None:
    """Return an object of the catalog: of a column its relation or its type, of a stranger None."""
    if key in side.catalog.objects:
        return key
    whole = side.relation(key) or Key(Kind.TYPE, key.schema, key.parent)
    return whole if whole in side.catalog.objects else None


def needed(side: Side, made: Object) -> Iterator[Key]:
    """Yield what an object needs in order to be made, one step far, and those parts without which it is not whole."""
    key = made.key
    yield from side.needed.get(key, ())
    if isinstance(made, Relation):
        for column in made.columns:
            yield from side.needed.get(Key(Kind.COLUMN, key.schema, column.name, key.name), ())
    if key.schema:
        yield Key(Kind.SCHEMA, "", key.schema)
    whole = side.whole_of(made)
    if whole is not None:
        yield whole
    yield from parents(made)
    match made:
        case Index():
            yield from (each for each in (made.constraint, made.parent) if each is not None)
        case Constraint():
            yield from (each for each in (made.index, made.parent, made.references) if each is not None)
    yield from (part for part in side.parts.get(key, ()) if _belongs(side.catalog.objects[part]))


def _belongs(part: Object) -> bool:
    """Tell whether a relation is not made without a part: its checks and keys, the sequences of its columns."""
    return part.key.kind is Kind.SEQUENCE or (isinstance(part, Constraint) and part.type != "f")
