"""Prisma's ledger: `_prisma_migrations`, a row for each attempt to apply a migration.

An attempt without `finished_at` has failed or still runs, until `rolled_back_at` says that it counts no more. Versions
are the names of the migrations' folders.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded
from console.migrations.ledgers.line_endings import settled
from console.text import sanitize

DEFAULT = Name("public", "_prisma_migrations")
_LOCK = 72707369
_COLUMNS = {
    "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count",
}  # fmt: skip


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is Prisma's."""
    return columns.keys() >= _COLUMNS


class Prisma:
    """The ledger that Prisma keeps."""

    name = "prisma"

    def __init__(self, table: Name, folder: Folder) -> None:
        self.table = table
        self._files = {migration.version: migration for migration in folder.migrations}

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        if not await tables.columns(session, self.table):
            return Recorded()
        [rows] = await session.read(query("prisma/attempts", self.table))
        finished = [row for row in rows if row[3] is not None]
        applied = tuple(self._applied(position, *row[:4]) for position, row in enumerate(finished, 1))
        dirty = tuple(_dirty(row[0], row[2], row[4]) for row in rows if row[3] is None)
        return Recorded(True, applied, dirty=dirty)

    def create(self) -> Sequence[Query]:
        """Return the statement that makes the table where it is missing."""
        return (query("prisma/create_table", self.table),)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statements that record a migration, whether it was started or not, or that take it out."""
        if note.direction is Direction.DOWN:
            return (query("prisma/erase", self.table, {"name": note.version}),)
        values = _values(note)
        return tuple(query(f"prisma/{each}", self.table, values) for each in ("finish", "give_up", "record"))

    def start(self, note: Note) -> Sequence[Query]:
        """Return the statements that record an attempt, after those that did not come to their end are given up."""
        if note.direction is Direction.DOWN:
            return ()
        return tuple(query(f"prisma/{each}", self.table, _values(note)) for each in ("give_up", "start"))

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return the statement that keeps what the server said with the attempt that failed."""
        return (query("prisma/fail", self.table, {"name": note.version, "logs": error}),)

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("prisma/holds", self.table, {"name": note.version})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return the statement that marks the failed attempt as rolled back, as `prisma migrate resolve` does."""
        return (query("prisma/give_up", self.table, {"name": dirty.version}),)

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that gives a row the name and the checksum of a file."""
        values = {"name": migration.version, "checksum": migration.checksum, "recorded": applied.version}
        return (query("prisma/accept", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return the key that Prisma locks with, the same for every database."""
        return (_LOCK,)

    def _applied(self, position: int, name: str, checksum: str, started: datetime, finished: datetime) -> Applied:
        migration = self._files.get(name)
        seen = settled(checksum, migration)
        milliseconds = round((finished - started).total_seconds() * 1000)
        return Applied(name, "", position, seen, applied_at=finished, duration_ms=max(milliseconds, 0))


def _values(note: Note) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "checksum": note.migration.checksum,
        "name": note.version,
        "milliseconds": note.duration_ms,
    }


def _dirty(name: str, started: datetime, logs: str | None) -> Dirty:
    began = f"{started:%Y-%m-%d %H:%M:%S %Z}"
    if not logs:
        return Dirty(name, "", f"Prisma began it at {began} and has not finished it.")
    said = sanitize(" ".join(logs.split())[:300])
    return Dirty(name, "", f"Prisma began it at {began}, and it failed. It said: {said}")
