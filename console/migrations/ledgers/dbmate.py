"""dbmate's ledger: `public.schema_migrations` with one column, the versions that are applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded

DEFAULT = Name("public", "schema_migrations")


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns may be dbmate's. Rails' looks the same: its files are in Ruby."""
    return set(columns) == {"version"} and columns["version"].startswith("character varying")


class Dbmate:
    """The ledger that dbmate keeps. It takes no lock, and knows neither times nor checksums."""

    name = "dbmate"

    def __init__(self, table: Name, folder: Folder) -> None:
        self.table = table
        self._files = {migration.version: migration for migration in folder.migrations}

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        if not await tables.columns(session, self.table):
            return Recorded()
        [rows] = await session.read(query("dbmate/applied", self.table))
        return Recorded(True, tuple(self._applied(position, *row) for position, row in enumerate(rows, 1)))

    def create(self) -> Sequence[Query]:
        """Return the statements that make the table where it is missing."""
        schema = () if self.table.schema == DEFAULT.schema else (query("dbmate/create_schema", self.table),)
        return (*schema, query("dbmate/create_table", self.table))

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        done = "record" if note.direction is Direction.UP else "erase"
        return (query(f"dbmate/{done}", self.table, {"version": note.version}),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: dbmate writes nothing before."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: dbmate marks nothing as failed."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("dbmate/holds", self.table, {"version": note.version})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return nothing: dbmate marks nothing as failed."""
        return ()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that gives a row the version of a file."""
        values = {"version": migration.version, "recorded": applied.version}
        return (query("dbmate/accept", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return none: dbmate takes no lock."""
        return ()

    def _applied(self, position: int, version: str) -> Applied:
        migration = self._files.get(version)
        return Applied(version, migration.name if migration else "", position)
