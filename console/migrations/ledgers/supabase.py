"""The Supabase CLI's ledger: `supabase_migrations.schema_migrations`, with the statements of each migration.

Hosted projects have more columns in it (created_by, idempotency_key, rollback), which the platform fills in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.db.compose import SQL
from console.db.query import Query
from console.migrations.files.folder import Folder, Migration
from console.migrations.files.supabase import checksum
from console.migrations.files.supabase_statements import split
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import column, query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded

DEFAULT = Name("supabase_migrations", "schema_migrations")
_MAKING = ("create_schema", "create_table", "add_statements", "add_name")
_NEEDED = {"version", "statements", "name"}


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is the Supabase CLI's."""
    if columns.get("version") != "text":
        return False
    return set(columns) == {"version"} or columns.get("statements") == "text[]"


class Supabase:
    """The ledger that the Supabase CLI keeps. It takes no lock and knows no times."""

    name = "supabase"

    def __init__(self, table: Name, folder: Folder) -> None:
        self.table = table
        self._files = {migration.version: migration for migration in folder.migrations}

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin.

        Of a table from before the CLI kept names and statements `exists` is False: `create` adds the columns.
        """
        columns = await tables.columns(session, self.table)
        if not columns:
            return Recorded()
        name = column("name", columns, SQL("NULL::text"))
        statements = column("statements", columns, SQL("NULL::text[]"))
        [rows] = await session.read(query("supabase/applied", self.table, name=name, statements=statements))
        applied = tuple(self._applied(position, *row) for position, row in enumerate(rows, 1))
        return Recorded(columns.keys() >= _NEEDED, applied)

    def create(self) -> Sequence[Query]:
        """Return the statements that make the table, or what an older one has not."""
        return tuple(query(f"supabase/{each}", self.table) for each in _MAKING)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration with its statements, or takes it out."""
        if note.direction is Direction.DOWN:
            return (query("supabase/erase", self.table, {"version": note.version}),)
        return (query("supabase/record", self.table, {**_values(note.migration), "version": note.version}),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: the CLI writes nothing before."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: the CLI marks nothing as failed."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("supabase/holds", self.table, {"version": note.version})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return nothing: the CLI marks nothing as failed."""
        return ()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that makes a row say what a file says."""
        return (query("supabase/accept", self.table, {**_values(migration), "recorded": applied.version}),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return none: the CLI takes no lock."""
        return ()

    def _applied(self, position: int, version: str, name: str | None, statements: list[str] | None) -> Applied:
        migration = self._files.get(version)
        known = name if name is not None else migration.name if migration else ""
        if statements is None:
            return Applied(version, known, position)
        sql = "".join(f"{statement};\n" for statement in statements)
        return Applied(version, known, position, checksum(statements), sql=sql)


def _values(migration: Migration) -> dict[str, object]:
    return {"version": migration.version, "name": migration.name, "statements": list(split(migration.up.text))}
