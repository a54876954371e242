"""Which changes of a drift come and go together: what one needs to be made, and what would be left hanging. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TypeAlias

from console.catalog.compare import Action, Change
from console.catalog.ddl.kinship import parents
from console.catalog.model import Constraint, Index, Key, Kind, MaterializedView, Object, Relation, Trigger, View
from console.drift.ground import Side
from console.drift.portion import known, needed

Mark: TypeAlias = tuple[Action, Key]
"""Which change is meant, the same after both sides were compared again."""

# What of an object others may rely on: one that comes needs it to be as it will be.
_GRAVE = frozenset(
    {
        *("type", "collation", "generated", "identity", "definition", "labels", "attributes", "base", "subtype"),
        *("partition_key", "partition_bound", "partition_of", "inherits", "of_type", "persistence", "check"),
    }
)
# Relations and the types of their rows have their names in common.
_OF_ONE_NAME = frozenset(
    {Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.SEQUENCE, Kind.INDEX, Kind.TYPE}
    | {Kind.DOMAIN}
)


def mark(change: Change) -> Mark:
    """Return what tells a change from all others."""
    return change.action, change.key


@dataclass(eq=False)
class Bonds:
    """The bonds between the changes that turn `a` into `b`; `needs` says what has to come with each."""

    a: Side
    b: Side
    changes: tuple[Change, ...]
    needs: Mapping[Mark, Set[Mark]] = field(init=False)
    needed_by: Mapping[Mark, Set[Mark]] = field(init=False)

    def __post_init__(self) -> None:
        """Find all of them at once."""
        found: defaultdict[Key, list[Change]] = defaultdict(list)
        for change in self.changes:
            found[change.key].append(change)
        self._by_key = {key: tuple(some) for key, some in found.items()}
        forth: defaultdict[Mark, set[Mark]] = defaultdict(set)
        back: defaultdict[Mark, set[Mark]] = defaultdict(set)
        for one, other in self._pairs():
            if one != other:
                forth[one].add(other)
                back[other].add(one)
        self.needs, self.needed_by = forth, back

    def with_needs(self, marks: Iterable[Mark]) -> frozenset[Mark]:
        """Return changes with all that has to come with them."""
        return _closed(self.needs, marks)

    def with_needing(self, marks: Iterable[Mark]) -> frozenset[Mark]:
        """Return changes with all that cannot stay without them."""
        return _closed(self.needed_by, marks)

    def _of(self, key: Key) -> tuple[Change, ...]:
        return self._by_key.get(key, ())

    def _pairs(self) -> Iterator[tuple[Mark, Mark]]:
        """Yield a change and one that it needs."""
        for change in self.changes:
            one = mark(change)
            yield from ((one, other) for other in self._along(change))
            for other in self._together(change):
                yield one, other
                yield other, one
        yield from self._names()
        yield from self._families()

    def _along(self, change: Change) -> Iterator[Mark]:
        match change.action:
            case Action.CREATE:
                yield from self._for_making(change)
            case Action.DROP:
                yield from self._for_dropping(change.key)
            case Action.ALTER:
                yield from self._for_altering(change)

    def _for_making(self, change: Change) -> Iterator[Mark]:
        made = change.after
        keys = [*needed(self.b, made)] if isinstance(made, Object) else [*self.b.needed.get(change.key, ())]
        if not isinstance(made, Object):
            keys.append(self.b.relation(change.key) or change.key)
        yield from (found for key in keys for found in self._come(key, grave=True))

    def _for_altering(self, change: Change) -> Iterator[Mark]:
        """Yield what an altered thing speaks of now, and what would go on speaking of it as it was."""
        grave = _is_grave(change)
        for key in self.b.needed.get(change.key, ()):
            yield from self._come(key, grave=grave)
        yield from (mark(each) for each in self._of(change.key) if each.action is Action.RENAME)
        for edge in self.a.dependents.get(change.key, ()) if grave else ():
            yield from (mark(each) for each in self._of(edge.dependent) if _lets_go(each))

    def _come(self, key: Key, *, grave: bool) -> Iterator[Mark]:
        """Yield the changes by which a thing comes to be as it is needed."""
        for each in self._of(key) or self._of(known(self.b, key) or key):
            comes = each.action in (Action.CREATE, Action.RENAME)
            if comes or (grave and each.action is Action.ALTER and _is_grave(each)):
                yield mark(each)

    def _for_dropping(self, key: Key) -> Iterator[Mark]:
        """Yield what lets go of a thing that is dropped: its parts, and all that depends on it."""
        dependents = (edge.dependent for edge in self.a.dependents.get(key, ()))
        for each in (*dependents, *self.a.parts.get(key, ()), *self.a.children.get(key, ())):
            found = self._of(each) or self._of(known(self.a, each) or each)
            yield from (mark(change) for change in found if change.action in _LETTING_GO)

    def _together(self, change: Change) -> Iterator[Mark]:
        """Yield what is one with a change: the same of heirs and partitions, and what is made in another way."""
        if change.action in (Action.DROP, Action.CREATE):
            yield from (mark(each) for each in self._of(change.key) if each.action in (Action.DROP, Action.CREATE))
        if change.key.kind is Kind.COLUMN:
            yield from self._same_column(change.key)
        for made in (change.before, change.after):
            if isinstance(made, Constraint | Index | Trigger) and made.parent is not None:
                yield from map(mark, self._of(made.parent))
            if isinstance(made, Constraint):
                yield from self._with_key(made)
        yield from self._of_view(change)
        yield from self._of_table(change)

    def _same_column(self, key: Key) -> Iterator[Mark]:
        for side in (self.a, self.b):
            relation = side.relation(key)
            if relation is None:
                continue
            if isinstance(side.catalog.objects.get(relation), View | MaterializedView):
                yield from (mark(each) for each in self._of(relation))
            for below in side.below(relation):
                yield from map(mark, self._of(key._replace(schema=below.schema, parent=below.name)))

    def _with_key(self, made: Constraint) -> Iterator[Mark]:
        """Yield what a key brings along: its index, that its columns are not null, the same check above."""
        if made.index is not None and made.type in "pux":
            yield from map(mark, self._of(made.index))
        for name in made.columns if made.type == "p" else ():
            column = Key(Kind.COLUMN, made.table.schema, name, made.table.name)
            yield from (mark(each) for each in self._of(column) if _differs(each, {"not_null"}))
        if made.inherited:
            yield from self._same_check(made)

    def _of_view(self, change: Change) -> Iterator[Mark]:
        """Yield the rules of a view that is another one then."""
        if isinstance(change.after, View) and _is_grave(change):
            for part in (*self.a.parts.get(change.key, ()), *self.b.parts.get(change.key, ())):
                yield from (mark(each) for each in self._of(part) if part.kind is Kind.RULE)

    def _of_table(self, change: Change) -> Iterator[Mark]:
        """Yield the parts of which a table says the same: whose it is, by which index rows are known."""
        shared = {each.attribute for each in change.differences} & {"owner", "replica_identity"}
        if shared and isinstance(change.after, Relation):
            for part in (*self.a.parts.get(change.key, ()), *self.b.parts.get(change.key, ())):
                yield from (mark(each) for each in self._of(part) if _says(each, shared))

    def _families(self) -> Iterator[tuple[Mark, Mark]]:
        """How partitions and heirs hang from those above is one: it comes as a whole."""
        first: dict[Key, Mark] = {}
        for each in self.changes:
            whole = self._whole(each)
            if whole is None or not self._is_of_family(each, whole):
                continue
            one = mark(each)
            other = first.setdefault(self._head(whole), one)
            yield one, other
            yield other, one

    def _is_of_family(self, change: Change, whole: Key) -> bool:
        if change.action is Action.ALTER:
            return _differs(change, _OF_HEIRS)
        return change.key == whole and any(
            parents(made) for side in (self.a, self.b) if (made := side.catalog.objects.get(whole)) is not None
        )

    def _whole(self, change: Change) -> Key | None:
        side = self.a if change.action is Action.DROP else self.b
        made = change.after or change.before
        if isinstance(made, Relation):
            return made.key
        return side.whole_of(made) if isinstance(made, Object) else side.relation(change.key)

    def _head(self, key: Key) -> Key:
        """Return the topmost of all that a table hangs from, or hung from."""
        seen: set[Key] = set()
        todo = [key]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                found = (side.catalog.objects.get(one) for side in (self.a, self.b))
                todo += [above for made in found if made is not None for above in parents(made)]
        return min(seen - {key}, default=key)

    def _same_check(self, made: Constraint) -> Iterator[Mark]:
        for side in (self.a, self.b):
            table = side.catalog.objects.get(made.table)
            for above in parents(table) if isinstance(table, Relation) else ():
                yield from map(mark, self._of(made.key._replace(schema=above.schema, parent=above.name)))

    def _names(self) -> Iterator[tuple[Mark, Mark]]:
        """What comes with a name that something else has needs that to go."""
        gone: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
        for each in self.changes:
            if each.action is Action.DROP and each.key.kind in _OF_ONE_NAME:
                gone[each.key.schema, each.key.name].append(each)
        for each in self.changes:
            if each.action is Action.CREATE and each.key.kind in _OF_ONE_NAME:
                yield from ((mark(each), mark(other)) for other in gone.get((each.key.schema, each.key.name), ()))


_LETTING_GO = (Action.DROP, Action.ALTER)


def _lets_go(change: Change) -> bool:
    return change.action is Action.DROP or (change.action is Action.ALTER and _is_grave(change))


def _is_grave(change: Change) -> bool:
    return _differs(change, _GRAVE)


def _says(change: Change, attributes: Set[str]) -> bool:
    return _differs(change, attributes) or getattr(change.after, "replica_identity", None) is True


_OF_HEIRS = frozenset({"local", "inherited", "parent", "partition_of", "partition_bound", "inherits", "not_null"})


def _differs(change: Change, attributes: Set[str]) -> bool:
    return any(each.attribute in attributes for each in change.differences)


def _closed(bonds: Mapping[Mark, Set[Mark]], marks: Iterable[Mark]) -> frozenset[Mark]:
    found: set[Mark] = set()
    todo = list(marks)
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += bonds.get(one, ())
    return frozenset(found)
