"""The steps of a decision: what has a step of its own, and with what everything else goes and comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from console.catalog.ddl.kinship import parents
from console.catalog.ddl.scene import Scene
from console.catalog.ddl.steps import Step, steps
from console.catalog.model import Constraint, Index, Key, Kind, Object, Relation
from console.catalog.order import circles
from console.drift.altering import above
from console.drift.ground import Ground
from console.drift.ordering.decision import Decision
from console.drift.ordering.dropping import container
from console.drift.ordering.pieces import Alter, Aside, Drop, Node, Piece


@dataclass(eq=False)
class Graph:
    """What is decided, on what ground; the scene holds what is made."""

    ground: Ground
    decision: Decision
    scene: Scene
    _carriers: dict[Key, Key] = field(default_factory=dict, init=False)

    @cached_property
    def drops(self) -> tuple[Key, ...]:
        """What has a step of its own when it goes: all but what goes with something else."""
        return tuple(sorted(key for key in self.decision.gone if self.carrier(key) == key))

    @cached_property
    def pieces(self) -> dict[Alter, Piece]:
        """What is altered, by its steps."""
        return {Alter(key, each.part): each for key, pieces in self.decision.altered.items() for each in pieces}

    @cached_property
    def pieces_of_columns(self) -> Mapping[Key | None, Sequence[Alter]]:
        """What is altered of columns, by their tables."""
        found: defaultdict[Key | None, list[Alter]] = defaultdict(list)
        for step in self.pieces:
            if step.of.kind is Kind.COLUMN:
                found[self.ground.b.relation(step.of) or self.ground.a.relation(step.of)].append(step)
        return found

    @cached_property
    def drops_of_parts(self) -> Mapping[Key | None, Sequence[Key]]:
        """What has a step of its own when it goes, by the relation that it is a part of."""
        found: defaultdict[Key | None, list[Key]] = defaultdict(list)
        side = self.ground.a
        for key in self.drops:
            whole = side.relation(key) if key.kind is Kind.COLUMN else side.whole_of(side.catalog.objects[key])
            found[whole].append(key)
        return found

    @cached_property
    def taken(self) -> Mapping[Key, Key]:
        """The columns of heirs that go with one above them, by themselves, each with that."""
        found = {}
        for gone in (key for key in self.decision.gone if key.kind is Kind.COLUMN):
            relation = self.ground.a.relation(gone)
            for table in self.ground.a.below(relation) if relation is not None else ():
                below = Key(Kind.COLUMN, table.schema, gone.name, table.name)
                if not self.is_gone(below) and self.ground.a.column(below) and self.ground.b.column(below) is None:
                    found[below] = gone
        return found

    def nodes(self) -> Iterator[Node]:
        """Yield all steps."""
        yield from (Drop(key) for key in self.drops)
        yield from (Aside(key) for key in sorted(self.decision.aside))
        yield from self.pieces
        for key in self.scene.keys:
            yield from steps(self.scene, key)

    def carrier(self, key: Key) -> Key:
        """Return with what something goes: itself, or the outermost that is dropped."""
        found = self._carriers.get(key)
        if found is None:
            above = None if key in self._explicit else self._above(key)
            goes_with = above is not None and above in self.decision.gone
            found = self._carriers[key] = self.carrier(above) if above is not None and goes_with else key
        return found

    def has_part(self, key: Key, part: str) -> bool:
        """Tell whether an object is altered in that part."""
        return any(piece.part == part for piece in self.decision.altered.get(key, ()))

    def adopted(self, key: Key) -> bool:
        """Tell whether an object is part of a table that is put below another afterwards."""
        made = self.ground.b.catalog.objects.get(key)
        return isinstance(made, Constraint | Index) and self.has_part(made.table, "together")

    def is_gone(self, key: Key) -> bool:
        """Tell whether an object or a column goes, by itself or with its relation."""
        if key in self.decision.gone:
            return True
        return key.kind is Kind.COLUMN and self.ground.a.relation(key) in self.decision.gone

    def place(self, key: Key) -> int:
        """Return where a column stands in its table, 0 for all that is no column."""
        made = (
            self.ground.b.catalog.objects.get(self.ground.b.relation(key) or key) if key.kind is Kind.COLUMN else None
        )
        columns = made.columns if isinstance(made, Relation) else ()
        return next((place for place, each in enumerate(columns) if each.name == key.name), 0)

    def first(self, key: Key) -> Step:
        """Return the step in which something begins to be made."""
        return next(iter(steps(self.scene, key)))

    def last(self, key: Key) -> Step:
        """Return the step with which something is wholly made."""
        return list(steps(self.scene, key))[-1]

    @cached_property
    def _explicit(self) -> frozenset[Key]:
        """Foreign keys that are dropped before their tables, since these tables point at each other."""
        pointing: defaultdict[Key, set[Key]] = defaultdict(set)
        found = [made for key in self.decision.gone if (made := self._foreign_key(key)) is not None]
        for made in found:
            if made.references is not None:
                pointing[made.table].add(made.references)
                pointing.setdefault(made.references, set())
        together = {table: knot for knot in circles(pointing) for table in knot}
        return frozenset(
            made.key for made in found
            if made.parent is None and (made.references in together.get(made.table, ()) or self.points_at_parts(made))
        )  # fmt: skip

    def points_at_parts(self, made: Constraint) -> bool:
        """Tell whether a foreign key leads to its own table, of which partitions stand apart: it goes before."""
        own = made.references if made.type == "f" and made.references == made.table else None
        return any(self.has_part(each, "apart") for each in self.ground.a.children.get(own or made.key, ()))

    def _foreign_key(self, key: Key) -> Constraint | None:
        made = self.ground.a.catalog.objects.get(key)
        return made if isinstance(made, Constraint) and made.type == "f" else None

    def _above(self, key: Key) -> Key | None:
        """Return the one with which something goes when that goes."""
        side = self.ground.a
        if key.kind is Kind.COLUMN:
            return self._above_column(key)
        made = side.catalog.objects.get(key)
        return self._above_object(made) if made is not None else None

    def _above_column(self, key: Key) -> Key | None:
        """A column goes with its table, or with the one above that gave it."""
        relation, column = self.ground.a.relation(key), self.ground.a.column(key)
        if relation in self.decision.gone or column is None or column.local:
            return relation
        uppers = (each for each in above.columns(self.ground, key) if each in self.decision.gone)
        return next((each for each in uppers if not above.leaves(self.ground, each)), relation)

    def _given_by(self, made: Constraint) -> Key | None:
        """Return the check of a table above with which one goes that is there for its sake alone."""
        if made.type != "c" or made.local or made.table in self.decision.gone:
            return None
        table = self.ground.a.catalog.objects.get(made.table)
        above = (made.key._replace(schema=key.schema, parent=key.name) for key in parents(table or made))
        return next((key for key in above if key in self.decision.gone), None)

    def _outlives(self, made: Object, joined: Key | None) -> bool:
        """Tell whether a part of a partition is its own by the time that the one of the whole goes."""
        whole = self.ground.a.catalog.objects.get(joined or made.key)
        first = isinstance(whole, Constraint) and self.points_at_parts(whole)
        return not first and self.has_part(getattr(made, "table", made.key), "apart")

    def _above_object(self, made: Object) -> Key | None:
        joined = made.parent if isinstance(made, Constraint | Index) else None
        if joined is None and isinstance(made, Constraint):
            joined = self._given_by(made)
        whole_goes = self.is_gone(getattr(made, "table", made.key))
        if joined in self.decision.gone and not whole_goes and not self._outlives(made, joined):
            return joined
        whole = container(made)
        if whole is None:
            return self.ground.a.whole_of(made)
        if whole.kind is Kind.COLUMN and whole not in self.decision.gone:
            return self.ground.a.relation(whole)
        return whole
