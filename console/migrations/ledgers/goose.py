"""goose's ledger: a row for each version that is applied, and one for version 0.

Ledgers of old have a row for each time a version was applied or taken back: the newest one of a version counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded

DEFAULT = Name("public", "goose_db_version")
_COLUMNS = frozenset({"id", "version_id", "is_applied", "tstamp"})
_LOCK = 4097083626  # the CRC-32 of "goose"


def recognises(columns: Mapping[str, str]) -> bool:
    """Whether a table with these columns is such a ledger."""
    return columns.keys() >= _COLUMNS


@dataclass(frozen=True, slots=True)
class Goose:
    """The ledger of goose in `table`; the folder gives the names, which the ledger does not keep."""

    table: Name
    folder: Folder

    name: ClassVar[str] = "goose"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded()
        [rows] = await session.read(query("goose/rows", self.table))
        standing: dict[int, datetime | None] = {}
        for version, is_applied, applied_at in rows:
            standing.pop(version, None)
            if is_applied and version > 0:
                standing[version] = applied_at
        applied = (self._applied(version, position, at) for position, (version, at) in enumerate(standing.items(), 1))
        return Recorded(True, tuple(applied))

    def create(self) -> Sequence[Query]:
        """Return the statements that make the table where it is missing, with its first row."""
        return (query("goose/create", self.table), query("goose/begin", self.table))

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        verb = "record" if note.direction is Direction.UP else "erase"
        return (query(f"goose/{verb}", self.table, {"version": int(note.version)}),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: the tool marks nothing beforehand."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: the tool marks no failure."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("goose/holds", self.table, {"version": int(note.version)})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return nothing: the tool marks no failure."""
        return ()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that renumbers a version; the tool keeps nothing else."""
        values = {"version": int(migration.version), "before": int(applied.version)}
        return (query("goose/renumber", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return the key of the lock that goose takes where it is told to."""
        return (_LOCK,)

    def _applied(self, version: int, position: int, applied_at: datetime | None) -> Applied:
        migration = self.folder.find(str(version))
        spelt, name = (migration.version, migration.name) if migration else (str(version), "")
        return Applied(spelt, name, position, applied_at=applied_at)
