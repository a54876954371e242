"""Decides what becomes of each object: it goes, comes, is altered, or is made anew because of something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from console.catalog.compare import Action, Change
from console.catalog.model import (
    Column,
    Composite,
    Constraint,
    Domain,
    Enum,
    Index,
    Key,
    Kind,
    Range,
    Relation,
    Routine,
    Sequence,
    Statistics,
    Table,
)
from console.drift import altering, wholes
from console.drift.altering import counting
from console.drift.altering.above import columns as columns_above
from console.drift.altering.stored import is_made_of
from console.drift.decision import Decision
from console.drift.ground import Ground, is_partitioned_by
from console.drift.pieces import Piece
from console.drift.replaced import standing_aside

_TYPES = (Kind.TYPE, Kind.DOMAIN)
_REBUILT = (Constraint, Index, Statistics)  # what the server makes anew by itself when a column's type changes


def decide(ground: Ground, changes: Iterable[Change]) -> Decision:
    """Return what becomes of everything that differs, and of everything that this drags along."""
    return _Deciding(ground).run(changes)


class _Deciding:
    """A list of what has been uprooted, worked off until nothing more follows from it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.decision = Decision()
        self.todo: list[Key] = []
        self.touched: set[Key] = set()  # columns whose type changes
        self.textual: set[Key] = set()  # columns that are text in between
        self.retyped: dict[Key, Key] = {}  # columns that come from a type to the new one of its name

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

    def _follow_all(self) -> None:
        while self.todo:
            self._follow(self.todo.pop())

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

    def _touch(self, column: Key) -> None:
        if column in self.touched:
            return
        self.touched.add(column)
        self.todo.append(column)
        relation = self.ground.a.relation(column)
        if relation is not None:
            if is_partitioned_by(self.ground.a.catalog.objects.get(relation), column.name):
                self._anew(relation, column)
            self._touch_rows(relation, column)

    def _touch_rows(self, relation: Key, column: Key) -> None:
        """Rows of a table that are stored in columns elsewhere are text while a column of the table changes."""
        for edge in self.ground.a.dependents.get(relation, ()):
            holder = edge.dependent
            stays = relation in self.ground.b.needed.get(holder, ())
            if edge.referenced == relation and holder.kind is Kind.COLUMN and stays:
                if self.ground.a.relation(holder) in (relation, None) or self._goes_with_its_whole(holder):
                    continue
                self._through_text(holder)
                self.decision.around.add((holder, column))
                self._touch(holder)

    def _shake(self, composite: Key) -> None:
        """What may speak of attributes of a type is made anew when some go or are others."""
        for edge in self.ground.a.dependents.get(composite, ()):
            if edge.dependent.kind is Kind.COLUMN:
                self._shake_column(edge.dependent, composite)
            made = self.ground.a.catalog.objects.get(edge.dependent)
            if made is None or isinstance(made, Enum | Composite | Domain | Range | Table):
                continue
            if not isinstance(made, Routine) or made.sql_body:
                self._anew(edge.dependent, composite)

    def _shake_column(self, column: Key, composite: Key) -> None:
        was, now = self.ground.a.column(column), self.ground.b.column(column)
        if was is None or now is None or was.default is None or self.ground.a.relation(column) in self.decision.gone:
            return
        if was.generated:
            self._anew(column, composite)
        else:
            self._add(column, altering.default_anew(self.ground, column))

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

    def _look_again(self, child: Key) -> None:
        """What a table would have got from the one above it, it has to get by itself."""
        for key, some in self.grouped.items():
            if key.parent == child.name and key.schema == child.schema and key.kind in (Kind.COLUMN, Kind.CONSTRAINT):
                self._take(key, some)

    def _is_apart(self, table: Key) -> bool:
        return any(piece.part == "apart" for piece in self.decision.altered.get(table, ()))

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

    def _anew(self, key: Key, because: Key) -> None:
        self._uproot(key, comes=self._is_there_later(key), because=because)

    def _is_there_later(self, key: Key) -> bool:
        if key.kind is Kind.COLUMN:
            return self.ground.b.column(key) is not None
        return key in self.ground.b.catalog.objects

    def _follow(self, key: Key) -> None:
        """Look at everything that depends on what is uprooted, or on a column whose type changes."""
        relation = self.ground.a.relation(key) if key.kind is Kind.COLUMN else None
        for edge in self.ground.a.dependents.get(key, ()):
            dependent = edge.dependent
            if dependent in self.decision.gone or self._goes_with_its_whole(dependent):
                continue
            if edge.deptype == "x" and key not in self.decision.come:
                continue  # it says that it shall not go with the extension
            if dependent.kind is Kind.COLUMN:
                self._follow_column(dependent, key)
            elif key in self.touched and key not in self.decision.gone:
                self._follow_touched(dependent, key, relation)
            else:
                self._follow_object(dependent, key)

    def _goes_with_its_whole(self, dependent: Key) -> bool:
        if dependent.kind is Kind.COLUMN:
            return self.ground.a.relation(dependent) in self.decision.gone
        return False

    def _follow_touched(self, dependent: Key, column: Key, relation: Key | None) -> None:
        """The server takes a column's indexes and checks along by itself; foreign keys and all others it does not."""
        made = self.ground.a.catalog.objects.get(dependent)
        if isinstance(made, Sequence | Table):
            return
        lossy = isinstance(made, Statistics) or (isinstance(made, Index) and made.statistics)  # of their own targets
        if (
            isinstance(made, _REBUILT)
            and not lossy
            and column not in self.textual
            and not (isinstance(made, Constraint) and made.type == "f")
        ):
            return
        self._anew(dependent, column)

    def _follow_object(self, dependent: Key, key: Key) -> None:
        made = self.ground.a.catalog.objects.get(dependent)
        if made is None:
            return
        if isinstance(made, Constraint | Index) and made.parent == key and self._is_apart(made.table):
            return  # left alone by the partitioned table's, it stays as it is
        loosened = altering.loosened(self.ground, dependent, key)
        if loosened is not None:
            self._add(dependent, loosened)
            return
        if (
            isinstance(made, Enum | Composite | Domain | Range)
            and key.kind not in _TYPES
            and not self.ground.both(dependent)
        ):
            return
        self._anew(dependent, key)

    def _follow_column(self, column: Key, key: Key) -> None:
        """A column outlives its type and its default: the one is put aside, the other taken off and put on again."""
        ground = self.ground
        relation = ground.a.relation(column)
        was, now = ground.a.column(column), ground.b.column(column)
        if relation is None or was is None:
            return
        if relation.kind in (Kind.VIEW, Kind.MATERIALIZED_VIEW):
            self._anew(relation, key)
            return
        if now is not None and is_made_of(self.ground.a, was, key):
            if key in self.decision.gone and (self.decision.anew(key) or was.type == now.type):
                self.retyped[column] = key
            self._touch(column)
            return
        if now is None or was.default is None:
            return
        if was.generated:
            if key in self.decision.gone or key in self.touched:
                self._anew(column, key)
            return
        self._add(column, altering.default_anew(ground, column))

    def _retype(self) -> None:
        """A column whose type is dropped gets the new one of the same name."""
        for column, key in self.retyped.items():
            above = next((each for each in columns_above(self.ground, column) if each in self.retyped), None)
            relation = self.ground.a.relation(column)
            if above is not None and relation is not None and not self._is_apart(relation):
                through_text = key not in self.decision.aside
                self._add(column, altering.retyped_above(self.ground, column, through_text=through_text))
                self.decision.around.add((column, above))
                if through_text:
                    self.textual.add(column)
                    self.todo.append(column)
            else:
                self._add(column, altering.retyped(self.ground, column, through_text=False))
                if key not in self.decision.aside:
                    self._through_text(column)

    def _through_text(self, column: Key) -> None:
        """A column that is text in between loses its indexes and checks, too."""
        self._add(column, altering.retyped(self.ground, column, through_text=True))
        self.textual.add(column)
        self.todo.append(column)

    def _add(self, key: Key, pieces: tuple[Piece, ...]) -> None:
        if key in self.decision.gone or self._goes_with_its_whole(key):
            return
        had = self.decision.altered.get(key, ())
        parts = {each.part for each in pieces}
        if "default off" in parts:
            parts.add("default")
        self.decision.altered[key] = altering.in_turn((*(each for each in had if each.part not in parts), *pieces))
