"""How a reading transaction goes over the wire: in one message with everything it reads, or as a stream of rows."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus

from console.db import settings
from console.db.connecting.connection import Connection
from console.db.query import Batch, Columns, Query, Row
from console.db.text_rows import columns_of, describe, read_as_text, text_cursor
from console.sql.queries import load

LAST_WORD = 5.0  # seconds a server gets to end what nobody waits for any more
_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# libpq gathers so many rows before it hands them on: what bounds the memory that wide rows take.
_CHUNK = 100


async def whole(
    connection: Connection, queries: Sequence[Query], limits: settings.Limits, *, large: bool = False
) -> list[list[Any]]:
    """Send a whole read-only transaction in one round trip and return the rows of each query.

    `large` results are taken over as they come, while the server is at work on the next; it costs one more round trip.
    """
    cursors = []
    async with ended(connection):
        async with connection.pipeline():
            await connection.execute(_BEGIN)
            await connection.execute(settings.LOCAL, settings.values(limits, path(*queries)))
            for query in queries:
                cursor = connection.cursor(row_factory=row_factory(query))
                if query.as_text:
                    read_as_text(cursor)
                await cursor.execute(query.sql, query.params)
                cursors.append(cursor)
            await connection.execute("COMMIT")
            if large:
                return [await cursor.fetchall() for cursor in cursors]
        return [await cursor.fetchall() for cursor in cursors]


class Snapshot:
    """A read-only transaction that is open: all it reads is of one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def read(self, *queries: Query) -> list[list[Any]]:
        """Send statements of ours in one round trip; return the rows of each."""
        cursors = []
        async with self._connection.pipeline():
            for query in queries:
                cursor = self._connection.cursor(row_factory=row_factory(query))
                await cursor.execute(query.sql, query.params)
                cursors.append(cursor)
        return [await cursor.fetchall() for cursor in cursors]


async def begin(
    connection: Connection, limits: settings.Limits, search_path: str | None, *, reckoned: bool = False
) -> tuple[float, float, float]:
    """Open a read-only transaction and take its snapshot, after which it cannot be made read-write.

    Returns the server's clock, in seconds since 1970, our monotonic one, and when the server was started.
    """
    local = settings.RECKONED if reckoned else settings.LOCAL
    async with connection.pipeline():
        await connection.execute(_BEGIN)
        await connection.execute(local, settings.values(limits, search_path))
        moment = await connection.execute(load("session/moment"))
    [(at, started)] = await moment.fetchall()
    return float(at), time.monotonic(), float(started)


async def rows(connection: Connection, query: Query, size: int) -> AsyncGenerator[Columns | Batch, None]:
    """Yield the head of a result and then its rows as text, `size` at a time, inside the transaction that is open."""
    cursor = text_cursor(connection)
    batch: Batch = []
    head = False
    coming = cast("AsyncGenerator[Row, None]", cursor.stream(query.sql, query.params, size=min(size, _CHUNK)))
    async with contextlib.aclosing(coming) as stream, _short_farewell(connection):
        async for row in stream:
            if not head:
                yield Columns(columns_of(cursor))
                head = True
            batch.append(row)
            if len(batch) >= size:
                yield batch
                batch = []
    if not head:
        yield Columns(await describe(connection, query))
    if batch:
        yield batch


@contextlib.asynccontextmanager
async def ended(connection: Connection, *, commit: bool = False) -> AsyncIterator[None]:
    """Leave no transaction open behind the block, whatever happens in it; `commit` is for one that went well."""
    try:
        yield
    finally:
        status = connection.info.transaction_status
        if not connection.closed and status != TransactionStatus.IDLE:
            connection.patience = LAST_WORD
            with contextlib.suppress(psycopg.Error):
                await connection.execute("COMMIT" if commit and status == TransactionStatus.INTRANS else "ROLLBACK")


def path(*queries: Query) -> str | None:
    """Return the search_path for one transaction of these queries; None keeps the database's own."""
    return None if any(query.own_path for query in queries) else ""


@contextlib.asynccontextmanager
async def _short_farewell(connection: Connection) -> AsyncIterator[None]:
    """Whoever leaves early does not wait long for a server that does not answer."""
    try:
        yield
    except BaseException:
        connection.patience = LAST_WORD
        raise


def row_factory(query: Query) -> Any:
    """Return how the rows of a query are built."""
    if query.row is None:
        return psycopg.rows.tuple_row
    return psycopg.rows.args_row(query.row) if query.positional else psycopg.rows.kwargs_row(query.row)
