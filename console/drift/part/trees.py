"""Which changes of partitions and heirs come together: a tree that gets another shape comes as a whole. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from console.catalog.compare import Action, Change
from console.catalog.ddl.kinship import parents
from console.catalog.model import Constraint, ForeignTable, Index, Key, Kind, Object, Table, Trigger
from console.drift.part.changed import Changed, Mark, column_of, differs, is_grave, mark

_SHAPE = ("partition_of", "partition_bound", "partition_key", "inherits", "of_type")
_BOUND = ("not_null", "inherited", "local", "parent", "definition", "type", "generated", "collation")
_STRUCTURAL = (Kind.COLUMN, Kind.CONSTRAINT, Kind.INDEX, Kind.TRIGGER, Kind.SEQUENCE)


@dataclass(eq=False)
class Trees:
    """The trees of either side, as one where they share a table."""

    changed: Changed

    def pairs(self) -> Iterator[tuple[Mark, Mark]]:
        """Yield a change and one that it needs, around a circle: all of one tree need each other."""
        for found in self._circles():
            yield from zip(found, (*found[1:], found[0]), strict=True)

    def _circles(self) -> Iterator[list[Mark]]:
        for some in self._structural.values():
            if any(self._shapes(each) for each in some):
                yield [mark(each) for each in some]
                continue
            named: defaultdict[str, list[Mark]] = defaultdict(list)
            for each in some:
                for subject in self._subjects(each):
                    named[subject].append(mark(each))
            yield from named.values()

    @cached_property
    def _heads(self) -> Mapping[Key, Key]:
        """By table one of its tree, the same for all of them."""
        leader: dict[Key, Key] = {}

        def find(key: Key) -> Key:
            while leader.setdefault(key, key) != key:
                leader[key] = leader[leader[key]]
                key = leader[key]
            return key

        for side in (self.changed.a, self.changed.b):
            for above, below in side.children.items():
                for each in below:
                    leader[find(each)] = find(above)
        return {key: find(key) for key in [*leader]}

    @cached_property
    def _structural(self) -> Mapping[Key, list[Change]]:
        found: defaultdict[Key, list[Change]] = defaultdict(list)
        for each in self.changed.changes:
            table = self._table(each)
            head = self._heads.get(table) if table is not None else None
            if head is not None and self._counts(each):
                found[head].append(each)
        return found

    def _table(self, change: Change) -> Key | None:
        made = change.after if change.after is not None else change.before
        if isinstance(made, Table | ForeignTable):
            return made.key
        if change.key.kind not in _STRUCTURAL:
            return None
        side = self.changed.a if change.action is Action.DROP else self.changed.b
        return side.whole_of(made) if isinstance(made, Object) else side.relation(change.key)

    def _counts(self, change: Change) -> bool:
        """Tell whether a change has to do with how tables hang together; an heir's own trigger has not."""
        if change.action is Action.ALTER and not is_grave(change):
            return False
        if change.key.kind is Kind.TRIGGER:
            return any(isinstance(each, Trigger) and each.parent for each in self._with_clones(change))
        return True

    def _with_clones(self, change: Change) -> Iterator[object]:
        yield from self.changed.made(change.key)
        for side in (self.changed.a, self.changed.b):
            table = side.relation(change.key)
            for child in side.children.get(table, ()) if table is not None else ():
                yield side.catalog.objects.get(change.key._replace(schema=child.schema, parent=child.name))

    def _shapes(self, change: Change) -> bool:
        """Tell whether a change is one of who stands below whom."""
        if change.key.kind not in (Kind.TABLE, Kind.FOREIGN_TABLE):
            return False
        made = change.after if change.after is not None else change.before
        member = made is not None and isinstance(made, Object) and (parents(made) or change.key in self._heads)
        return differs(change, *_SHAPE) or (change.action is not Action.ALTER and bool(member))

    def _subjects(self, change: Change) -> set[str]:
        """Return what of a tree that keeps its shape a change is about: all of the same come together."""
        if change.key.kind is Kind.COLUMN:
            generated = any(each is not None and each.generated for each in column_of(change))
            bound = (*_BOUND, "default") if generated else _BOUND
            own = change.action is Action.ALTER and not differs(change, *bound)
            return set() if own else {f"column {change.key.name}"}
        both = (change.before, change.after, *self.changed.made(change.key))
        return {self._topmost(made) for made in both if isinstance(made, Constraint | Index | Trigger)}

    def _topmost(self, made: Constraint | Index | Trigger) -> str:
        if isinstance(made, Constraint) and made.type == "c":
            return f"check {made.key.name}"
        if isinstance(made, Index) and made.constraint is not None:
            made = next((each for each in self.changed.made(made.constraint) if isinstance(each, Constraint)), made)
        seen = {made.key}
        while made.parent is not None and made.parent not in seen:
            seen.add(made.parent)
            above = next((each for each in self.changed.made(made.parent) if isinstance(each, type(made))), None)
            if above is None:
                break
            made = above
        return f"{made.key.kind} {made.key}"
