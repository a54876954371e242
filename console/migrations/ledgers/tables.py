"""The columns of a table, by which a ledger is told from another tool's table of the same name."""

from __future__ import annotations

from collections.abc import Mapping

from console.db.query import Query
from console.migrations.ledgers.ledger import Name, Reader
from console.sql.queries import load


async def columns(session: Reader, table: Name) -> Mapping[str, str]:
    """Return column → type as PostgreSQL writes it, in order; nothing where there is no such table."""
    [rows] = await session.read(Query(load("ledger/columns"), {"schema": table.schema, "table": table.table}))
    return dict(rows)
