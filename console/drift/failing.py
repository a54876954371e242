"""What fails, or is heard, only where there are rows, and no statement tells by itself: the catalogs know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from console.catalog.compare import Action
from console.catalog.model import (
    Catalog,
    Column,
    Constraint,
    Domain,
    Index,
    Key,
    Kind,
    Object,
    Publication,
    Table,
    Trigger,
)
from console.drift.ground import Side
from console.drift.ordering.writing import Statement
from console.migrations.hazards.hazard import Hazard, Lock, Name, Severity
from console.migrations.hazards.hazard import Kind as HazardKind
from console.migrations.hazards.scene import Scene
from console.sql.quoting import dotted
from console.text import sanitize

_CALL = re.compile(r"\w\(|\bCURRENT_", re.IGNORECASE)


@dataclass(eq=False)
class Failing:
    """Two catalogs, and what is known of the tables of the first."""

    a: Catalog
    b: Catalog
    scene: Scene

    def found(self, statement: Statement) -> Iterator[Hazard]:
        """Yield what fails with rows: a new column that may not be NULL, or is unique and the same in all rows."""
        if statement.action is not Action.CREATE:
            return
        if statement.text.startswith("UPDATE "):
            yield from self._of_rows(statement.key)
            return
        made = self.b.objects.get(statement.key)
        if statement.key.kind is Kind.COLUMN:
            yield from self._of_domain(statement.key)
        elif isinstance(made, Constraint) and made.type in "pu":
            yield from self._alike(made.table, made.columns)
        elif isinstance(made, Index) and made.unique:
            yield from self._alike(made.table, tuple(name or "" for name in made.columns))

    def _of_domain(self, key: Key) -> Iterator[Hazard]:
        """A domain allows no NULL, and the column of it has no default: unlike NOT NULL, that is not to be read."""
        column, table = self._after.column(key), self._after.relation(key)
        if column is None or table is None or column.type not in self._never_null or column.not_null is not None:
            return
        if column.default is None and not column.generated:
            why = f"{sanitize(column.type)} allows no NULL, and {sanitize(column.name)} has no default"
            yield from self._fails(table, 1, "is empty", why)

    def _of_rows(self, column: Key) -> Iterator[Hazard]:
        """Rows that are given values are heard by triggers, and of a published table only found by an identity."""
        table = self._before.relation(column)
        if table is None:
            return
        name = Name(table.schema, table.name)
        parts = [self.a.objects[key] for key in self._before.parts.get(table, ())]
        if any(
            isinstance(each, Trigger) and "UPDATE" in (each.definition or "").partition(" ON ")[0] for each in parts
        ):
            what = f"The triggers of {self.scene.shown(name)} fire for each row."
            advice = "Where they must not, switch them off around the SQL: ALTER TABLE … DISABLE TRIGGER."
            yield Hazard(HazardKind.ACCESS, Severity.WARN, what, name, advice=advice)
        if self._is_published(table) and not self._is_identified(table, parts):
            what = f"Fails: {self.scene.shown(name)} is published, and nothing tells its rows apart."
            advice = "Give it a primary key or REPLICA IDENTITY FULL before."
            yield Hazard(HazardKind.FAIL, Severity.CRIT, what, name, advice=advice)

    def _is_published(self, table: Key) -> bool:
        found = (each for each in self._before.of(Publication) if "update" in each.operations)
        return any(
            each.all_tables or table.schema in each.schemas or table in [one.table for one in each.tables]
            for each in found
        )

    def _is_identified(self, table: Key, parts: list[Object]) -> bool:
        made = self.a.objects[table]
        identity = made.replica_identity if isinstance(made, Table) else "n"
        keyed = any(isinstance(each, Constraint) and each.type == "p" for each in parts)
        return identity in "fi" or (identity == "d" and keyed)

    def _alike(self, table: Key, columns: tuple[str, ...]) -> Iterator[Hazard]:
        """All rows have the same in columns that come with a constant."""
        before = self.a.objects.get(table)
        if not isinstance(before, Table) or not columns or {each.name for each in before.columns} & set(columns):
            return
        come = (self._after.column(Key(Kind.COLUMN, table.schema, name, table.name)) for name in columns)
        if all(each is not None and _is_constant(each) for each in come):
            why = f"{', '.join(map(sanitize, columns))} would be the same in all rows"
            yield from self._fails(table, 2, "has one row at most", why)

    @cached_property
    def _before(self) -> Side:
        return Side(self.a)

    @cached_property
    def _after(self) -> Side:
        return Side(self.b)

    @cached_property
    def _never_null(self) -> frozenset[str]:
        """The types of columns that may not be NULL by their domain, nor have anything else by default."""
        domains = (each for each in self.b.of(Domain) if each.not_null and each.default is None)
        return frozenset(dotted(each.key.schema, each.key.name) for each in domains)

    def _fails(self, table: Key, least: int, unless: str, why: str) -> Iterator[Hazard]:
        name = Name(table.schema, table.name)
        relation = self.scene.relation(name)
        rows = relation.rows if relation is not None else None
        if relation is not None and (rows is None or rows >= least):
            text = f"Fails unless {self.scene.shown(name)} {unless}: {why}."
            severity = Severity.CRIT if rows else Severity.WARN
            advice = "Add the column, fill it, and only then ask for this."
            yield Hazard(HazardKind.FAIL, severity, text, name, Lock.ACCESS_EXCLUSIVE, advice)


def _hears_updates(made: Trigger) -> bool:
    return made.enabled in "OA" and "UPDATE" in (made.definition or "").partition(" ON ")[0]


def _is_constant(column: Column) -> bool:
    return column.default is not None and not column.generated and not _CALL.search(column.default)
