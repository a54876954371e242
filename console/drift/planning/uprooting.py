"""What goes, comes and stays when an object is uprooted: its parts, its heirs, the index of a key."""

from __future__ import annotations

from abc import ABC, abstractmethod

from console.catalog.compare import Change
from console.catalog.model import (
    Constraint,
    Index,
    Key,
    Kind,
    Relation,
    Sequence,
)
from console.drift import altering
from console.drift.ground import Ground
from console.drift.ordering.decision import Decision
from console.drift.ordering.pieces import Piece


class Uprooting(ABC):
    """The decision so far, and the list of what has been uprooted and not been followed yet."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.decision = Decision()
        self.todo: list[Key] = []
        self.touched: set[Key] = set()  # columns whose type changes
        self.textual: set[Key] = set()  # columns that are text in between
        self.retyped: dict[Key, Key] = {}  # columns that come from a type to the new one of its name
        self.grouped: dict[Key, list[Change]] = {}  # what differs, by what it is about

    @abstractmethod
    def _take(self, key: Key, changes: list[Change]) -> None:
        """Decide on one object by what differs in it."""

    def _look_again(self, child: Key) -> None:
        """What a table would have got from the one above it, it has to get by itself."""
        for key, some in self.grouped.items():
            if key.parent == child.name and key.schema == child.schema and key.kind in (Kind.COLUMN, Kind.CONSTRAINT):
                self._take(key, some)

    def _anew(self, key: Key, because: Key) -> None:
        self._uproot(key, comes=self._is_there_later(key), because=because)

    def _is_there_later(self, key: Key) -> bool:
        if key.kind is Kind.COLUMN:
            return self.ground.b.column(key) is not None
        return key in self.ground.b.catalog.objects

    def _uproot(self, key: Key, *, comes: bool, because: Key | None = None) -> None:
        """Let an object or a column go, with all that goes with it."""
        decision = self.decision
        if key in decision.gone:
            if comes:
                decision.come.add(key)
            return
        decision.gone.add(key)
        decision.altered.pop(key, None)
        if comes:
            decision.come.add(key)
            if because is not None and because != key:
                decision.because[key] = because
        self.todo.append(key)
        self._keep_children(key)
        for part in self.ground.a.parts.get(key, ()):
            self._uproot(part, comes=part in self.ground.b.catalog.objects, because=key)
        if comes:
            self._bring_parts(key)
        made = self.ground.a.catalog.objects.get(key)
        if isinstance(made, Constraint) and made.index is not None and made.type in "pux":
            self._uproot(made.index, comes=self.ground.both(made.index), because=key)
        if isinstance(made, Index) and made.constraint is not None:
            self._uproot(made.constraint, comes=made.constraint in self.ground.b.catalog.objects, because=key)
        if isinstance(made, Relation):
            after = self.ground.b.catalog.objects.get(key)
            for column in (*made.columns, *(after.columns if isinstance(after, Relation) else ())):
                self.decision.altered.pop(Key(Kind.COLUMN, key.schema, column.name, key.name), None)

    def _bring_parts(self, key: Key) -> None:
        """What is made anew is made with all its parts, and a key with its index, of which it cannot say all."""
        made = self.ground.b.catalog.objects.get(key)
        index = made.index if isinstance(made, Constraint) and made.type in "pux" else None
        if index is not None and index not in self.ground.a.catalog.objects:
            self.decision.come.add(index)
        for part in self.ground.b.parts.get(key, ()):
            kept = part not in self.decision.gone and isinstance(self.ground.a.catalog.objects.get(part), Sequence)
            if part not in self.decision.come and not kept:
                if part in self.ground.a.catalog.objects:
                    self._uproot(part, comes=True, because=key)
                self.decision.come.add(part)

    def _keep_children(self, key: Key) -> None:
        """Partitions and heirs outlive a table that is made anew, with their rows."""
        if key.kind in (Kind.TABLE, Kind.FOREIGN_TABLE):
            self.ground.anew.add(key)
        for child in self.ground.a.children.get(key, ()):
            apart = altering.loosened(self.ground, child, key) if child not in self.decision.gone else None
            if apart is not None:
                self._add(child, apart)
                self._look_again(child)
                self._lend(child)

    def _lend(self, table: Key) -> None:
        """Put a table below a stand-in, if its columns would be its own otherwise, or a parent's, and shall not be."""
        if not altering.lending.wanted(self.ground, table):
            return
        if table.kind is Kind.FOREIGN_TABLE:  # which has no rows to lose
            self._anew(table, table)
            return
        self.ground.lent.add(table)
        for column in altering.lending.carried(self.ground, table):
            self.ground.carried.add(column)
            below = (*altering.lending.below(self.ground, column),)
            self.ground.along.update(below)
            for each in (column, *below):
                self._anew(each, column)
        for check in altering.lending.loose(self.ground, table):
            self._anew(check, table)
        self._add(table, altering.lending.pieces(self.ground, table))
        self._look_again(table)

    def _is_apart(self, table: Key) -> bool:
        return any(piece.part == "apart" for piece in self.decision.altered.get(table, ()))

    def _goes_with_its_whole(self, dependent: Key) -> bool:
        if dependent.kind is Kind.COLUMN:
            return self.ground.a.relation(dependent) in self.decision.gone
        return False

    def _add(self, key: Key, pieces: tuple[Piece, ...]) -> None:
        if key in self.decision.gone or self._goes_with_its_whole(key):
            return
        had = self.decision.altered.get(key, ())
        parts = {each.part for each in pieces}
        if "default off" in parts:
            parts.add("default")
        self.decision.altered[key] = altering.in_turn((*(each for each in had if each.part not in parts), *pieces))
