"""Tells texts that only look different: what PostgreSQL writes, it may write otherwise once it was loaded from that.

`x IN ('a', 'b')` on a varchar is such a text: a table that was made by CREATE TABLE and the same one from a dump differ
in it. Both sides are loaded from what was written down, and what is the same then is the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.catalog.compare import Action, Change, Difference
from console.catalog.model import Catalog, Column, Key, Kind, Relation
from console.drift.ground import Side
from console.drift.portion import portion
from console.drift.proving.shadow import Shadow
from console.migrations.rehearsal import laying

# What a server writes down from its own trees.
_WRITTEN = frozenset(
    {
        *("definition", "default", "using", "check", "partition_bound", "partition_key"),
        *("constraints", "arguments", "tables"),  # of domains, routines, publications
    }
)
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Same:
    """An attribute of an object or a column that is the same on both sides once both were loaded."""

    key: Key
    attribute: str


def doubtful(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that may be nothing but another text."""
    return [
        each for each in changes if each.action is Action.ALTER and any(_is_written(one) for one in each.differences)
    ]


async def same(shadow: Shadow, a: Catalog, b: Catalog, changes: Sequence[Change]) -> frozenset[Same]:
    """Return what of some changes is the same when both sides are loaded from their own texts.

    Raises what the shadow raises.
    """
    asked = doubtful(changes)
    if not asked:
        return frozenset()
    left, right = [await _loaded(shadow, each, [change.key for change in asked]) for each in (a, b)]
    return frozenset(
        Same(change.key, one.attribute)
        for change in asked
        for one in change.differences
        if _is_written(one)
        and _value(left, change.key, one.attribute) == _value(right, change.key, one.attribute) is not None
    )


def real(changes: Iterable[Change], alike: Collection[Same]) -> list[Change]:
    """Return the changes without what is the same."""
    found = []
    for each in changes:
        left = tuple(one for one in each.differences if Same(each.key, one.attribute) not in alike)
        if left or not each.differences:
            found.append(replace(each, differences=left))
    return found


def likened(b: Catalog, a: Catalog, alike: Collection[Same]) -> Catalog:
    """Return `b` with the texts of `a` where both are the same."""
    objects: dict[Key, Any] = dict(b.objects)
    left, right = Side(a), Side(b)
    for each in alike:
        if each.key.kind is Kind.COLUMN:
            was, relation = left.column(each.key), right.relation(each.key)
            if was is not None and relation is not None:
                objects[relation] = _with_column(objects[relation], was, each.attribute)
        else:
            objects[each.key] = _with(objects[each.key], a.objects[each.key], each.attribute)
    return replace(b, objects=objects)


def _with(made: Any, other: Any, attribute: str) -> Any:
    return replace(made, **{attribute: getattr(other, attribute)})


def _with_column(relation: Relation, was: Column, attribute: str) -> Relation:
    columns = tuple(_with(each, was, attribute) if each.name == was.name else each for each in relation.columns)
    return replace(relation, columns=columns)


async def _loaded(shadow: Shadow, catalog: Catalog, keys: Sequence[Key]) -> Side:
    """Make the objects and what they need in an empty database, and read them; all, where that is not enough."""
    found, whole = await _made(shadow, portion(Side(catalog), keys), catalog.roles)
    if not whole:
        found, _ = await _made(shadow, catalog, catalog.roles)
    return Side(found)


async def _made(shadow: Shadow, catalog: Catalog, roles: Iterable[str]) -> tuple[Catalog, bool]:
    """Make a catalog in an empty database; return what is there then, and whether that is all."""
    place = await shadow.place()
    async with shadow.database() as stage:
        if not place.shared:
            await stage.make_roles(roles)
        laid = await laying.make(stage, catalog, faithful=False)
        return await stage.catalog(), not laid.left_out


def _value(side: Side, key: Key, attribute: str) -> object:
    """Return an attribute of an object or a column, None where there is no such thing."""
    made = side.column(key) if key.kind is Kind.COLUMN else side.catalog.objects.get(key)
    return getattr(made, attribute, None)


def _is_written(difference: Difference) -> bool:
    """Tell whether both sides have a text there that a server has written, and that may mean the same."""
    found = difference.attribute in _WRITTEN
    if not found or difference.before in (None, "", ()) or difference.after in (None, "", ()):
        return False
    return _words(difference.before) == _words(difference.after)


def _words(text: object) -> frozenset[str]:
    """Return the strings in a text that hold letters: a server that reads it writes them again as they are.

    Numbers it may write with quotes or without.

    >>> sorted(_words("a = ANY (ARRAY['b'::text, 'it''s'::text, '-1'::text])"))
    ["'b'", "'it''s'"]
    """
    if not isinstance(text, str):
        return frozenset()
    return frozenset(each for each in _QUOTED.findall(text) if each[0] == "'" and _LETTER.search(each))
