"""What follows from an object that goes, or a column whose type changes, for all that depends on it."""

from __future__ import annotations

from console.catalog.model import (
    Composite,
    Constraint,
    Domain,
    Enum,
    Index,
    Key,
    Kind,
    Range,
    Routine,
    Sequence,
    Statistics,
    Table,
)
from console.drift import altering
from console.drift.altering.above import columns as columns_above
from console.drift.altering.stored import is_made_of
from console.drift.ground import is_partitioned_by
from console.drift.planning.uprooting import Uprooting

_TYPES = (Kind.TYPE, Kind.DOMAIN)
_REBUILT = (Constraint, Index, Statistics)  # what the server makes anew by itself when a column's type changes


class Following(Uprooting):
    """Works the list off until nothing more follows from it."""

    def _follow_all(self) -> None:
        while self.todo:
            self._follow(self.todo.pop())

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
                whole = self.ground.a.relation(holder)
                if whole is None or whole == relation or self._goes_with_its_whole(holder):
                    continue
                if whole.kind in (Kind.VIEW, Kind.MATERIALIZED_VIEW):
                    self._anew(whole, column)
                else:
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
