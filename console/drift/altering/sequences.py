"""A sequence that stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from console.catalog.compare import Change
from console.catalog.ddl.naming import described, name
from console.catalog.ddl.sequences import LARGEST
from console.catalog.model import Key, Sequence, SequenceOptions
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import literal

_WORDS = {
    "type": "AS {}",
    "increment": "INCREMENT BY {}",
    "minimum": "MINVALUE {}",
    "maximum": "MAXVALUE {}",
    "start": "START WITH {}",
    "cache": "CACHE {}",
}


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a sequence is altered."""
    before, after = change.before, change.after
    assert isinstance(before, Sequence)
    assert isinstance(after, Sequence)
    names = {each.attribute for each in change.differences}
    if before.identity or after.identity:
        return () if before.identity and after.identity else None
    return tuple(_pieces(before, after, names))


def _pieces(before: Sequence, after: Sequence, names: set[str]) -> Iterator[Piece]:
    head = f"ALTER {described(after)}"
    if "owned_by" in names:
        if before.owned_by is not None:
            yield Piece("apart", (f"{head} OWNED BY NONE",), takes=False)
        if after.owned_by is not None:
            yield Piece("together", (f"{head} OWNED BY {name(after.owned_by)}",), lets_go=False)
    if "options" in names and before.options is not None and after.options is not None:
        said = counted(before.options, after.options)
        if said:
            texts = (*moved(after.key, before.options, after.options), f"{head} {' '.join(said)}")
            yield Piece("options", texts, lets_go=False)
    if "persistence" in names:
        logged = "UNLOGGED" if after.persistence == "u" else "LOGGED"
        yield Piece("persistence", (f"{head} SET {logged}",), lets_go=False)


def moved(key: Key, before: SequenceOptions, after: SequenceOptions) -> Iterator[str]:
    """Bring the last value within narrower limits, as far as they overlap."""
    lowest, highest = max(before.minimum, after.minimum), min(before.maximum, after.maximum)
    narrower = before.minimum < after.minimum or before.maximum > after.maximum
    if narrower and lowest <= highest:
        bounded = f"greatest(least(last_value, {highest}), {lowest})"
        said = f"pg_catalog.setval({literal(name(key))}, {bounded}, is_called)"
        yield f"SELECT {said} FROM {name(key)}"  # noqa: S608 - a quoted name


def _with_type(options: SequenceOptions, type_: str) -> SequenceOptions:
    """Return what the server makes of a sequence that gets another type: limits that were the type's own follow."""
    was, now = LARGEST[options.type], LARGEST[type_]
    minimum = -now - 1 if options.minimum == -was - 1 else options.minimum
    maximum = options.maximum if options.maximum != was else now if options.increment > 0 else -1
    return replace(options, type=type_, minimum=minimum, maximum=maximum)


def continued(new: Key, old: str, was: SequenceOptions | None, now: SequenceOptions | None) -> str:
    """Return the statement with which a sequence goes on where another, by its quoted name, has come to.

    A value beyond its own limits becomes the limit.
    """
    value = "last_value"
    if was is not None and now is not None and (was.minimum < now.minimum or was.maximum > now.maximum):
        value = f"greatest(least(last_value, {now.maximum}), {now.minimum})"
    return f"SELECT pg_catalog.setval({literal(name(new))}, {value}, is_called) FROM {old}"  # noqa: S608 - names


def behind(new: Key, options: SequenceOptions, column: str, table: str) -> str:
    """Return the statement with which a sequence goes on behind the values that a column has."""
    furthest = "max" if options.increment > 0 else "min"
    within = f"held BETWEEN {options.minimum} AND {options.maximum}"
    values = f"SELECT pg_catalog.{furthest}({column})::bigint AS held FROM {table}"  # noqa: S608 - quoted names
    return f"SELECT pg_catalog.setval({literal(name(new))}, held) FROM ({values}) AS of_rows WHERE {within}"  # noqa: S608


def kept(ground: Ground, made: Sequence) -> tuple[Piece, ...] | None:
    """Return how a sequence outlives the column that it belongs to."""
    after = ground.b.catalog.objects.get(made.key)
    if made.identity or not isinstance(after, Sequence) or after.identity:
        return None
    return tuple(_pieces(made, after, {"owned_by"}))


def counted(before: SequenceOptions, after: SequenceOptions, *, of_column: bool = False) -> list[str]:
    """Return the options that differ, as ALTER SEQUENCE wants them; an identity's type follows its column's."""
    retyped = before.type != after.type and not of_column
    before = _with_type(before, after.type)
    said = [_WORDS["type"].format(after.type)] if retyped else []
    said += [
        _WORDS[each.name].format(getattr(after, each.name))
        for each in fields(after)
        if each.name in _WORDS and each.name != "type" and getattr(before, each.name) != getattr(after, each.name)
    ]
    if max(before.minimum, after.minimum) > min(before.maximum, after.maximum):
        said.append(f"RESTART WITH {after.start}")
    if before.cycle != after.cycle:
        said.append("CYCLE" if after.cycle else "NO CYCLE")
    return said
