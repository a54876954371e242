"""Drizzle's ledger: `drizzle.__drizzle_migrations`, a row for each migration that was applied.

Before version 1 a row is known by `created_at`, the time that the journal gives a migration; since then by the name of
the migration's folder. Which way it goes, the folder decides: a table from before version 1 is taken along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from console.db.compose import SQL
from console.db.query import Query
from console.errors import BadMigrations
from console.migrations.files import drizzle as files
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import column, query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded
from console.migrations.ledgers.line_endings import settled

DEFAULT = Name("drizzle", "__drizzle_migrations")
_MAKING = ("create_schema", "create_table")
_MAKING_NAMED = ("create_schema", "create_named_table", "add_name", "add_applied_at", "fill_names")
_BETWEEN = "+"  # sorts after the number before it and before the next


class _Row(NamedTuple):
    id: int
    hash: str
    created_at: int | None
    name: str | None
    applied_at: datetime | None


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is Drizzle's."""
    return columns.keys() in ({"id", "hash", "created_at"}, {"id", "hash", "created_at", "name", "applied_at"})


class Drizzle:
    """The ledger that Drizzle keeps. It takes no lock."""

    name = "drizzle"

    def __init__(self, table: Name, folder: Folder) -> None:
        """Make it for a folder; the journal in it, if there is one, is read here."""
        self.table = table
        self._files = {migration.version: migration for migration in folder.migrations}
        self._journalled = (folder.path / files.JOURNAL).is_file()
        self._times = _of_journal(folder) if self._journalled else _of_names(folder)
        self._at: dict[int | None, list[str]] = defaultdict(list)
        for version, when in self._times.items():
            self._at[self._moment(when)].append(version)
        self._texts = {migration.checksum: migration.version for migration in folder.migrations}

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin.

        Of a table from before version 1, for a folder since then, `exists` is False: `create` adds the names.
        """
        columns = await tables.columns(session, self.table)
        if not columns:
            return Recorded()
        named = column("name", columns, SQL("NULL::text"))
        applied_at = column("applied_at", columns, SQL("NULL::timestamptz"))
        [rows] = await session.read(query("drizzle/applied", self.table, name=named, applied_at=applied_at))
        applied = tuple(self._applied(position, _Row(*row)) for position, row in enumerate(rows, 1))
        return Recorded(self._journalled or "name" in columns, applied)

    def create(self) -> Sequence[Query]:
        """Return the statements that make the table, or bring one from before version 1 to a folder since then."""
        if self._journalled:
            return tuple(query(f"drizzle/{each}", self.table) for each in _MAKING)
        values = self._known()
        return tuple(query(f"drizzle/{each}", self.table, _wanted(each, values)) for each in _MAKING_NAMED)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        done = "record" if note.direction is Direction.UP else "erase"
        values = {**self._values(note.migration), "name": note.version, "when": self._when(note.version)}
        return (query(f"drizzle/{done}{self._way}", self.table, values),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: Drizzle writes nothing before."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: Drizzle marks nothing as failed."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query(f"drizzle/holds{self._way}", self.table, {"name": note.version, "when": self._when(note.version)})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return nothing: Drizzle marks nothing as failed."""
        return ()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that makes a row say what a file says."""
        recorded = self._when(applied.version) if self._journalled else applied.version
        values = {**self._values(migration), "recorded": recorded}
        return (query(f"drizzle/accept{self._way}", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return none: Drizzle takes no lock."""
        return ()

    @property
    def _way(self) -> str:
        return "" if self._journalled else "_named"

    def _values(self, migration: Migration) -> dict[str, object]:
        when = self._when(migration.version)
        return {"hash": migration.checksum, "when": when, "name": migration.version}

    def _when(self, version: str) -> int | None:
        """Return the time that the ledger has, or would have, for a version."""
        _, between, when = version.partition(_BETWEEN)
        return int(when) if between and self._journalled else self._times.get(version)

    def _known(self) -> dict[str, object]:
        found = [(each.version, self._times.get(each.version), each.checksum) for each in self._files.values()]
        names, times, hashes = [list(values) for values in zip(*found, strict=True)] if found else ([], [], [])
        return {"names": names, "seconds": [when and when // 1000 for when in times], "hashes": hashes}

    def _applied(self, position: int, row: _Row) -> Applied:
        version = self._version(row)
        migration = self._files.get(version)
        checksum = settled(row.hash, migration)
        name = migration.name if migration else ""
        return Applied(version, name, position, checksum, applied_at=row.applied_at)

    def _version(self, row: _Row) -> str:
        if row.name is not None and not self._journalled:
            return row.name
        same_text = self._texts.get(row.hash)
        same_time = [] if row.created_at is None else self._at.get(self._moment(row.created_at), [])
        if same_time and same_text not in same_time:
            return same_time[0]
        return same_text or self._unknown(row)

    def _moment(self, when: int | None) -> int | None:
        """Return what two times have in common that mean one migration: since version 1 only the second."""
        return when if when is None or self._journalled else when // 1000

    def _unknown(self, row: _Row) -> str:
        """Return a version for a row without a file, in its place between the others."""
        created_at = row.created_at or 0
        before = [version for version, when in self._times.items() if when is not None and when <= created_at]
        return f"{max(before, default='')}{_BETWEEN}{created_at}"


def _of_journal(folder: Folder) -> dict[str, int | None]:
    try:
        return {entry.version: entry.when for entry in files.journal(folder.path)}
    except BadMigrations:
        return {}  # the folder's findings say so


def _of_names(folder: Folder) -> dict[str, int | None]:
    return {migration.version: _milliseconds(migration.version[:14]) for migration in folder.migrations}


def _milliseconds(digits: str) -> int | None:
    try:
        return int(datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()) * 1000
    except ValueError:
        return None


def _wanted(statement: str, values: dict[str, Any]) -> dict[str, Any] | None:
    return values if statement == "fill_names" else None
