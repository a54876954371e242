"""golang-migrate's ledger: one row with the version the database is at, and whether something stopped half-way there.

All files up to that version count as applied. When the first migration is rolled back, the row goes.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded

DEFAULT = Name("public", "schema_migrations")
_COLUMNS = frozenset({"version", "dirty"})
_SALT = 1486364155
_NONE = -1  # the tool's version of a database in which nothing is applied
_REASON = (
    "golang-migrate marked the database as dirty at version {}: the up file of that version, or the down file of the"
    " one after it, stopped half-way. Look at what is there, put it right, then clear the mark with repair."
)


def recognises(columns: Mapping[str, str]) -> bool:
    """Whether a table with these columns is such a ledger."""
    return columns.keys() == _COLUMNS


@dataclass(frozen=True, slots=True)
class GolangMigrate:
    """The ledger of golang-migrate in `table`, which means something only together with the folder."""

    table: Name
    folder: Folder

    name: ClassVar[str] = "golang-migrate"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded()
        [rows] = await session.read(query("golang_migrate/current", self.table))
        for version, dirty in rows:
            return Recorded(True, self._applied(version, dirty=dirty), dirty=self._dirty(version) if dirty else ())
        return Recorded(True)

    def while_going_down(self, version: str) -> Recorded:
        """Return what is recorded while the down file of a version is under way, its mark left out.

        The tool marks the version it will be at, so that one looks like the one that failed.
        """
        return Recorded(True, self._applied(int(version), dirty=False))

    def create(self) -> Sequence[Query]:
        """Return the statement that makes the table where it is missing."""
        return (query("golang_migrate/create", self.table),)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statements that set the version the database is at after a migration."""
        return self._set(self._arrival(note))

    def start(self, note: Note) -> Sequence[Query]:
        """Return what the tool writes before each script: the version it will be at, marked as dirty."""
        return self._set(self._arrival(note), dirty=True)

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: the version stays marked as dirty, as it was before the first statement."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("golang_migrate/holds", self.table, {"version": int(note.version)})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return the statements that take the mark away: the database is then at the version before."""
        return self._set(self._before(int(dirty.version)))

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that renumbers the version the database is at; the tool keeps nothing else."""
        values = {"version": int(migration.version), "before": int(applied.version)}
        return (query("golang_migrate/renumber", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return two keys: that of the tool's command, which is given the path of a URL, and that of its library."""
        return lock_key(self.table, f"/{database}"), lock_key(self.table, database)

    def _arrival(self, note: Note) -> int:
        version = int(note.version)
        return version if note.direction is Direction.UP else self._before(version)

    def _before(self, version: int) -> int:
        return max((int(each.version) for each in self.folder.migrations if int(each.version) < version), default=_NONE)

    def _set(self, version: int, *, dirty: bool = False) -> Sequence[Query]:
        forget = query("golang_migrate/forget", self.table)
        if version == _NONE and not dirty:
            return (forget,)
        return (forget, query("golang_migrate/record", self.table, {"version": version, "dirty": dirty}))

    def _applied(self, current: int, *, dirty: bool) -> tuple[Applied, ...]:
        last = current - 1 if dirty else current
        known = [(each.version, each.name) for each in self.folder.migrations if int(each.version) <= last]
        if not dirty and all(int(version) != current for version, _ in known):
            known.append((str(current), ""))
        return tuple(Applied(version, name, position) for position, (version, name) in enumerate(known, 1))

    def _dirty(self, current: int) -> tuple[Dirty, ...]:
        first = self.folder.migrations[:1] if current == _NONE else ()
        migration = next(iter(first), None) or self.folder.find(str(current))
        if migration is None:
            return (Dirty(str(current), "", _REASON.format(current)),)
        return (Dirty(migration.version, migration.name, _REASON.format(current)),)


def lock_key(table: Name, database: str) -> int:
    """Return the key of the advisory lock that the tool takes for a database it was given by this name.

    >>> lock_key(Name("schema_name_1", "schema_name_2"), "database_name")
    3743845847
    """
    return zlib.crc32("\0".join((*table, database)).encode()) * _SALT % 2**32
