"""Counts the rows of tables, each within a time limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from console.catalog.model import Key, Kind
from console.db.compose import SQL, Identifier
from console.db.query import Query
from console.db.session import Session
from console.errors import LockNotAvailable, StatementFailed, TimedOut
from console.migrations.audit.facts import Found, Rows, TableFound
from console.text import duration, sanitize

LIMIT = 10.0  # seconds for each table
_LOCK_TIMEOUT = 0.3
_COUNT = SQL("SELECT count(*) FROM {}")


async def count(session: Session, tables: Iterable[TableFound], *, limit: float = LIMIT) -> tuple[TableFound, ...]:
    """Return the tables with their rows as counted; where that cannot be had, with the estimate and the reason.

    Raises ConnectionFailed and its kin.
    """
    return tuple([replace(table, rows=await _rows(session, table, limit)) for table in tables])


async def _rows(session: Session, table: TableFound, limit: float) -> Rows:
    if table.item.status is Found.MISSING:
        return table.rows
    if table.item.key.kind is Kind.FOREIGN_TABLE:
        return replace(table.rows, reason="not counted: its rows are on another server")
    try:
        return Rows(await _counted(session, table.item.key, limit), counted=True)
    except TimedOut:
        return replace(table.rows, reason=f"not counted within {duration(limit)}")
    except LockNotAvailable:
        return replace(table.rows, reason="not counted: somebody else has locked it")
    except StatementFailed as error:
        return replace(table.rows, reason=f"not counted: {sanitize(error.title)}")


async def _counted(session: Session, key: Key, limit: float) -> int:
    query = Query(_COUNT.format(Identifier(key.schema, key.name)))
    [[(number,)]] = await session.read(query, timeout=limit, lock_timeout=_LOCK_TIMEOUT, doing="counting rows")
    return int(number)
