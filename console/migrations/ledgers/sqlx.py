"""sqlx's ledger: `_sqlx_migrations`, a row with the file's checksum for each migration that is applied."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded
from console.migrations.ledgers.line_endings import settled

DEFAULT = Name("public", "_sqlx_migrations")
_COLUMNS = frozenset({"version", "description", "installed_on", "success", "checksum", "execution_time"})
_SALT = 0x3D32AD9E
_NANOSECONDS = 1_000_000  # in a millisecond
_REASON = (
    "sqlx's ledger says that it did not come to its end. Look at what is there, put it right, then take the row out"
    " with repair."
)


class _Row(NamedTuple):
    version: int
    success: bool
    checksum: str
    installed_on: datetime
    execution_time: int


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is sqlx's."""
    return columns.keys() == _COLUMNS


@dataclass(frozen=True, slots=True)
class Sqlx:
    """The ledger that sqlx keeps in `table`; the folder gives the names as its files have them."""

    table: Name
    folder: Folder

    name: ClassVar[str] = "sqlx"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded()
        [rows] = await session.read(query("sqlx/rows", self.table, row=_Row))
        applied = tuple(self._applied(place, row) for place, row in enumerate((r for r in rows if r.success), 1))
        return Recorded(True, applied, dirty=tuple(self._dirty(row) for row in rows if not row.success))

    def create(self) -> Sequence[Query]:
        """Return the statement that makes the table where it is missing."""
        return (query("sqlx/create", self.table),)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        if note.direction is Direction.DOWN:
            return (query("sqlx/erase", self.table, {"version": int(note.version)}),)
        values = {**_told(note.migration), "version": int(note.version), "milliseconds": note.duration_ms}
        return (query("sqlx/record", self.table, values),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: sqlx writes nothing before."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: on PostgreSQL, sqlx marks no failure."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("sqlx/holds", self.table, {"version": int(note.version)})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return the statement that takes out the row of a migration that did not come to its end."""
        return (query("sqlx/clear", self.table, {"version": int(dirty.version)}),)

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that makes a row agree with a file: its number, its words, its checksum."""
        values = {**_told(migration), "version": int(migration.version), "before": int(applied.version)}
        return (query("sqlx/accept", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return the key that sqlx locks a database with."""
        return (_SALT * zlib.crc32(database.encode()),)

    def _applied(self, position: int, row: _Row) -> Applied:
        migration = self.folder.find(str(row.version))
        seen = settled(row.checksum, migration, hashlib.sha384)
        took = None if row.execution_time < 0 else row.execution_time // _NANOSECONDS
        name = migration.name if migration else ""
        return Applied(str(row.version), name, position, seen, applied_at=row.installed_on, duration_ms=took)

    def _dirty(self, row: _Row) -> Dirty:
        migration = self.folder.find(str(row.version))
        return Dirty(str(row.version), migration.name if migration else "", _REASON)


def _told(migration: Migration) -> dict[str, Any]:
    """Return what the ledger keeps of a file."""
    return {"description": migration.name.replace("_", " "), "checksum": migration.checksum}
