"""What the statements for one object have to know about the others: parts of tables, edges, what stands in a circle."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from console.catalog import implied
from console.catalog.ddl import constraints
from console.catalog.ddl.kinship import by_inheriting, is_partition, parents
from console.catalog.model import (
    BaseType,
    Catalog,
    Constraint,
    Domain,
    ForeignTable,
    Index,
    Key,
    Kind,
    MaterializedView,
    Object,
    Range,
    Sequence,
    Table,
    View,
)
from console.catalog.order import circles

_SPOKEN_OF = frozenset(
    {Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.FUNCTION, Kind.TYPE, Kind.DOMAIN}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How statements are to be written: with owners, with privileges.

    `together` is for one object among others that are there: foreign keys stand within their table, a materialised view
    is filled at once, and a partition is attached last, when it has the keys and indexes that this takes up.
    Without `faithful`, texts stay as the server has written them, even where it reads them otherwise.
    """

    owners: bool = True
    grants: bool = True
    together: bool = False
    faithful: bool = True


@dataclass(eq=False)
class Scene:
    """A catalog and the keys of which statements are to be made."""

    catalog: Catalog
    keys: Collection[Key]
    choice: Choice = field(default_factory=Choice)
    _inline: dict[Key, tuple[Constraint, ...]] = field(default_factory=dict, init=False)

    @cached_property
    def indexes(self) -> dict[Key, Index]:
        """All indexes by identity."""
        return {index.key: index for index in self.catalog.of(Index)}

    @cached_property
    def constraints(self) -> Mapping[Key, tuple[Constraint, ...]]:
        """The constraints of each table: primary key, unique, exclusion, check, foreign keys."""
        found: defaultdict[Key, list[Constraint]] = defaultdict(list)
        for constraint in self.catalog.of(Constraint):
            found[constraint.table].append(constraint)
        return {table: tuple(sorted(some, key=_in_table)) for table, some in found.items()}

    @cached_property
    def children(self) -> Mapping[Key, tuple[Key, ...]]:
        """The partitions and heirs of each table."""
        found: defaultdict[Key, list[Key]] = defaultdict(list)
        for table in self.catalog.objects.values():
            for parent in parents(table):
                found[parent].append(table.key)
        return {parent: tuple(some) for parent, some in found.items()}

    @cached_property
    def forerunners(self) -> Mapping[Key, tuple[Key, ...]]:
        """The foreign keys of partitions that are made before the one of the whole table."""
        found: defaultdict[Key, list[Key]] = defaultdict(list)
        for constraint in self.catalog.of(Constraint):
            if constraint.parent is not None and implied.is_forerunner(constraint):
                found[constraint.parent].append(constraint.key)
        return {parent: tuple(some) for parent, some in found.items()}

    @cached_property
    def needs(self) -> Mapping[Key, frozenset[Key]]:
        """What each object of the scene needs by the server's own account, columns as what they are said in.

        A domain's constraints and a column's default are counted with the domain and the table.
        """
        found: defaultdict[Key, set[Key]] = defaultdict(set)
        keys = frozenset(self.keys)
        for edge in self.catalog.edges:
            dependent = self.whole(edge.dependent)
            if dependent is None or not (dependent in keys or dependent.kind is Kind.TYPE):
                continue
            referenced = self.whole(edge.referenced)
            if referenced is not None and dependent != referenced:
                found[dependent].add(referenced)
        return {key: frozenset(some) for key, some in found.items()}

    @cached_property
    def named(self) -> Mapping[str, tuple[Key, ...]]:
        """The objects that a routine's source may speak of, by name."""
        found: defaultdict[str, list[Key]] = defaultdict(list)
        for key in self.keys:
            if key.kind in _SPOKEN_OF:
                found[key.name].append(key)
        return {name: tuple(some) for name, some in found.items()}

    @cached_property
    def knots(self) -> frozenset[Key]:
        """The objects that need each other in a circle when everything is said at once."""
        graph = {key: self._needs_at_once(key) for key in self.keys}
        return frozenset().union(*circles(graph))

    def whole(self, key: Key) -> Key | None:
        """Return the object that a key stands for: of a column its relation, of a stranger None."""
        if key.kind is not Kind.COLUMN:
            return key if key in self.catalog.objects else None
        kinds = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.TYPE)
        for kind in kinds:
            relation = Key(kind, key.schema, key.parent)
            if relation in self.catalog.objects:
                return relation
        return None

    def inline(self, table: Object) -> tuple[Constraint, ...]:
        """Return the constraints that are written within a table; a partition cannot be attached without its checks."""
        found = self._inline.get(table.key)
        if found is None:
            apart = table.key in self.knots and not is_partition(table)
            found = self._inline[table.key] = () if apart else tuple(self._own(table))
        return found

    def is_inline(self, constraint: Constraint) -> bool:
        """Tell whether a constraint is written within its table."""
        table = self.catalog.objects.get(constraint.table)
        return table is not None and table.key in self.keys and constraint in self.inline(table)

    def is_late(self, table: Key) -> bool:
        """Tell whether a partition is attached when it has its keys and indexes, which the table above takes up.

        That is so where the table above is there already: it would make others at once.
        """
        made = self.catalog.objects.get(table)
        if made is None or not is_partition(made):
            return False
        return self.choice.together or (table in self.keys and not set(parents(made)) & set(self.keys))

    def is_given(self, constraint: Constraint) -> bool:
        """Tell whether a table gets a check from the one above it, by itself, since it stands below that already."""
        if constraint.type != "c" or constraint.local or not constraint.inherited:
            return False
        if constraint.table in self.keys:
            return not constraint.validated and not self.is_late(constraint.table)
        return not self.choice.together

    def inherited_from(self, constraint: Constraint) -> Iterator[Key]:
        """Return the checks of the parents that a check is inherited from."""
        table = self.catalog.objects.get(constraint.table)
        if constraint.type != "c" or table is None or not constraint.inherited:
            return
        if constraint.local and table.key not in self.keys:
            return  # an heir's own check is there before it is reached from above
        for parent in parents(table):
            key = constraint.key._replace(schema=parent.schema, parent=parent.name)
            if key in self.catalog.objects:
                yield key

    def has_shell(self, made: Object | None) -> bool:
        """Tell whether an object is named first and defined later."""
        match made:
            case BaseType():
                return True
            case Range():
                return bool(made.canonical)
            case View():
                return made.key in self.knots
        return False

    def is_filled_later(self, made: MaterializedView) -> bool:
        """Tell whether a materialised view is filled when all is there, and only then handed to its owner.

        The owner need not be able to read what it is made of.
        """
        return made.populated and not self.choice.together

    def is_bare(self, made: Object) -> bool:
        """Tell whether a table or domain gets its defaults later, a domain its constraints too."""
        return isinstance(made, Table | ForeignTable | Domain) and made.key in self.knots

    def _own(self, table: Object) -> Iterator[Constraint]:
        for constraint in self.constraints.get(table.key, ()):
            if constraint.key not in self.keys or (constraint.type == "f" and not self.choice.together):
                continue
            if constraints.inline(constraint, table):
                if not self._reaches_down(constraint) and not self._is_repeated(constraint):
                    yield constraint
            elif self._is_adopted(table) and constraint.definition is not None:
                yield constraint

    def _is_repeated(self, constraint: Constraint) -> bool:
        """Tell whether another key says the same: within one CREATE TABLE the server would make one of both."""
        before = itertools.takewhile(lambda each: each is not constraint, self.constraints.get(constraint.table, ()))
        indexed = constraints.indexed(constraint)
        return indexed is not None and any(constraints.indexed(each) == indexed for each in before)

    def _is_adopted(self, table: Object) -> bool:
        """Tell whether a table is put below parents that are there, whose checks it has to have before."""
        return self.choice.together and not by_inheriting(table, self.catalog.objects)

    def _reaches_down(self, constraint: Constraint) -> bool:
        """Tell whether a check has to be added when the heirs are there, which have it from nowhere else."""
        for child in self.children.get(constraint.table, ()) if constraint.type == "c" else ():
            heir = self.catalog.objects.get(constraint.key._replace(schema=child.schema, parent=child.name))
            below = self.catalog.objects[child]
            if isinstance(heir, Constraint) and not heir.local and not is_partition(below):
                return not by_inheriting(below, self.catalog.objects)
        return False

    def _needs_at_once(self, key: Key) -> frozenset[Key]:
        """Return what an object needs when its constraints are written with it and nothing is left for later."""
        made = self.catalog.objects[key]
        needed = self.needs.get(key, frozenset())
        if isinstance(made, Sequence):
            return frozenset()  # it is bound to its column later
        if isinstance(made, Table | ForeignTable):
            within = (self.needs.get(each.key, frozenset()) for each in self._own(made) if each.type == "c")
            needed = needed.union(*within) | frozenset(parents(made))
        return needed


def _in_table(constraint: Constraint) -> tuple[int, str]:
    return "puxcf".index(constraint.type), constraint.key.name
