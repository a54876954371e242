"""node-pg-migrate's ledger: `public.pgmigrations`, a row with the file's name for each applied migration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded

DEFAULT = Name("public", "pgmigrations")
_COLUMNS = frozenset({"id", "name", "run_on"})
_LOCK = 7241865325823964


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is such a ledger."""
    return columns.keys() == _COLUMNS


@dataclass(frozen=True, slots=True)
class NodePgMigrate:
    """The ledger that node-pg-migrate keeps in `table`."""

    table: Name
    folder: Folder

    name: ClassVar[str] = "node-pg-migrate"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded()
        [rows] = await session.read(query("node_pg_migrate/rows", self.table))
        applied = (Applied(version, "", position, applied_at=at) for position, (version, at) in enumerate(rows, 1))
        return Recorded(True, tuple(applied))

    def create(self) -> Sequence[Query]:
        """Return the statement that makes the table where it is missing."""
        return (query("node_pg_migrate/create", self.table),)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        verb = "record" if note.direction is Direction.UP else "erase"
        return (query(f"node_pg_migrate/{verb}", self.table, {"name": note.version}),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: the tool marks nothing beforehand."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: the tool marks no failure."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("node_pg_migrate/holds", self.table, {"name": note.version})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return nothing: the tool marks no failure."""
        return ()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that gives a row the name of a file; the tool keeps nothing else."""
        values = {"name": migration.version, "before": applied.version}
        return (query("node_pg_migrate/rename", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return the key that the tool locks with, the same for every database."""
        return (_LOCK,)
