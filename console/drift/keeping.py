"""Keeps the data: leaves out of a plan what loses rows or values, and all that would only come of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from console.catalog.compare import Action, Change, compare
from console.catalog.model import Catalog, Column, ForeignTable, Key, Kind, Object, Table
from console.drift.ground import Side

_ROUNDS = 20


@dataclass(eq=False)
class Goal:
    """The second side with what is kept of the first: its tables and columns, with all that they need."""

    a: Catalog
    b: Catalog
    objects: dict[Key, Object] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the second side as it is."""
        self.objects = dict(self.b.objects)
        self._side, self._other = Side(self.a), Side(self.b)

    @property
    def catalog(self) -> Catalog:
        """The goal as it is so far."""
        there = self.objects.keys()
        edges = dict.fromkeys((*self.b.edges, *(each for each in self.a.edges if self._holds(each.dependent))))
        kept = tuple(each for each in edges if self._holds(each.dependent) and self._holds(each.referenced))
        return replace(self.b, objects={key: self.objects[key] for key in sorted(there)}, edges=kept)

    def keep(self, lost: Iterable[Key]) -> bool:
        """Keep tables and columns; tell whether anything was new."""
        before = len(self.objects), [*map(id, self.objects.values())]
        for key in lost:
            if key.kind is Kind.COLUMN:
                self._keep_column(key)
            else:
                self._keep_whole(key)
        return (len(self.objects), [*map(id, self.objects.values())]) != before

    def _holds(self, key: Key) -> bool:
        if key.kind is not Kind.COLUMN:
            return key in self.objects
        return any(
            isinstance(made := self.objects.get(Key(kind, key.schema, key.parent)), Table | ForeignTable)
            and any(each.name == key.name for each in made.columns)
            for kind in (Kind.TABLE, Kind.FOREIGN_TABLE)
        ) or any(
            Key(kind, key.schema, key.parent) in self.objects for kind in (Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.TYPE)
        )

    def _keep_whole(self, key: Key) -> None:
        """Keep a table as it is, with its parts, in place of what the second side has by its name."""
        if self.objects.get(key) is self.a.objects[key]:
            return
        for part in self._other.parts.get(key, ()):
            self.objects.pop(part, None)
        for kind in (Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.TABLE, Kind.SEQUENCE):
            other = Key(kind, key.schema, key.name)
            if other != key and other in self.objects:
                for part in (other, *self._other.parts.get(other, ())):
                    self.objects.pop(part, None)
        self.objects[key] = self.a.objects[key]
        for part in self._side.parts.get(key, ()):
            self.objects[part] = self.a.objects[part]
            self._keep_needed(part)
        for column in _columns(self.a.objects[key]):
            self._keep_needed(Key(Kind.COLUMN, key.schema, column.name, key.name))
        self._keep_needed(key)

    def _keep_column(self, key: Key) -> None:
        relation = self._side.relation(key)
        for table in self._side.below(relation) if relation is not None else ():
            made = self.objects.get(table)
            if isinstance(made, Table | ForeignTable):
                self._put_back(table, made, key.name)

    def _put_back(self, table: Key, made: Table | ForeignTable, name: str) -> None:
        old = next((each for each in _columns(self.a.objects.get(table)) if each.name == name), None)
        if old is None or any(each is old for each in made.columns):
            return
        rest = tuple(each for each in made.columns if each.name != name)
        self.objects[table] = replace(made, columns=(*rest, old))
        column = Key(Kind.COLUMN, table.schema, name, table.name)
        self._keep_needed(column)
        for part in self._side.parts.get(table, ()):
            if name in getattr(self.a.objects[part], "columns", ()) and part not in self.objects:
                self.objects[part] = self.a.objects[part]
                self._keep_needed(part)

    def _keep_needed(self, key: Key) -> None:
        schema = Key(Kind.SCHEMA, "", key.schema)
        for needed in (schema, *self._side.needed.get(key, ())):
            if needed.kind is Kind.COLUMN:
                if not self._holds(needed):
                    self._keep_column(needed)
            elif needed in self.a.objects and needed not in self.objects:
                self.objects[needed] = self.a.objects[needed]
                self._keep_needed(needed)


def _columns(made: Object | None) -> tuple[Column, ...]:
    return made.columns if isinstance(made, Table | ForeignTable) else ()


def left_out(goal: Catalog, b: Catalog) -> Iterator[Change]:
    """Yield what is not done for the sake of the data: what would still turn the goal into the second side."""
    yield from (each for each in compare(goal, b) if each.action is not Action.REORDER)


def lost(drops: Iterable[tuple[Key, str]]) -> Iterator[Key]:
    """Yield the tables and columns among what is dropped with a loss."""
    yield from (key for key, loses in drops if loses and key.kind in (Kind.TABLE, Kind.COLUMN, Kind.SEQUENCE))
