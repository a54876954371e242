"""Counts the rows of tables that no ANALYZE has seen yet, each up to a bound, so that a large one costs little."""

from __future__ import annotations

from collections.abc import Sequence

from console.db.compose import SQL, Composed, Identifier, Literal
from console.db.query import Query
from console.db.session import Session

MOST = 10_000
_ONE = SQL("SELECT {schema}, {name}, count(*) FROM (SELECT FROM {table} LIMIT {most}) AS found")
_BOTH = SQL(" UNION ALL ")


async def count(
    session: Session, tables: Sequence[tuple[str, str]], *, lock_timeout: float
) -> list[tuple[str, str, int]]:
    """Return schema, name and rows of each table; MOST + 1 stands for more than MOST. Raises StatementFailed."""
    if not tables:
        return []
    query = Query(_BOTH.join(_statement(*table) for table in tables))
    [rows] = await session.read(query, lock_timeout=lock_timeout, doing="counting rows that no ANALYZE has seen")
    return rows


def _statement(schema: str, name: str) -> Composed:
    return _ONE.format(
        schema=Literal(schema), name=Literal(name), table=Identifier(schema, name), most=Literal(MOST + 1)
    )
