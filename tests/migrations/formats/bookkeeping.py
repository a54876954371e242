"""Writes a ledger alone, without running anything, and reads its table as anybody may: for the tests of ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.db.compose import SQL, Identifier
from console.db.query import Query
from console.db.session import Session
from console.migrations.files.folder import Migration
from console.migrations.ledgers.ledger import Direction, Ledger, Name, Note
from tests.migrations.project import agreed

_COLUMNS: Any = """
    SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
        coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity::text
    FROM pg_catalog.pg_attribute AS a
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0
    ORDER BY a.attnum"""
_INDEXES: Any = """
    SELECT i.relname, x.indisprimary, pg_catalog.pg_get_indexdef(i.oid, 1, true)
    FROM pg_catalog.pg_index AS x JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
    WHERE x.indrelid = %(table)s::regclass
    ORDER BY i.relname"""


def fill(folder: Path, files: dict[str, str]) -> Path:
    """Write files, in folders below where their names say so."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def noted(migration: Migration, direction: Direction = Direction.UP) -> Note:
    return Note(migration.version, migration, direction, batch=1, duration_ms=7, statements=1)


async def write(session: Session, *queries: Query) -> None:
    """Send statements in one transaction, as the runner does with those of a ledger."""
    async with session.writing(agreed(session.target), doing="a test") as writer:
        await writer.together(*queries)


async def execute(session: Session, text: str) -> None:
    """Run a statement of another tool, or of a person."""
    async with session.writing(agreed(session.target), doing="a test") as writer:
        await writer.execute(text)


async def apply(session: Session, ledger: Ledger, *migrations: Migration) -> None:
    for migration in migrations:
        await write(session, *ledger.note(noted(migration)))


async def take_back(session: Session, ledger: Ledger, *migrations: Migration) -> None:
    for migration in migrations:
        await write(session, *ledger.note(noted(migration, Direction.DOWN)))


async def rows(session: Session, table: Name, columns: Sequence[str]) -> list[tuple[str | None, ...]]:
    """Return all rows as PostgreSQL writes their values, ordered by the first column."""
    names = SQL(", ").join(map(Identifier, columns))
    text = SQL("SELECT {} FROM {} ORDER BY {}").format(names, table.identifier, Identifier(columns[0]))
    [found] = await session.read(Query(text, as_text=True))
    return [tuple(row) for row in found]


async def shape(session: Session, table: Name) -> tuple[list[Any], list[Any]]:
    """Return a table's columns (name, type, not null, default, identity) and indexes (name, primary, first column)."""
    values = {"table": table.text}
    columns, indexes = await session.read(Query(_COLUMNS, values), Query(_INDEXES, values))
    return [tuple(column) for column in columns], [tuple(index) for index in indexes]


async def applied(session: Session, ledger: Ledger) -> list[str]:
    """Return the versions that count as applied, in the order of application."""
    recorded = await ledger.read(session)
    assert [each.position for each in recorded.applied] == list(range(1, len(recorded.applied) + 1))
    return [each.version for each in recorded.applied]
