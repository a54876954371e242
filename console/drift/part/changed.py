"""The changes between two sides, looked up by what they are about: what comes, what lets go. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from console.catalog.compare import Action, Change
from console.catalog.ddl.kinship import is_partition
from console.catalog.model import Column, Constraint, Index, Key, Kind, Object, Relation, Routine
from console.drift.ground import Side
from console.drift.portion import known, needed

Mark: TypeAlias = tuple[Action, Key]
"""Which change is meant, the same after both sides were compared again."""

# What of an object nobody else relies on.
_LIGHT = frozenset(
    {
        *("comment", "grants", "revokes", "owner", "security_labels", "extensions", "storage", "compression"),
        *("statistics", "target", "fdw_options", "toast_options", "tablespace", "access_method", "enabled"),
        *("row_security", "force_row_security", "clustered", "hidden", "kept", "replica_identity", "settings"),
        *("connection_limit", "version"),
    }
)
_OPTIONED = (Kind.TABLE, Kind.FOREIGN_TABLE, Kind.COLUMN, Kind.INDEX, Kind.SERVER, Kind.FOREIGN_DATA_WRAPPER)
VIEWS = (Kind.VIEW, Kind.MATERIALIZED_VIEW)
_SEEN = ("type", "collation")  # of a column, by views
# What of a routine may be another without a change of what it takes and gives.
_INNER = frozenset({"definition", "source", "volatility", "language", "sql_body"})


def mark(change: Change) -> Mark:
    """Return what tells a change from all others."""
    return change.action, change.key


def differs(change: Change, *attributes: str) -> bool:
    """Tell whether an altered thing differs in one of some attributes."""
    return any(each.attribute in attributes for each in change.differences)


def is_grave(change: Change) -> bool:
    """Tell whether an altered thing is another one for those that rely on it."""
    light = _LIGHT | {"options"} if change.key.kind in _OPTIONED else _LIGHT
    return any(each.attribute not in light for each in change.differences)


@dataclass(eq=False)
class Changed:
    """The changes that turn `a` into `b`."""

    a: Side
    b: Side
    changes: tuple[Change, ...]

    @cached_property
    def _by_key(self) -> Mapping[Key, tuple[Change, ...]]:
        found: defaultdict[Key, list[Change]] = defaultdict(list)
        for change in self.changes:
            found[change.key].append(change)
            if change.action is Action.RENAME and isinstance(change.before, Object) and change.before.key != change.key:
                found[change.before.key].append(change)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def by_schema(self) -> Mapping[str, tuple[Change, ...]]:
        """What goes, of each schema, and what is moved from there."""
        found: defaultdict[str, list[Change]] = defaultdict(list)
        for change in self.changes:
            if change.action is Action.DROP and change.key.kind is not Kind.COLUMN:
                found[change.key.schema].append(change)
        for change in self.moves:
            found[change.before.key.schema].append(change)  # type: ignore[union-attr]
        return {name: tuple(some) for name, some in found.items()}

    @cached_property
    def moves(self) -> tuple[Change, ...]:
        """What gets another schema."""
        return tuple(
            each for each in self.changes
            if each.action is Action.RENAME and isinstance(each.before, Object)
            and each.before.key.schema != each.key.schema
        )  # fmt: skip

    def is_of_moved(self, change: Change) -> bool:
        """Tell whether what goes or is altered is known on the first side by another name, since something moved."""
        if change.action not in (Action.DROP, Action.ALTER) or change.key.kind is Kind.ROLE or not self.moves:
            return False
        if change.key.kind is Kind.COLUMN:
            return self.a.column(change.key) is None
        return change.key not in self.a.catalog.objects

    def of(self, key: Key) -> tuple[Change, ...]:
        """Return the changes of an object or a column, a rename under both names."""
        return self._by_key.get(key, ())

    def of_columns(self, relation: Key) -> Iterator[Change]:
        """Yield the changes of a relation's columns."""
        names = dict.fromkeys(
            column.name
            for side in (self.a, self.b)
            if isinstance(made := side.catalog.objects.get(relation), Relation)
            for column in made.columns
        )
        for name in names:
            yield from self.of(Key(Kind.COLUMN, relation.schema, name, relation.name))

    def of_parts(self, relation: Key) -> Iterator[Change]:
        """Yield the changes of what goes with a relation: constraints, indexes, triggers, own sequences."""
        for part in dict.fromkeys((*self.a.parts.get(relation, ()), *self.b.parts.get(relation, ()))):
            yield from self.of(part)

    def made(self, key: Key) -> Iterator[Object]:
        """Yield an object as it is on the sides that have it."""
        for side in (self.a, self.b):
            if (found := side.catalog.objects.get(key)) is not None:
                yield found

    def needs(self, change: Change) -> Iterator[Key]:
        """Yield what the second side's object or column of a change relies on."""
        made = change.after
        if isinstance(made, Object) and change.action is Action.CREATE:
            yield from needed(self.b, made)
        elif isinstance(made, Object):
            yield from self.b.needed.get(change.key, ())
            yield from self._joined(made)
        else:
            yield from self.b.needed.get(change.key, ())
            if change.action is Action.CREATE:
                yield self.b.relation(change.key) or change.key

    def _joined(self, made: Object) -> Iterator[Key]:
        if isinstance(made, Constraint):
            yield from (each for each in (made.index, made.parent, made.references) if each is not None)
        if isinstance(made, Index):
            yield from (each for each in (made.constraint, made.parent) if each is not None)

    def coming(self, key: Key, *, grave: bool) -> Iterator[Mark]:
        """Yield the changes by which a thing comes to be as it is needed."""
        for twin in _twins(self.b, key):
            for each in self.of(twin) or self.of(known(self.b, twin) or twin):
                comes = each.action in (Action.CREATE, Action.RENAME)
                if comes or (grave and each.action is Action.ALTER and is_grave(each)):
                    yield mark(each)

    def leaving(self, key: Key) -> Iterator[Mark]:
        """Yield what lets go of a thing that goes: its parts, what depends on it, what that has in its place."""
        dependents = {edge.dependent: None for twin in _twins(self.a, key) for edge in self.a.dependents.get(twin, ())}
        for each in (*dependents, *self.a.parts.get(key, ()), *self.a.children.get(key, ())):
            found = self.of(each) or self.of(known(self.a, each) or each)
            going = [mark(change) for change in found if _lets_go(change)]
            yield from going
            if not going:
                yield from self._instead(each)

    def _instead(self, dependent: Key) -> Iterator[Mark]:
        """What stays as it is speaks of something else afterwards."""
        for key in self.b.needed.get(dependent, ()):
            yield from self.coming(key, grave=False)

    def shown(self, mark: Mark) -> bool:
        """Tell whether views see a change: not that of a column which keeps its type."""
        action, key = mark
        if action is not Action.ALTER or key.kind is not Kind.COLUMN:
            return True
        return any(differs(each, *_SEEN) for each in self.of(key) if each.action is action)

    def following(self, change: Change) -> Iterator[Mark]:
        """Yield what would go on speaking of a thing as it was."""
        if change.key.kind is Kind.COLUMN and differs(change, "type"):
            yield from self._holding_rows(change.key)
        seen = self.shown(mark(change))
        inner = isinstance(change.after, Routine) and all(each.attribute in _INNER for each in change.differences)
        for twin in _twins(self.a, change.key):
            for edge in self.a.dependents.get(twin, ()):
                if (inner or not seen) and edge.dependent.kind in VIEWS:
                    continue
                found = self.of(edge.dependent)
                yield from (mark(each) for each in found if _lets_go(each))
                if not found and not inner:
                    yield from self._instead(edge.dependent)
                    yield from self._valued(edge.dependent)

    def _holding_rows(self, column: Key) -> Iterator[Mark]:
        """Rows of a table that are stored elsewhere stand in the way of its columns: what holds them and goes, goes."""
        relation = self.a.relation(column)
        for edge in self.a.dependents.get(relation, ()) if relation is not None else ():
            if edge.referenced == relation:
                found = (*self.of(edge.dependent), *self.of(known(self.a, edge.dependent) or edge.dependent))
                yield from (mark(each) for each in found if each.action is Action.DROP)

    def _valued(self, dependent: Key) -> Iterator[Mark]:
        """A default or a bound may be no value of its type any more: then the table that goes has to go before."""
        column = self.a.column(dependent) if dependent.kind is Kind.COLUMN else None
        relation = self.a.relation(dependent) if column is not None else None
        table = self.a.catalog.objects.get(relation) if relation is not None else None
        valued = column is not None and (column.default is not None or (table is not None and is_partition(table)))
        found = self.of(relation) if relation is not None and valued else ()
        yield from (mark(each) for each in found if each.action is Action.DROP)


def _lets_go(change: Change) -> bool:
    altered = change.action is Action.ALTER and (is_grave(change) or differs(change, "extensions"))
    return altered or change.action is Action.DROP


def _twins(side: Side, key: Key) -> Iterator[Key]:
    """Yield a key, and the index of a constraint or the constraint of an index with it."""
    yield key
    made = side.catalog.objects.get(key)
    if isinstance(made, Constraint) and made.index is not None and made.type in "pux":
        yield made.index
    if isinstance(made, Index) and made.constraint is not None:
        yield made.constraint


def column_of(change: Change) -> tuple[Column | None, Column | None]:
    """Return a column before and after."""
    before, after = change.before, change.after
    return before if isinstance(before, Column) else None, after if isinstance(after, Column) else None
