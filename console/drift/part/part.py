"""A part of a drift: the schema that comes of the changes that are taken, and the plan that leads there. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from console.catalog.compare import Action, Change, Difference
from console.catalog.implied import comes_with
from console.catalog.model import (
    Catalog,
    Column,
    Constraint,
    Edge,
    Extension,
    Index,
    Key,
    Kind,
    Object,
    Relation,
)
from console.catalog.model import Sequence as SequenceObject
from console.drift import hazards
from console.drift.drift import Drift
from console.drift.part.changed import Mark, is_grave, mark
from console.drift.planning import moves, planning, renamed, renames
from console.drift.proving.proof import OFF
from console.drift.wishes import Wishes


def part(found: Drift, taken: Set[Mark], wishes: Wishes) -> Drift:
    """Return a drift of nothing but the changes that are taken, planned and not proved.

    `wishes` are those with which `found` was planned. All taken, it is that drift itself. Raises UsageError for a
    rename that cannot be.
    """
    if all(mark(each) in taken for each in found.changes):
        return found
    pair = found.pair
    goal = goal_of(pair.a, pair.b, found.changes, taken, wishes)
    plan = planning.plan(pair.a, goal, pair.scope, wishes)
    b = replace(found.b, label=f"a part of {found.b.label}", catalog=goal)
    said = hazards.of_statements(pair.a, goal, plan.statements)
    return replace(found, b=b, pair=replace(pair, b=goal), plan=plan, proof=OFF, hazards=said, files=())


def goal_of(a: Catalog, b: Catalog, changes: Sequence[Change], taken: Set[Mark], wishes: Wishes) -> Catalog:
    """Return the first catalog with those of the changes that are taken."""
    some = [each for each in changes if mark(each) in taken]
    base = renames.applied(a, renames.confirmed(a, wishes.renames))
    names = dict(_names(some, base))
    elsewhere = {old: new for old, new in names.items() if old.schema != new.schema}
    base = moves.moved(base, elsewhere) if elsewhere else base
    base = renamed.renamed(base, {old: new for old, new in names.items() if old not in elsewhere})
    return _Goal(base, b, some, frozenset(each.key for each in changes)).catalog()


def _names(changes: Iterable[Change], base: Catalog) -> Iterator[tuple[Key, Key]]:
    """Yield the keys of what is renamed or moved, before and after; those of a person's renames are new already.

    The index of a key has the name of its constraint.
    """
    for each in changes:
        before, after = each.before, each.after
        if each.action is not Action.RENAME or not isinstance(before, Object) or not isinstance(after, Object):
            continue
        if before.key != after.key and before.key in base.objects:
            yield before.key, after.key
            if isinstance(before, Constraint) and isinstance(after, Constraint) and before.index and after.index:
                yield before.index, after.index


@dataclass(eq=False)
class _Goal:
    """What is being put together: objects of either side, and of relations the columns."""

    a: Catalog
    b: Catalog
    changes: Collection[Change]
    spoken_of: Collection[Key]  # by all changes, also those that are not taken
    objects: dict[Key, Any] = field(init=False)
    roles: dict[str, Any] = field(init=False)
    _columns: dict[Key, set[str]] = field(default_factory=dict, init=False)  # by schema and name of their relation
    theirs: set[Key] = field(default_factory=set)  # objects and columns that are as on the second side

    def __post_init__(self) -> None:
        self.objects, self.roles = dict(self.a.objects), dict(self.a.roles)

    def catalog(self) -> Catalog:
        for change in sorted(self.changes, key=lambda each: _TURN[each.action]):
            if change.key.kind is Kind.COLUMN:
                self._column(change)
            elif change.key.kind is Kind.ROLE:
                self._role(change)
            else:
                self._object(change)
        self._companions()
        self._moved()
        self._owned()
        objects = {key: self.objects[key] for key in sorted(self.objects)}
        locked = {key: pid for key, pid in {**self.a.locked, **self.b.locked}.items() if key in objects}
        roles = {**{name: replace(made, settings=()) for name, made in self.b.roles.items()}, **self.roles}
        return replace(
            self.b, objects=objects, edges=tuple(self._edges()), roles=roles, locked=locked, measures=self.a.measures
        )

    def _object(self, change: Change) -> None:
        key = change.key
        after: Any = change.after
        if change.action is Action.DROP:
            self.objects.pop(key, None)
        elif change.action is Action.RENAME and key in self.objects:
            return  # that is done already; what else differs has a change of its own
        elif after is not None:
            mine: Any = self.objects.get(key)
            if change.action is Action.ALTER and type(mine) is type(after) and _has_own_columns(change):
                after = replace(after, columns=mine.columns)
            elif isinstance(after, Relation):
                self.theirs.update(Key(Kind.COLUMN, key.schema, each.name, key.name) for each in after.columns)
            self.objects[key] = after
            self.theirs.add(key)

    def _role(self, change: Change) -> None:
        if change.after is None:
            self.roles.pop(change.key.name, None)
        else:
            self.roles[change.key.name] = change.after

    def _column(self, change: Change) -> None:
        key, after = change.key, change.after
        found = (Key(kind, key.schema, key.parent) for kind in _WITH_COLUMNS)
        relation = next((each for each in found if isinstance(self.objects.get(each), Relation)), None)
        if relation is None:
            return
        columns: list[Column] = list(self.objects[relation].columns)
        if change.action is Action.DROP:
            columns = [each for each in columns if each.name != key.name]
        elif isinstance(after, Column):
            there = any(each.name == after.name for each in columns)
            columns = [after if each.name == after.name else each for each in columns] + ([] if there else [after])
            self.theirs.add(key)
            if getattr(self.objects[relation], "of_type", None):  # which says their order
                places = {each.name: place for place, each in enumerate(self.b.objects[relation].columns)}  # type: ignore[attr-defined]
                columns.sort(key=lambda each: places.get(each.name, len(places)))
        self.objects[relation] = replace(self.objects[relation], columns=tuple(columns))

    def _companions(self) -> None:
        """Let go, and let come, what has no change of its own: it comes with another."""
        for key in [each for each in self.objects if each not in self.b.objects]:
            if self._is_forlorn(self.objects[key]):
                del self.objects[key]
        for key, made in self.b.objects.items():
            mine = self.objects.get(key)
            if type(mine) is type(made) and key not in self.spoken_of and self._whole(made) in self.theirs:
                self.objects[key] = made  # it differs without a change: that follows from the table's
                self.theirs.add(key)
            elif mine is None and comes_with(made, self.theirs) and not self._is_forlorn(made):
                self.objects[key] = made
                self.theirs.add(key)

    def _moved(self) -> None:
        """What differs only by naming what an extension takes to another schema comes with it."""
        keys = {each.key for each in self.changes if isinstance(each.after, Extension) and each.before is not None}
        names = {key for key in keys if any(each.attribute == "schema" for each in self._differences(key))}
        for edge in self.a.edges if names else ():
            key = edge.dependent
            if edge.referenced in names and key not in self.spoken_of:
                if key.kind is Kind.COLUMN:
                    self._column_of_theirs(key)
                elif key in self.objects and key in self.b.objects:
                    self._object(Change(Action.ALTER, key, self.objects[key], self.b.objects[key]))

    def _differences(self, key: Key) -> Iterator[Difference]:
        for each in self.changes:
            if each.key == key:
                yield from each.differences

    def _column_of_theirs(self, key: Key) -> None:
        relations = (self.b.objects.get(Key(kind, key.schema, key.parent)) for kind in _WITH_COLUMNS)
        columns = (column for made in relations if isinstance(made, Relation) for column in made.columns)
        found = next((column for column in columns if column.name == key.name), None)
        if found is not None:
            self._column(Change(Action.ALTER, key, found, found))

    def _owned(self) -> None:
        """A column's sequence belongs to whom the table does, and an identity's is as lasting as the table."""
        for key, made in self.objects.items():
            if isinstance(made, SequenceObject) and made.owned_by is not None:
                table = next((each for each in self._relations(made.owned_by) if each is not None), None)
                if table is not None and made.owner != table.owner:
                    self.objects[key] = replace(made, owner=table.owner)

    def _relations(self, column: Key) -> Iterator[Relation | None]:
        return (self.objects.get(Key(kind, column.schema, column.parent)) for kind in _WITH_COLUMNS)

    def _whole(self, made: Object) -> Key | None:
        table = getattr(made, "table", None)
        return table if isinstance(table, Key) else None

    def _is_forlorn(self, made: Object) -> bool:
        """Tell whether what an object comes with is not there."""
        if isinstance(made, SequenceObject) and made.identity:
            return not self._has_identity(made)
        if isinstance(made, Index):
            bound = [made.constraint] if made.constraint is not None else []
        else:
            bound = [each for each in (getattr(made, "parent", None),) if each is not None]
        return bool(bound) and comes_with(made, bound) and not any(each in self.objects for each in bound)

    def _has_identity(self, sequence: SequenceObject) -> bool:
        column = sequence.owned_by
        if column is None:
            return False
        columns = (
            each
            for kind in _WITH_COLUMNS
            for each in getattr(self.objects.get(Key(kind, column.schema, column.parent)), "columns", ())
        )
        found = next((each for each in columns if each.name == column.name), None)
        return found is not None and found.identity is not None

    def _edges(self) -> Iterator[Edge]:
        mine, theirs = _by_dependent(self.a.edges), _by_dependent(self.b.edges)
        made = (each for each in self.objects.values() if isinstance(each, Relation))
        self._columns = {Key(Kind.COLUMN, *each.key[1:3]): {column.name for column in each.columns} for each in made}
        for key in dict.fromkeys((*mine, *theirs)):
            if self._holds(key):
                here, there = mine.get(key, ()), theirs.get(key, ())
                if key in self.theirs or (key not in self.spoken_of and not self._all_hold(here)):
                    here = there  # what is the same on both sides may speak of something else by now
                yield from (each for each in here if self._holds(each.referenced))

    def _all_hold(self, edges: Iterable[Edge]) -> bool:
        return all(self._holds(each.referenced) for each in edges)

    def _holds(self, key: Key) -> bool:
        if key.kind is not Kind.COLUMN:
            return key in self.objects
        names = self._columns.get(Key(Kind.COLUMN, key.schema, key.parent))
        return key.name in names if names is not None else Key(Kind.TYPE, key.schema, key.parent) in self.objects


def _by_dependent(edges: Iterable[Edge]) -> dict[Key, list[Edge]]:
    found: dict[Key, list[Edge]] = {}
    for each in edges:
        found.setdefault(each.dependent, []).append(each)
    return found


_TURN = {each: place for place, each in enumerate((Action.DROP, Action.RENAME, Action.CREATE, Action.ALTER))}
_WITH_COLUMNS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE)
_TABLES = (Kind.TABLE, Kind.FOREIGN_TABLE)


def _has_own_columns(change: Change) -> bool:
    """Tell whether an altered relation's columns have changes of their own; those of another query have none."""
    return isinstance(change.after, Relation) and (change.key.kind in _TABLES or not is_grave(change))


def again(found: Drift, wishes: Wishes) -> Drift:
    """Return a drift planned anew, as somebody wishes it now, and not proved. Raises UsageError as `part` does."""
    pair = found.pair
    plan = planning.plan(pair.a, pair.b, pair.scope, wishes)
    said = hazards.of_statements(pair.a, pair.b, plan.statements)
    return replace(found, plan=plan, proof=OFF, hazards=said, files=())
