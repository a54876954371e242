"""Two catalogs to be brought together, and what is looked up in them again and again: who depends on whom."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from console.catalog.compare import Scope
from console.catalog.ddl import rules
from console.catalog.ddl.kinship import parents
from console.catalog.model import (
    Catalog,
    Column,
    Constraint,
    Edge,
    ForeignTable,
    Index,
    Key,
    Kind,
    Object,
    Relation,
    Sequence,
    Statistics,
    Table,
    UserMapping,
)
from console.drift.ordering.pieces import aside
from console.sql.quoting import ident

SomeObject = TypeVar("SomeObject", bound=Object)
_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE)


@dataclass(eq=False)
class Side:
    """One of the two catalogs."""

    catalog: Catalog
    _sorted: dict[type[Object], tuple[Any, ...]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The catalog's edges, and what its objects tell themselves: which columns an index or a constraint has."""
        return (*self.catalog.edges, *(edge for made in self.catalog.objects.values() for edge in _told(made)))

    def of(self, kind: type[SomeObject]) -> tuple[SomeObject, ...]:
        """Return the objects of one class, looked for once."""
        if kind not in self._sorted:
            self._sorted[kind] = tuple(self.catalog.of(kind))
        return self._sorted[kind]

    def leading_to(self, keys: Collection[Key]) -> Iterator[Edge]:
        """Yield the edges that point at some objects, and at columns of theirs: a few of very many."""
        around = {key for key in (*keys, *map(self.relation, keys)) if key is not None}
        relations = {(key.schema, key.name) for key in around if key.kind in _RELATIONS}
        for edge in self.catalog.edges:
            to = edge.referenced
            if to in keys or (to.kind is Kind.COLUMN and (to.schema, to.parent) in relations):
                yield edge
        parts = (part for key in around if key.kind in _RELATIONS for part in self.parts.get(key, ()))
        for made in (*map(self.catalog.objects.__getitem__, parts), *self.of(UserMapping)):
            yield from _told(made)

    @cached_property
    def dependents(self) -> Mapping[Key, tuple[Edge, ...]]:
        """The edges that point at each object or column; those at a column also point at its relation."""
        found: defaultdict[Key, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.referenced].append(edge)
        for edge in self.catalog.edges:  # what objects tell themselves is of their own relation
            if edge.referenced.kind is Kind.COLUMN:
                relation = self.relation(edge.referenced)
                if relation is not None and self._whole(edge.dependent) != relation:
                    found[relation].append(edge)
        return {key: tuple(edges) for key, edges in found.items()}

    @cached_property
    def needed(self) -> Mapping[Key, tuple[Key, ...]]:
        """What each object or column depends on."""
        found: defaultdict[Key, list[Key]] = defaultdict(list)
        for edge in self.edges:
            found[edge.dependent].append(edge.referenced)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def parts(self) -> Mapping[Key, tuple[Key, ...]]:
        """What goes with each relation: constraints, indexes, triggers, rules, policies, statistics, own sequences."""
        found: defaultdict[Key, list[Key]] = defaultdict(list)
        for key, made in self.catalog.objects.items():
            whole = self.whole_of(made)
            if whole is not None:
                found[whole].append(key)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def children(self) -> Mapping[Key, tuple[Key, ...]]:
        """The partitions and heirs of each table."""
        found: defaultdict[Key, list[Key]] = defaultdict(list)
        for made in self.catalog.objects.values():
            for parent in parents(made):
                found[parent].append(made.key)
        return {key: tuple(some) for key, some in found.items()}

    def _whole(self, key: Key) -> Key | None:
        """Return the relation that an object or a column is a part of."""
        made = self.catalog.objects.get(key)
        return self.whole_of(made) if made is not None else self.relation(key)

    def whole_of(self, made: Object) -> Key | None:
        """Return the relation that an object is a part of."""
        match made:
            case Index() | Statistics():
                return made.table
            case Sequence():
                return self.relation(made.owned_by) if made.owned_by is not None else None
        if made.key.owner_relation is not None and made.key.kind is not Kind.USER_MAPPING:
            return self.relation(made.key)
        return None

    def relation(self, part: Key) -> Key | None:
        """Return the relation of a column or of another part, by its key."""
        if not part.parent:
            return part if part.kind in _RELATIONS else None
        for kind in _RELATIONS:
            relation = Key(kind, part.schema, part.parent)
            if relation in self.catalog.objects:
                return relation
        return None

    def column(self, key: Key) -> Column | None:
        """Return a column."""
        relation = self.catalog.objects.get(self.relation(key) or key)
        columns = relation.columns if isinstance(relation, Relation) else ()
        return next((each for each in columns if each.name == key.name), None)

    def below(self, table: Key) -> Iterator[Key]:
        """Yield a table and all partitions and heirs below it."""
        yield table
        for child in self.children.get(table, ()):
            yield from self.below(child)


def _told(made: Object) -> Iterator[Edge]:
    match made:
        case Index() | Constraint():
            named = (name for name in made.columns if name is not None)
            table = made.table
            yield from (Edge(made.key, Key(Kind.COLUMN, table.schema, name, table.name), "a") for name in named)
        case UserMapping():
            yield Edge(made.key, Key(Kind.SERVER, "", made.server), "n")


@dataclass(eq=False)
class Ground:
    """From `a` to `b`."""

    a: Side
    b: Side
    scope: Scope = field(default_factory=Scope)
    anew: set[Key] = field(default_factory=set)  # tables that go and come: who is below them stands alone meanwhile
    lent: set[Key] = field(default_factory=set)  # tables that stand below a stand-in while their parents change
    carried: set[Key] = field(default_factory=set)  # their columns that were their own and are not afterwards
    along: set[Key] = field(default_factory=set)  # the same columns of heirs, which come anew with these
    _asides: dict[Key, str] = field(default_factory=dict, init=False)

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        return frozenset([*rules.taken(self.a.catalog), *rules.taken(self.b.catalog)])

    def is_taken(self, schema: str, name: str) -> bool:
        """Tell whether another constraint has a name, which the server then would not choose for NOT NULL (18)."""
        return (schema, name) in self._names

    def with_names(self, catalog: Catalog, keys: Collection[Key]) -> Catalog:
        """Return a catalog in which NOT NULL has its name where the server would choose another (18)."""
        return rules.said(catalog, self._names, keys)

    def aside(self, key: Key) -> str:
        """Return the name that a type or sequence has while it is put aside, which nothing else there has."""
        if key not in self._asides:
            taken = self._taken | {(each.schema, name) for each, name in self._asides.items()}
            numbered = (aside(key.name, number) for number in itertools.count(1))
            self._asides[key] = next(name for name in numbered if (key.schema, name) not in taken)
        return self._asides[key]

    @cached_property
    def _taken(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (key.schema, key.name) for side in (self.a, self.b) for key in side.catalog.objects if not key.parent
        )

    def both(self, key: Key) -> bool:
        """Tell whether an object is on both sides, as the same sort of thing."""
        mine, theirs = self.a.catalog.objects.get(key), self.b.catalog.objects.get(key)
        return mine is not None and type(mine) is type(theirs)


def holds_rows(ground: Ground, relation: Key) -> bool:
    """Tell whether a column somewhere holds rows of a table, which then is not rewritten."""
    return any(each.dependent.kind is Kind.COLUMN and each.referenced == relation
               and ground.a.relation(each.dependent) != relation
               for each in ground.a.dependents.get(relation, ()))  # fmt: skip


def is_table(made: object) -> bool:
    """Tell whether something has columns that can be added and dropped."""
    return isinstance(made, Table | ForeignTable)


def is_partitioned_by(made: object, column: str) -> bool:
    """Tell whether a table's partition key speaks of a column; the server keeps no account of it that is read."""
    key = made.partition_key if isinstance(made, Table) else None
    if key is None:
        return False
    word = re.escape(ident(column))
    return re.search(rf'(?<![\w"$]){word}(?![\w"$])', key) is not None
