"""Which sequence counted for a column and which one does from now on, so that the new one goes on where the old was."""

from __future__ import annotations

from console.catalog.model import Column, Key, Sequence, SequenceOptions
from console.drift.altering.sequences import behind, continued
from console.drift.ground import Ground, Side
from console.sql.quoting import dotted, ident

_NUMBERS = ("smallint", "integer", "bigint")


def sequence(side: Side, key: Key) -> Key | None:
    """Return the sequence of an identity column, or the one that a column owns and takes its default from."""
    column, relation = side.column(key), side.relation(key)
    if column is None or relation is None:
        return None
    if column.identity is not None:
        return column.identity.sequence
    owned = (side.catalog.objects.get(part) for part in side.parts.get(relation, ()))
    found = [each.key for each in owned if isinstance(each, Sequence) and each.owned_by == key]
    return next((each for each in found if each in side.needed.get(key, ())), None)


def moves(ground: Ground, key: Key) -> bool:
    """Tell whether the old sequence has to make room for a new one of the same name."""
    old, new = sequence(ground.a, key), sequence(ground.b, key)
    return old is not None and old == new and _is_identity(ground.a, key) != _is_identity(ground.b, key)


def _is_identity(side: Side, key: Key) -> bool:
    column = side.column(key)
    return column is not None and column.identity is not None


def goes_on(ground: Ground, key: Key) -> tuple[str, ...]:
    """Return the statement that sets a column's new sequence to where its old one is, or behind its values."""
    old, new = sequence(ground.a, key), sequence(ground.b, key)
    if new is None or not (moves(ground, key) or (old != new and new not in ground.a.catalog.objects)):
        return ()
    options = _options(ground.b, key, new)
    if old is not None:
        there = dotted(old.schema, ground.aside(old) if old == new else old.name)
        return (continued(new, there, _options(ground.a, key, old), options),)
    before, relation = ground.a.column(key), ground.b.relation(key)
    if options is None or relation is None or before is None or before.type not in _NUMBERS:
        return ()
    return (behind(new, options, ident(key.name), dotted(relation.schema, relation.name)),)


def _options(side: Side, key: Key, new: Key) -> SequenceOptions | None:
    column, made = side.column(key), side.catalog.objects.get(new)
    if isinstance(column, Column) and column.identity is not None:
        return column.identity.options
    return made.options if isinstance(made, Sequence) else None
