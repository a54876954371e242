"""Diesel's ledger: a row for each version that is applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded

DEFAULT = Name("public", "__diesel_schema_migrations")
_COLUMNS = frozenset({"version", "run_on"})


def recognises(columns: Mapping[str, str]) -> bool:
    """Whether a table with these columns is such a ledger."""
    return columns.keys() == _COLUMNS


@dataclass(frozen=True, slots=True)
class Diesel:
    """The ledger of Diesel in `table`; the folder gives the names, which the ledger does not keep."""

    table: Name
    folder: Folder

    name: ClassVar[str] = "diesel"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded()
        [rows] = await session.read(query("diesel/rows", self.table))
        names = {migration.version: migration.name for migration in self.folder.migrations}
        applied = (
            Applied(version, names.get(version, ""), position, applied_at=applied_at)
            for position, (version, applied_at) in enumerate(rows, 1)
        )
        return Recorded(True, tuple(applied))

    def create(self) -> Sequence[Query]:
        """Return the statement that makes the table where it is missing."""
        return (query("diesel/create", self.table),)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        verb = "record" if note.direction is Direction.UP else "erase"
        return (query(f"diesel/{verb}", self.table, {"version": note.version}),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: the tool marks nothing beforehand."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: the tool marks no failure."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("diesel/holds", self.table, {"version": note.version})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return nothing: the tool marks no failure."""
        return ()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that renumbers a version; the tool keeps nothing else."""
        values = {"version": migration.version, "before": applied.version}
        return (query("diesel/renumber", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return none: Diesel takes no lock."""
        return ()
