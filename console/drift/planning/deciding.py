"""Decides what becomes of each object: it goes, comes, is altered, or is made anew because of something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from console.catalog.compare import Action, Change
from console.catalog.model import (
    Column,
    Composite,
    Constraint,
    Index,
    Key,
    Kind,
)
from console.drift import altering
from console.drift.altering import counting
from console.drift.altering.above import columns as columns_above
from console.drift.ground import Ground
from console.drift.ordering.decision import Decision
from console.drift.planning import wholes
from console.drift.planning.following import Following
from console.drift.planning.replaced import standing_aside


def decide(ground: Ground, changes: Iterable[Change]) -> Decision:
    """Return what becomes of everything that differs, and of everything that this drags along."""
    return _Deciding(ground).run(changes)


class _Deciding(Following):
    """Takes what differs, one object after the other, and what all of it together leaves to be done."""

    def run(self, changes: Iterable[Change]) -> Decision:
        grouped: defaultdict[Key, list[Change]] = defaultdict(list)
        for change in changes:
            grouped[change.key].append(change)
        self.grouped = grouped
        for table in altering.lending.lowest_first(self.ground, grouped):
            self._lend(table)
        for key, some in grouped.items():
            self._take(key, some)
        self._follow_all()
        self._take_wholes_along()
        decision, held = self.decision, self.retyped.values()
        decision.aside |= standing_aside(self.ground, decision.gone, decision.altered, held)
        self._retype()
        self._follow_all()
        self._redo_not_null()
        self._clear_up()
        wholes.bring_clones(self.ground, decision)
        return self.decision

    def _take_wholes_along(self) -> None:
        while held := [*wholes.held(self.ground, self.decision)]:
            for part, whole in held:
                self._anew(whole, part)
            self._follow_all()

    def _redo_not_null(self) -> None:
        """Take NOT NULL off and put it on again along a line of heirs where no single step would do."""
        changed = [
            key for key, some in self.grouped.items() for each in some
            if key.kind is Kind.COLUMN and any(said.attribute == "not_null" for said in each.differences)
        ]  # fmt: skip
        hindered = {key for key in self.touched if altering.heritage.hinders(self.ground, key)}
        for key in {each for column in hindered for each in altering.heritage.keys(self.ground, column)}:
            self._anew(key, key)
        self._follow_all()
        for key, pieces in altering.heritage.redone(self.ground, [*hindered, *changed], hindered).items():
            if key not in self.decision.gone and not self._goes_with_its_whole(key):
                had = self.decision.altered.get(key, ())
                rest = [each for each in had if not each.part.startswith("not null")]
                self.decision.altered[key] = altering.in_turn((*rest, *pieces))

    def _clear_up(self) -> None:
        """What a table has had from above is its own once it stands apart, and goes if it is not wanted."""
        for column in [key for key in self.decision.altered if key.kind is Kind.COLUMN]:
            if counting.moves(self.ground, column) and (old := counting.sequence(self.ground.a, column)) is not None:
                self.decision.aside.add(old)
        for table in [key for key in self.decision.altered if self._is_apart(key)]:
            for part in self.ground.a.parts.get(table, ()):
                made = self.ground.a.catalog.objects[part]
                if isinstance(made, Constraint | Index) and made.parent and part not in self.ground.b.catalog.objects:
                    self.decision.gone.add(part)

    def _take(self, key: Key, changes: list[Change]) -> None:
        actions = {change.action for change in changes}
        if Action.UNREAD in actions:
            return
        pieces = altering.said(self.ground, changes[0])
        if pieces is not None:
            self.decision.altered[key] = pieces
            return
        if Action.DROP in actions:
            if not altering.taken_from_above(self.ground, key):
                self._uproot(key, comes=Action.CREATE in actions)
        elif Action.CREATE in actions and altering.given_from_above(self.ground, key):
            self.decision.come.discard(key)
            adapted = altering.adapted(self.ground, key)
            if adapted is not None:
                self._alter(adapted)
        elif Action.CREATE in actions:
            self.decision.come.add(key)
            self._bring_parts(key)
        for change in changes:
            if change.action is Action.ALTER:
                self._alter(change)

    def _alter(self, change: Change) -> None:
        if change.key in self.decision.gone or self._goes_with_its_whole(change.key):
            return
        pieces = altering.pieces(self.ground, change)
        if pieces is None:
            self._anew(change.key, change.key)
            for upper in altering.anew_above(self.ground, change):
                self._anew(upper, change.key)
            return
        if pieces and change.key.kind is Kind.TABLE:
            self._add(change.key, pieces)
        elif pieces:
            self.decision.altered[change.key] = pieces
        if isinstance(change.before, Column) and any(each.part == "type" for each in pieces):
            if any(each.part == "type" and not each.texts for each in pieces):
                relation = self.ground.a.relation(change.key)
                typed = altering.of_type(self.ground, relation) if relation is not None else None
                above = [*columns_above(self.ground, change.key), *([typed] if typed is not None else [])]
                self.decision.around |= {(change.key, each) for each in above}
            self._touch(change.key)
        if isinstance(change.before, Composite) and any(each.part in ("attributes off", "type") for each in pieces):
            self._shake(change.key)
