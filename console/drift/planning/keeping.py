"""Keeps the data: leaves out of a plan what loses rows or values, and all that would only come of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from console.catalog.compare import Action, Change, compare
from console.catalog.model import Catalog, Column, ForeignTable, Key, Kind, Object, Table
from console.drift.ground import Side
from console.drift.ordering.names import rooms
from console.drift.ordering.writing import Statement

_HOLDING = (Kind.TABLE, Kind.COLUMN, Kind.SEQUENCE)


@dataclass(eq=False)
class Goal:
    """The second side with what is kept of the first: its tables and columns, with all that they need.

    What they need stays as it is on the first side where it would be dropped, or made anew; what of the second side
    cannot be then, since it needs the new one or its name, is left out.
    """

    a: Catalog
    b: Catalog
    objects: dict[Key, Object] = field(init=False)
    _dropped: set[Key] = field(default_factory=set, init=False)
    _stays: set[Key] = field(default_factory=set, init=False)  # as it is on the first side

    def __post_init__(self) -> None:
        """Begin with the second side as it is."""
        self.objects = dict(self.b.objects)
        self._side, self._other = Side(self.a), Side(self.b)

    @property
    def catalog(self) -> Catalog:
        """The goal as it is so far."""
        edges = dict.fromkeys((*self.b.edges, *(each for each in self.a.edges if self._holds(each.dependent))))
        kept = tuple(each for each in edges if self._holds(each.dependent) and self._holds(each.referenced))
        return replace(self.b, objects={key: self.objects[key] for key in sorted(self.objects)}, edges=kept)

    def keep(self, statements: Iterable[Statement]) -> bool:
        """Keep the tables, columns and sequences that statements lose; tell whether anything was new."""
        before = {key: id(made) for key, made in self.objects.items()}
        statements = tuple(statements)
        self._dropped |= {each.key for each in statements if each.action is Action.DROP}
        for each in statements:
            if each.loses and each.key.kind in _HOLDING:
                self._keep_column(each.key) if each.key.kind is Kind.COLUMN else self._keep_whole(each.key)
        while self._let_go():
            pass
        return {key: id(made) for key, made in self.objects.items()} != before

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
        """Keep an object as it is, with its parts, in place of what the second side has by its name."""
        if key in self._stays:
            return
        self._stays.add(key)
        for part in self._other.parts.get(key, ()):
            self.objects.pop(part, None)
        self._put(key)
        for part in self._side.parts.get(key, ()):
            self._put(part)
            self._keep_needed(part)
        for column in _columns(self.a.objects[key]):
            self._keep_needed(Key(Kind.COLUMN, key.schema, column.name, key.name))
        self._keep_needed(key)

    def _put(self, key: Key) -> None:
        """Put an object back as it is, and take out what has its name on the second side."""
        taken = {*rooms(key, self.a.objects)}
        strangers = [each for each in self.objects if each.name == key.name and each not in self.a.objects]
        for rival in strangers:
            if not taken.isdisjoint(rooms(rival, self.b.objects)):
                self._take_out(rival)
        self.objects[key] = self.a.objects[key]
        self._stays.add(key)

    def _take_out(self, key: Key) -> None:
        self.objects.pop(key, None)
        for part in self._other.parts.get(key, ()):
            self.objects.pop(part, None)

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
                self._put(part)
                self._keep_needed(part)

    def _keep_needed(self, key: Key) -> None:
        schema = Key(Kind.SCHEMA, "", key.schema)
        for needed in (schema, *self._side.needed.get(key, ())):
            if needed.kind is Kind.COLUMN:
                if not self._holds(needed):
                    self._keep_column(needed)
            elif needed in self.a.objects and (needed not in self.objects or needed in self._dropped):
                self._keep_whole(needed)

    def _let_go(self) -> bool:
        """Take what needs something that is not there, or not as the second side has it, back to what it was."""
        found = [key for key, made in self.objects.items() if key not in self._stays and made is self.b.objects.get(key)
                 and self._is_without(key, made)]  # fmt: skip
        for key in found:
            if key not in self.a.objects or not all(map(self._holds, self._side.needed.get(key, ()))):
                self._take_out(key)
            elif self._side.whole_of(self.a.objects[key]) is None:
                self._keep_whole(key)
            else:
                self._put(key)
        return bool(found)

    def _is_without(self, key: Key, made: Object) -> bool:
        columns = (Key(Kind.COLUMN, key.schema, column.name, key.name) for column in getattr(made, "columns", ())
                   if isinstance(column, Column))  # fmt: skip
        needed = {each for one in (key, *columns) for each in self._other.needed.get(one, ())}
        return any(not self._holds(each) or self._is_another(each) for each in needed if self._was_there(each))

    def _was_there(self, key: Key) -> bool:
        return self._other.column(key) is not None if key.kind is Kind.COLUMN else key in self.b.objects

    def _is_another(self, key: Key) -> bool:
        """Tell whether something is not what the second side has, but what would have been made anew."""
        return key in self._stays and key in self._dropped and self.a.objects[key] != self.b.objects.get(key)


def _columns(made: Object | None) -> tuple[Column, ...]:
    return made.columns if isinstance(made, Table | ForeignTable) else ()


def left_out(goal: Catalog, b: Catalog) -> Iterator[Change]:
    """Yield what is not done for the sake of the data: what would still turn the goal into the second side."""
    yield from (each for each in compare(goal, b) if each.action is not Action.REORDER)
