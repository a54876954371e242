"""What turns one catalog into another: each created, dropped or altered object, attribute by attribute. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, NamedTuple

from console.catalog.implied import comes_with, is_clone
from console.catalog.model import (
    Catalog,
    Column,
    Constraint,
    Extension,
    Key,
    Kind,
    MaterializedView,
    Object,
    Option,
    Relation,
    Statistics,
    UserMapping,
    View,
)


class Action(StrEnum):
    """What a change does.

    REORDER is a column order that differs and nothing else. RENAME is of a plan: `compare` sees a drop and a create.
    UNREAD is an object that a lock hid on one of the sides: whether it differs is not known.
    """

    CREATE = "create"
    DROP = "drop"
    ALTER = "alter"
    RENAME = "rename"
    REORDER = "reorder"
    UNREAD = "unread"


class Difference(NamedTuple):
    """One attribute with its values on both sides."""

    attribute: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """One object or column that differs; `before` and `after` are its values, None where it is not there."""

    action: Action
    key: Key
    before: Object | Column | None
    after: Object | Column | None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What takes part in a comparison besides what always does."""

    owners: bool = True
    grants: bool = True
    extension_versions: bool = True


_GRANTS = frozenset({"grants", "revokes"})
# What is None where a lock hid it.
_HIDDEN = frozenset({"definition", "default", "using", "check", "partition_key", "partition_bound", "locked"})
_KEPT = frozenset({"options", "hidden", "kept"})  # of a mapping, where the server keeps them from one of the sides
# What of a view's column is its own; the rest follows from the query.
_OF_VIEW_COLUMN = frozenset(
    {"name", "default", "comment", "grants", "security_labels", "statistics", "storage", "compression", "options"}
)


def compare(
    a: Catalog, b: Catalog, *, owners: bool = True, grants: bool = True, extension_versions: bool = True
) -> tuple[Change, ...]:
    """Return the changes that turn `a` into `b`, in the order of their identities.

    What comes with another change (the index of a constraint, an identity's sequence) has none of its own. A type that
    is made in another way (an enum that becomes a composite) is dropped and created. Texts are the servers' own: of
    catalogs of different versions of PostgreSQL they may differ without a meaning.
    """
    scope = Scope(owners, grants, extension_versions)
    locked = a.locked.keys() | b.locked.keys()
    found = [*_gone_and_come(a, b), *_settings(a, b)]
    for key in a.objects.keys() & b.objects.keys():
        before, after = a.objects[key], b.objects[key]
        if type(before) is type(after) and before != after and not is_clone(before):
            found += _altered(before, after, scope, hidden=key in locked)
    unread = locked | {made.key for side in (a, b) for made in side.of(UserMapping) if _is_kept(a, b, made.key)}
    found += [Change(Action.UNREAD, key, a.objects.get(key), b.objects.get(key)) for key in unread]
    return tuple(sorted(found, key=lambda change: (change.key, _ORDER[change.action])))


_ORDER = {action: place for place, action in enumerate((Action.DROP, Action.CREATE, *Action))}


def _gone_and_come(a: Catalog, b: Catalog) -> Iterator[Change]:
    gone, come = _only_in(a.objects, b.objects), _only_in(b.objects, a.objects)
    for key, before in gone.items():
        if not comes_with(before, gone):
            yield Change(Action.DROP, key, before, None)
    for key, after in come.items():
        if not comes_with(after, come):
            yield Change(Action.CREATE, key, None, after)


def _only_in(some: Mapping[Key, Object], others: Mapping[Key, Object]) -> dict[Key, Object]:
    """Return the objects of one side that the other has not, or has as something else."""
    return {key: made for key, made in some.items() if type(made) is not type(others.get(key))}


def _settings(a: Catalog, b: Catalog) -> Iterator[Change]:
    """Roles belong to the server; what is set for them in this database belongs to it."""
    for name in sorted(a.roles.keys() | b.roles.keys()):
        before, after = a.roles.get(name), b.roles.get(name)
        was, now = (role.settings if role is not None else () for role in (before, after))
        if sorted(was) != sorted(now):
            yield Change(Action.ALTER, Key(Kind.ROLE, "", name), before, after, (Difference("settings", was, now),))


def _altered(before: Object, after: Object, scope: Scope, *, hidden: bool) -> Iterator[Change]:
    left_out = _left_out(before, scope)
    differences = tuple(_differences(before, after, left_out | {"columns"}, hidden=hidden))
    if differences:
        yield Change(Action.ALTER, before.key, before, after, differences)
    if isinstance(before, Relation) and isinstance(after, Relation) and before.columns is not after.columns:
        yield from _columns(before, after, left_out, hidden=hidden)


def _left_out(made: Object, scope: Scope) -> frozenset[str]:
    names = {"key", "oid"}
    if not scope.owners:
        names.add("owner")
    if not scope.grants:
        names |= _GRANTS
    if isinstance(made, Extension) and not scope.extension_versions:
        names.add("version")
    if isinstance(made, Constraint) and made.type == "f":
        names.add("index")  # the server's own choice among those that fit
    return frozenset(names)


def _is_kept(a: Catalog, b: Catalog, key: Key) -> bool:
    """Tell whether the server keeps from one of the sides what a mapping says that both have."""
    both = [side.objects.get(key) for side in (a, b)]
    return all(both) and any(isinstance(made, UserMapping) and made.kept for made in both)


def _differences(before: Any, after: Any, left_out: Collection[str], *, hidden: bool) -> Iterator[Difference]:
    for each in fields(before):
        if not each.compare or each.name in left_out:
            continue
        was, now = getattr(before, each.name), getattr(after, each.name)
        if was == now or _sorted(was) == _sorted(now):
            continue
        if isinstance(before, Statistics) and each.name == "definition" and _counted(was) == _counted(now):
            continue
        if isinstance(before, UserMapping) and each.name in _KEPT and (before.kept or after.kept):
            continue
        if hidden and each.name in _HIDDEN and (was is None or now is None or each.name == "locked"):
            continue
        yield Difference(each.name, was, now)


def _sorted(value: object) -> object:
    """Options mean the same in any order."""
    if isinstance(value, tuple) and value and isinstance(value[0], Option):
        return tuple(sorted(value))
    return value


def _counted(definition: str | None) -> tuple[str, ...]:
    """Statistics name their columns in the order of the table, which says nothing about them."""
    head, _, rest = (definition or "").partition(" ON ")
    columns, _, table = rest.rpartition(" FROM ")
    return (head, *sorted(columns.split(", ")), table)


def _columns(before: Relation, after: Relation, left_out: frozenset[str], *, hidden: bool) -> Iterator[Change]:
    was, now = ({column.name: column for column in side.columns} for side in (before, after))
    if isinstance(before, View | MaterializedView):
        names = {each.name for each in fields(Column)}
        left_out |= names - _OF_VIEW_COLUMN
    else:
        yield from (Change(Action.DROP, _column(before.key, name), was[name], None) for name in was if name not in now)
        yield from (
            Change(Action.CREATE, _column(before.key, name), None, now[name]) for name in now if name not in was
        )
    for name, column in was.items():
        other = now.get(name)
        if other is not None and other is not column:
            differences = tuple(_differences(column, other, left_out, hidden=hidden))
            if differences:
                yield Change(Action.ALTER, _column(before.key, name), column, other, differences)
    yield from _reordered(before, after, was, now)


def _reordered(
    before: Relation, after: Relation, was: Mapping[str, Column], now: Mapping[str, Column]
) -> Iterator[Change]:
    if isinstance(before, View | MaterializedView):
        return
    old, new = tuple(name for name in was if name in now), tuple(name for name in now if name in was)
    if old != new:
        yield Change(Action.REORDER, before.key, before, after, (Difference("columns", old, new),))


def _column(relation: Key, name: str) -> Key:
    return Key(Kind.COLUMN, relation.schema, name, relation.name)
