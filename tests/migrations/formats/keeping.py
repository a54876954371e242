"""Applies migrations as the runner does and keeps a ledger in step; tells what a ledger's table is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from console.db.compose import SQL
from console.db.query import Query
from console.db.session import Session
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers.ledger import Direction, Ledger, Name, Note, Recorded
from console.migrations.script import parse
from tests.migrations.project import agreed

_COLUMNS = """
SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0 ORDER BY a.attnum
"""
_CONSTRAINTS = """
SELECT conname::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid = %(table)s::regclass AND contype <> 'n' ORDER BY conname
"""


@dataclass(frozen=True)
class Keeper:
    """A folder, the session that its migrations run on, and the ledger that is kept."""

    session: Session
    folder: Folder
    ledger: Ledger

    async def make(self) -> None:
        """Make the ledger."""
        await self.send(self.ledger.create())

    async def apply(self, *versions: str) -> None:
        """Apply migrations and record them, making the ledger if need be."""
        if not (await self.read()).exists:
            await self.make()
        for version in versions:
            await self._run(self.migration(version), Direction.UP)

    async def take_back(self, version: str) -> None:
        """Run the way back of a migration, if it has one, and take it out of the ledger."""
        await self._run(self.migration(version), Direction.DOWN)

    async def send(self, queries: Sequence[Query]) -> None:
        """Send statements in one transaction."""
        async with self.session.writing(agreed(self.session.target)) as writer:
            await writer.together(*queries)

    async def read(self) -> Recorded:
        """Return what the ledger holds."""
        return await self.ledger.read(self.session)

    async def applied(self) -> list[str]:
        """Return the versions that the ledger holds."""
        return [applied.version for applied in (await self.read()).applied]

    async def agrees(self) -> bool:
        """Tell whether the ledger holds all of the folder and finds none of it edited."""
        held = {each.version: each.checksum for each in (await self.read()).applied}
        wanted = {each.version: each.checksum for each in self.folder.migrations}
        return held.keys() == wanted.keys() and all(held[version] in (None, wanted[version]) for version in held)

    def migration(self, version: str) -> Migration:
        """Return a migration of the folder."""
        found = self.folder.find(version)
        assert found is not None, version
        return found

    async def _run(self, migration: Migration, direction: Direction) -> None:
        script = migration.up if direction is Direction.UP else migration.down
        pieces = parse(script).pieces if script else ()
        outside = [piece for piece in pieces if piece.alone]
        for piece in outside:
            async with self.session.alone(agreed(self.session.target)) as writer:
                await writer.execute(piece.text)
        async with self.session.writing(agreed(self.session.target)) as writer:
            for piece in pieces:
                if not piece.alone:
                    await writer.execute(piece.text)
            await writer.together(*self.ledger.note(note(migration, direction, len(pieces))))


def note(migration: Migration, direction: Direction = Direction.UP, statements: int = 1) -> Note:
    return Note(migration.version, migration, direction, 1, 25, statements)


async def rows(session: Session, sql: Any, table: Name | None = None) -> list[Any]:
    """Return the rows of a query; `{}` in it is the table."""
    query = SQL(sql).format(table.identifier) if table else sql
    [found] = await session.read(Query(query))
    return found


async def shape(session: Session, table: Name) -> tuple[list[Any], list[Any]]:
    """Return a table's columns (name, type, not null, default) and its constraints."""
    values = {"table": table.identifier.as_string()}
    columns, constraints = await session.read(Query(_COLUMNS, values), Query(_CONSTRAINTS, values))
    return columns, constraints
