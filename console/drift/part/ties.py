"""What ties changes together beyond who depends on whom: what the server says twice, or looks at as one. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from console.catalog.compare import Action, Change
from console.catalog.model import (
    Constraint,
    Extension,
    Index,
    Key,
    Kind,
    MaterializedView,
    Operator,
    Publication,
    Range,
    Relation,
    Routine,
    Schema,
    Sequence,
    Table,
    View,
)
from console.drift.ground import Side
from console.drift.part.changed import Changed, Mark, column_of, differs, is_grave, mark
from console.sql.quoting import dotted

# Relations and the types of their rows have their names in common, and all routines.
_OF_ONE_NAME = frozenset(
    {Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.SEQUENCE, Kind.INDEX, Kind.TYPE}
    | {Kind.DOMAIN}
)
_ROUTINES = frozenset({Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE})
_SPOKEN_OF = frozenset({Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, *_ROUTINES})
_TYPES = (Kind.TYPE, Kind.DOMAIN, Kind.COLLATION)
_LISTING = re.compile(r'(?:\)|\.\w+|") \w+\(')  # names for all columns of what is read
_WORD = re.compile(r"\w+")
_CREATE_OR_DROP = (Action.CREATE, Action.DROP)


@dataclass(eq=False)
class Ties:
    """The ties between the changes."""

    changed: Changed

    def needs(self, change: Change) -> Iterator[Mark]:
        """Yield what a change needs, and does not come by itself with."""
        made = change.after if change.after is not None else change.before
        if change.action is Action.DROP and isinstance(made, Schema):
            yield from map(mark, self.changed.by_schema.get(change.key.name, ()))
            yield from self._moving(change.key)
        if self.changed.is_of_moved(change):
            yield from map(mark, self.changed.moves)
        if change.action is Action.DROP and isinstance(made, Table):
            yield from self._pointed_at(made)
        if change.action is not Action.DROP:
            yield from self._schemas(change)
            yield from self._read(change)
            yield from self._ambiguous(change)
        if isinstance(made, Table | Publication):
            yield from self._published(change)
        if isinstance(made, Table) and differs(change, "persistence"):
            yield from (mark(each) for each in self.changed.of_parts(made.key) if differs(each, "persistence"))
        if isinstance(made, MaterializedView):
            yield from self._of_filled(change, made)

    def together(self, change: Change) -> Iterator[Mark]:
        """Yield what is one with a change, so that each needs the other."""
        key = change.key
        if change.action in _CREATE_OR_DROP:
            yield from (mark(each) for each in self.changed.of(key) if each.action in _CREATE_OR_DROP)
        if key.kind is Kind.COLUMN:
            yield from self._of_column(change)
        for made in (change.before, change.after):
            if isinstance(made, Constraint):
                yield from self._with_key(made)
            if isinstance(made, Constraint | Index) and made.parent is not None:
                yield from map(mark, self.changed.of(made.parent))
            if isinstance(made, Sequence) and made.owned_by is not None:
                yield from self._counting(change, made.owned_by)
            if isinstance(made, Operator):
                yield from self._paired(made)
        if key.kind in (Kind.INDEX, Kind.CONSTRAINT) and self._is_chosen(change):
            yield from self._chosen(change)
        if isinstance(change.after, View) and is_grave(change):
            yield from (mark(each) for each in self.changed.of_parts(key) if each.key.kind is Kind.RULE)
        if isinstance(change.after, View | MaterializedView):
            yield from self._listed(change)
        if isinstance(change.after, Relation):
            yield from self._of_relation(change)
        if key.kind in _TYPES and is_grave_or_new(change):
            yield from self._bounded(key)

    def names(self) -> Iterator[tuple[Mark, Mark]]:
        """What comes with a name that something else has needs that to go; overloads of a routine come as one."""
        for each in self.changed.changes:
            for name in _names(each) if each.action is Action.CREATE else ():
                for other in self._going.get(name, ()):
                    yield mark(each), mark(other)
                    if each.key.kind in _ROUTINES:
                        yield mark(other), mark(each)

    def casts(self) -> Iterator[tuple[Mark, Mark]]:
        """Who speaks of a cast's types, or calls what returns them, may mean the cast, of which nothing is kept."""
        yield from ((one, cast) for one, cast in self._meant(self.changed.b, Action.CREATE))
        yield from ((cast, one) for one, cast in self._meant(self.changed.a, Action.DROP))

    def _meant(self, side: Side, action: Action) -> Iterator[tuple[Mark, Mark]]:
        """Yield what comes (or goes) or is altered, and a cast that comes (or goes) and may be meant by it."""
        found: defaultdict[Key, list[Mark]] = defaultdict(list)
        for cast in self.changed.changes:
            if cast.key.kind is Kind.CAST and cast.action is action:
                for key in side.needed.get(cast.key, ()):
                    found[key].append(mark(cast))
        for change in self.changed.changes if found else ():
            counts = change.action is action or (change.action is Action.ALTER and is_grave(change))
            for key in side.needed.get(change.key, ()) if counts and change.key.kind is not Kind.CAST else ():
                for each in (key, *(side.needed.get(key, ()) if key.kind in _ROUTINES else ())):
                    yield from ((mark(change), other) for other in found.get(each, ()))

    def _pointed_at(self, partition: Table) -> Iterator[Mark]:
        """A foreign key towards the whole holds its partitions as well."""
        above = partition.partition_of
        while above is not None:
            for edge in self.changed.a.dependents.get(above, ()):
                made = self.changed.a.catalog.objects.get(edge.dependent)
                if isinstance(made, Constraint) and made.references == above:
                    yield from (mark(each) for each in self.changed.of(made.key) if is_grave_or_new(each))
            whole = self.changed.a.catalog.objects.get(above)
            above = whole.partition_of if isinstance(whole, Table) else None

    def _moving(self, schema: Key) -> Iterator[Mark]:
        """What leaves a schema that goes, without going itself."""
        catalog = self.changed.a.catalog
        for made in (*catalog.of(Extension), *catalog.of(Publication)):
            if schema.name in _schemas(made):
                yield from map(mark, self.changed.of(made.key))

    def _schemas(self, change: Change) -> Iterator[Mark]:
        for name in _schemas(change.after):
            yield from self.changed.coming(Key(Kind.SCHEMA, "", name), grave=False)

    def _read(self, change: Change) -> Iterator[Mark]:
        """Yield what comes and is named in the source of a routine, of which the server keeps no account."""
        made = change.after
        if isinstance(made, Routine) and made.source and is_grave_or_new(change):
            for word in {*_WORD.findall(made.source)} & self._coming.keys():
                yield from self._coming[word]

    def _of_filled(self, change: Change, made: MaterializedView) -> Iterator[Mark]:
        """What is filled reads what is filled; what it has of indexes goes and comes with another query."""
        if differs(change, "definition"):
            yield from (mark(each) for each in self.changed.of_parts(made.key) if is_grave_or_new(each))
        if made.populated and change.action is not Action.DROP and is_grave_or_new(change):
            for key in self._read_by(made.key):
                yield from (mark(each) for each in self.changed.of(key) if differs(each, "populated"))

    def _read_by(self, key: Key) -> set[Key]:
        """Return the relations and functions that a view of the second side reads, through others as well."""
        side, seen, todo = self.changed.b, {key}, [key]
        while todo:
            for needed in side.needed.get(todo.pop(), ()):
                read = side.relation(needed) or needed
                if read not in seen and read.kind in _SPOKEN_OF:
                    seen.add(read)
                    todo.append(read)
        return seen - {key}

    def _ambiguous(self, change: Change) -> Iterator[Mark]:
        """Who calls a routine may not know which is meant while another of its name, that goes, is there."""
        for key in self.changed.b.needed.get(change.key, ()) if is_grave_or_new(change) else ():
            if key.kind in _ROUTINES:
                yield from map(mark, self._going.get(("()", key.schema, key.name), ()))

    def _bounded(self, type: Key) -> Iterator[Mark]:
        """Values of a type say which rows a partition has."""
        for side in (self.changed.a, self.changed.b):
            for edge in side.dependents.get(type, ()):
                table = side.relation(edge.dependent) if edge.dependent.kind is Kind.COLUMN else None
                kept = (each for each in self.changed.of(edge.dependent) if differs(each, "storage", "compression"))
                yield from map(mark, kept)
                found = self.changed.of(table) if table is not None else ()
                yield from (mark(each) for each in found if differs(each, "partition_bound", "partition_key"))

    @cached_property
    def _going(self) -> dict[tuple[str, ...], list[Change]]:
        """What goes, by the names that nothing else can have meanwhile."""
        found: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
        for each in self.changed.changes:
            for name in _names(each) if each.action is Action.DROP else ():
                found[name].append(each)
        for each in self.changed.moves:
            for name in _names(replace(each, key=each.before.key, after=None)):  # type: ignore[union-attr]
                found[name].append(each)
        return dict(found)

    @cached_property
    def _coming(self) -> dict[str, list[Mark]]:
        found: defaultdict[str, list[Mark]] = defaultdict(list)
        for each in self.changed.changes:
            if each.action is Action.CREATE and each.key.kind in _SPOKEN_OF:
                found[each.key.name].append(mark(each))
        return dict(found)

    @cached_property
    def _publications(self) -> dict[Key, list[Change]]:
        """The changes of publications by the tables that they had."""
        found: defaultdict[Key, list[Change]] = defaultdict(list)
        for each in self.changed.changes:
            if isinstance(each.before, Publication) and is_grave(each):
                for had in each.before.tables:
                    found[had.table].append(each)
        return dict(found)

    def _published(self, change: Change) -> Iterator[Mark]:
        """A table that goes or is unlogged leaves its publications; one that comes into one is there, and logged."""
        if isinstance(change.after, Publication) and is_grave_or_new(change):
            for has in change.after.tables:
                found = self.changed.of(has.table)
                yield from (
                    mark(each) for each in found if each.action is Action.CREATE or differs(each, "persistence")
                )
        elif change.key.kind is Kind.TABLE and (change.action is Action.DROP or differs(change, "persistence")):
            yield from map(mark, self._publications.get(change.key, ()))

    def _listed(self, change: Change) -> Iterator[Mark]:
        """A query may list the columns of a table, though it speaks of some only: those that come and go with it."""
        if change.action is not Action.ALTER or not differs(change, "definition"):
            return
        texts = [
            made.definition or "" for made in (change.before, change.after) if isinstance(made, View | MaterializedView)
        ]
        words = {word for text in texts for word in _WORD.findall(text)}
        lists = any(_LISTING.search(text) for text in texts)
        told = {each for side in (self.changed.a, self.changed.b) for each in side.needed.get(change.key, ())}
        read = {self.changed.b.relation(each) for each in told}
        for relation in read:
            for each in self.changed.of_columns(relation) if relation is not None else ():
                if each.action in _CREATE_OR_DROP and each.key.name in words and (lists or each.key not in told):
                    yield mark(each)

    def _of_column(self, change: Change) -> Iterator[Mark]:
        was, now = column_of(change)
        counted = change.action is not Action.ALTER or differs(change, "identity", "type")
        for identity in (each.identity for each in (was, now) if each is not None and counted):
            if identity is not None:
                yield from map(mark, self.changed.of(identity.sequence))
        if differs(change, "type", "collation"):
            yield from self._pointing(change.key)
        for side in (self.changed.a, self.changed.b):
            relation = side.relation(change.key)
            made = side.catalog.objects.get(relation) if relation is not None else None
            if relation is not None and isinstance(made, View | MaterializedView):
                yield from (mark(each) for each in self.changed.of(relation) if is_grave_or_new(each))
            if isinstance(made, Table) and made.of_type is not None and is_grave_or_new(change):
                types = (key for key in side.needed.get(made.key, ()) if key.kind is Kind.TYPE)
                yield from (mark(each) for key in types for each in self.changed.of(key))
                yield from (mark(each) for each in self.changed.of(made.key) if is_grave(each))

    def _pointing(self, column: Key) -> Iterator[Mark]:
        """Columns on both ends of a foreign key have one type."""
        for edge in self.changed.a.dependents.get(column, ()):
            made = self.changed.b.catalog.objects.get(edge.dependent)
            if isinstance(made, Constraint) and made.type == "f":
                for key in self.changed.a.needed.get(edge.dependent, ()):
                    yield from (mark(each) for each in self.changed.of(key) if differs(each, "type", "collation"))

    def _with_key(self, made: Constraint) -> Iterator[Mark]:
        """Yield what a key brings along: its index, and that its columns are not null."""
        if made.index is not None and made.type in "pux":
            yield from map(mark, self.changed.of(made.index))
        for name in made.columns if made.type == "p" else ():
            column = Key(Kind.COLUMN, made.table.schema, name, made.table.name)
            yield from (mark(each) for each in self.changed.of(column) if differs(each, "not_null"))

    def _paired(self, made: Operator) -> Iterator[Mark]:
        """Operators that are each other's commutator or negator say so of each other."""
        for text in filter(None, (made.commutator, made.negator)):
            yield from self._operators.get(text.rpartition(".")[2], ())

    @cached_property
    def _operators(self) -> dict[str, list[Mark]]:
        found: defaultdict[str, list[Mark]] = defaultdict(list)
        for each in self.changed.changes:
            if each.key.kind is Kind.OPERATOR:
                found[each.key.name].append(mark(each))
        return dict(found)

    def _is_chosen(self, change: Change) -> bool:
        """Tell whether a change says by which index a table is clustered, or its rows are known."""
        keys = [change.key, *(made.index for made in (change.before, change.after) if isinstance(made, Constraint))]
        found = [made for key in keys if key is not None for made in self.changed.made(key)]
        one = any(isinstance(made, Index) and (made.replica_identity or made.clustered) for made in found)
        return one and (is_grave_or_new(change) or differs(change, "replica_identity", "clustered"))

    def _chosen(self, change: Change) -> Iterator[Mark]:
        """A table has one index of the sort: who becomes it takes that from another."""
        made = change.after if change.after is not None else change.before
        table = getattr(made, "table", None)
        if isinstance(table, Key):
            yield from (mark(each) for each in self.changed.of_parts(table) if self._is_chosen(each))
            yield from (mark(each) for each in self.changed.of(table) if differs(each, "replica_identity"))

    def _counting(self, change: Change, column: Key) -> Iterator[Mark]:
        """A sequence that goes over to another column goes together with both."""
        if change.action is not Action.ALTER or differs(change, "owned_by", "identity"):
            yield from (mark(each) for each in self.changed.of(column) if differs(each, "identity"))

    def _of_relation(self, change: Change) -> Iterator[Mark]:
        """Yield the parts of which a table says the same: whose it is, by which index rows are known."""
        made = change.after
        assert isinstance(made, Relation)
        if differs(change, "owner"):
            yield from (mark(each) for each in self.changed.of_parts(made.key) if differs(each, "owner"))
        if differs(change, "replica_identity"):
            yield from (mark(each) for each in self.changed.of_parts(made.key) if self._is_chosen(each))
        if differs(change, "persistence"):
            yield from self._pointing_tables(made.key)
        if differs(change, "toast_options") and not (_toasted(change.before) and _toasted(made)):
            yield from (mark(each) for each in self.changed.of_columns(made.key) if is_grave_or_new(each))

    def _pointing_tables(self, table: Key) -> Iterator[Mark]:
        """A logged table points at logged ones only."""
        for side in (self.changed.a, self.changed.b):
            for part in side.parts.get(table, ()):
                made = side.catalog.objects[part]
                if isinstance(made, Constraint) and made.references is not None:
                    yield from (mark(each) for each in self.changed.of(made.references) if differs(each, "persistence"))


def _schemas(made: object) -> tuple[str, ...]:
    """Return the schemas of which something says that it is theirs, besides the one in its name."""
    if isinstance(made, Publication):
        return made.schemas
    return (made.schema,) if isinstance(made, Extension) else ()


def is_grave_or_new(change: Change) -> bool:
    """Tell whether a thing comes, goes, or is another one for those that rely on it."""
    return change.action is not Action.ALTER or is_grave(change)


def _toasted(made: object) -> bool:
    return isinstance(made, Table) and bool(made.toast_options)


def _names(change: Change) -> Iterator[tuple[str, ...]]:
    key, made = change.key, change.after if change.after is not None else change.before
    if key.kind in _OF_ONE_NAME:
        yield ("", dotted(key.schema, key.name))
    if key.kind in _ROUTINES:
        yield ("()", key.schema, key.name)
    if isinstance(made, Range) and made.multirange:
        yield ("", made.multirange)
    if isinstance(made, Constraint) and made.index is not None and made.type in "pux":
        yield ("", dotted(made.index.schema, made.index.name))
