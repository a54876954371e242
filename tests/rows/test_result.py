"""The result of a query as rows: bounded, honest about it, ended when asked, nothing held open."""

from __future__ import annotations

import asyncio

import pytest

from console.db.session import Session
from console.errors import Interrupted, StatementFailed
from console.rows.result import QueryRows
from tests.databases import Databases


async def test_rows_arrive_in_the_background(session: Session) -> None:
    rows = await QueryRows(session, "SELECT i, 'x' || i AS t FROM generate_series(1, 3000) i").open()
    assert [(column.name, column.type_name, column.numeric) for column in rows.columns] == [
        ("i", "integer", True),
        ("t", "text", False),
    ]
    await rows.fetch(0, 100)
    assert rows.row(100) == ("101", "x101")
    await rows.fetch_end()
    assert (rows.complete, len(rows), rows.estimate, rows.note) == (True, 3000, 3000, "all 3,000 rows of the result")
    await rows.close()


@pytest.mark.parametrize(("most_rows", "most_bytes", "kept"), [(100, 1 << 30, 100), (1 << 30, 6000, 600)])
async def test_a_bound_is_said_and_the_transaction_ends_with_it(
    session: Session, databases: Databases, most_rows: int, most_bytes: int, kept: int
) -> None:
    sql = "SELECT repeat('x', 10) FROM generate_series(1, 10000000)"
    rows = await QueryRows(session, sql, most_rows=most_rows, most_bytes=most_bytes).open()
    await rows.fetch_end()
    assert (len(rows), rows.truncated, rows.estimate) == (kept, True, None)
    assert rows.note.startswith(f"first {kept} rows of the result")
    with databases.connect(session.target) as watcher:
        states = watcher.execute(
            "SELECT state FROM pg_stat_activity WHERE application_name = 'dbconsole/test'"
        ).fetchall()
    assert states == [("idle",)]
    await rows.close()


async def test_a_query_is_cancelled_and_keeps_what_came(session: Session) -> None:
    sql = "SELECT i, CASE WHEN i > 2000 THEN pg_sleep(30) END FROM generate_series(1, 3000) i"
    rows = await QueryRows(session, sql, timeout=60).open()
    await rows.fetch(0, 1000)
    assert await rows.cancel()
    with pytest.raises(Interrupted):
        await rows.fetch(0, 100_000)
    assert (rows.complete, rows.row(1000)) == (True, ("1001", None))
    assert "then it was ended" in rows.note
    await rows.close()


async def test_closing_ends_the_query(session: Session) -> None:
    rows = QueryRows(session, "SELECT pg_sleep(30)", timeout=60)
    opening = asyncio.create_task(rows.open())
    while not session.busy:
        await asyncio.sleep(0.01)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert await session.read() == []


async def test_a_fault_is_raised_where_rows_are_asked_for(session: Session) -> None:
    with pytest.raises(StatementFailed, match="nonsense"):
        await QueryRows(session, "SELECT nonsense").open()
    rows = await QueryRows(session, "SELECT 1 / (i - 2000) FROM generate_series(1, 3000) i").open()
    with pytest.raises(StatementFailed, match="division by zero"):
        await rows.fetch(0, 2500)
    assert rows.row(0) == ("0",)
    await rows.close()


async def test_types_of_the_database_are_named(session: Session) -> None:
    rows = await QueryRows(session, "SELECT NULL::information_schema.time_stamp, '{}'::pg_attribute[]").open()
    await rows.fetch_end()
    assert [column.type_name for column in rows.columns] == ["timestamp with time zone", "pg_attribute[]"]
    await rows.close()
