"""A session is one open profile: it reads in one round trip, streams, writes with consent, cancels, and comes back.

Everything a session sends obeys one policy. Reading happens in a read-only, repeatable-read transaction whose settings
are `SET LOCAL`, so that nothing leaks to others behind a transaction pooler. A statement is sent alone, by the extended
protocol: one message cannot carry two. A lost connection is opened again for reading; a write is never sent twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg.pq import TransactionStatus

from console.config.profile import Target
from console.db import failures, server, settings
from console.db.connect import Connection, Waiting
from console.db.connect import connect as open_connection
from console.db.guard import Consent
from console.db.query import Batch, Columns, Query
from console.db.server import Server
from console.db.text_rows import columns_of, describe, read_as_text, text_cursor
from console.db.writer import Writer
from console.errors import ConnectionLost, ConsoleError, Refused

_GRACE = 5.0  # how much longer than the server we wait before we give up on it

_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Session:
    """One open profile.

    `target` is where it points; `server` is None until the first read. `trips` counts the round trips after the
    connection was made, `latency` is the seconds the last one took. `lost` is called with a sentence whenever a
    connection had to be opened again.
    """

    def __init__(self, target: Target, *, what: str = "console", direct: bool = False) -> None:
        self.target = target
        self.what = what
        self.direct = direct
        self.server: Server | None = None
        self.trips = 0
        self.latency: float | None = None
        self.lost: Callable[[str], None] | None = None
        self.waiting: Waiting | None = None
        self._connection: Connection | None = None
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, target: Target, *, what: str = "console", direct: bool = False) -> Self:
        """Connect. Raises ConnectionFailed and its kin."""
        session = cls(target, what=what, direct=direct)
        await session.connect()
        return session

    async def connect(self) -> None:
        """Connect, if that has not happened yet. Raises ConnectionFailed and its kin."""
        await self._connected()

    async def sibling(self, what: str, *, direct: bool = False) -> Session:
        """Open another connection to the same target."""
        other = await Session.open(self.target, what=what, direct=direct)
        other.server = self.server
        return other

    async def close(self) -> None:
        """End the connection; may be called twice."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def encrypted(self) -> bool:
        """Whether the connection is under TLS."""
        return self._connection is not None and self._connection.pgconn.ssl_in_use

    @property
    def greeted_by_another(self) -> bool:
        """Whether another process answered than the one that greeted us: a pooler or a proxy is in between."""
        if self._connection is None or self.server is None:
            return False
        return self._connection.info.backend_pid != self.server.pid

    @property
    def busy(self) -> bool:
        """Whether something runs on the server for us right now."""
        connection = self._connection
        return connection is not None and connection.info.transaction_status == TransactionStatus.ACTIVE

    async def read(
        self,
        *queries: Query,
        timeout: float | None = None,
        lock_timeout: float | None = None,
        doing: str = "reading",
    ) -> list[list[Any]]:
        """Send all queries in one read-only transaction and one round trip; return the rows of each.

        Times are seconds; without them the profile's hold. A connection that was lost is opened again once.
        Raises StatementFailed and its kin, ConnectionFailed.
        """
        async with self._turn:
            try:
                return await self._read(queries, timeout, lock_timeout, doing)
            except ConnectionLost as loss:
                await self._reopen(loss)
                return await self._read(queries, timeout, lock_timeout, doing)

    async def stream(
        self,
        sql: str | Query,
        *,
        size: int = 500,
        timeout: float | None = None,
        search_path: str | None = None,
        doing: str = "running the query",
    ) -> AsyncIterator[Columns | Batch]:
        """Yield the head of a result and then its rows as text, `size` at a time, in bounded memory.

        The statement runs alone in a read-only transaction whose snapshot is taken before it. A person's SQL (a `str`)
        keeps the database's own search_path. Raises StatementFailed and its kin.
        """
        query = Query(sql, as_text=True, own_path=True) if isinstance(sql, str) else sql
        limit = self._limit(timeout)
        async with self._turn:
            connection = await self._connected()
            async with self._translated(doing, query):
                await self._begin(connection, limit, search_path if search_path is not None else _path(query))
                try:
                    async for part in self._rows(connection, query, size):
                        yield part
                finally:
                    await self._end(connection)

    async def cancel(self) -> bool:
        """Cancel what runs on the server; True when the server has ended it, False when nothing ran or it goes on."""
        connection = self._connection
        if connection is None or not self.busy:
            return False
        try:
            await connection.cancel_safe(timeout=_GRACE)
            async with asyncio.timeout(_GRACE):
                while connection.info.transaction_status == TransactionStatus.ACTIVE:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)  # the driver tells nobody when a statement ends
        except (psycopg.Error, TimeoutError):
            return False
        return True

    @contextlib.asynccontextmanager
    async def writing(
        self,
        consent: Consent,
        *,
        statement_timeout: float = 0,
        lock_timeout: float | None = None,
        doing: str = "writing",
    ) -> AsyncIterator[Writer]:
        """Give a Writer in one transaction, committed at the end, rolled back when anything is raised.

        `statement_timeout` 0 means none. Raises Refused when the consent is for another target.
        """
        if consent.target != self.target.name:
            raise Refused(f"The consent was given for {consent.target}, not for {self.target.name}. Nothing was done.")
        limit = settings.Limits(statement_timeout, self._lock_limit(lock_timeout))
        async with self._turn:
            connection = await self._connected()
            async with self._translated(doing):
                writer = Writer(connection, doing)
                await writer.begin(limit)
                try:
                    yield writer
                except BaseException:
                    await writer.rollback()
                    raise
                await writer.commit()

    @contextlib.asynccontextmanager
    async def checking(self, *, timeout: float | None = None, doing: str = "checking") -> AsyncIterator[Writer]:
        """Give a Writer in one read-only transaction that is always rolled back; it needs no consent.

        Its snapshot is taken, so it cannot be made to write. The database's own search_path holds.
        """
        limits = settings.Limits(self._limit(timeout), self._lock_limit(None))
        async with self._turn:
            connection = await self._connected()
            async with self._translated(doing):
                writer = Writer(connection, doing)
                await writer.begin(limits, read_only=True)
                try:
                    yield writer
                finally:
                    await writer.rollback()

    @contextlib.asynccontextmanager
    async def alone(
        self,
        consent: Consent,
        *,
        statement_timeout: float = 0,
        lock_timeout: float | None = None,
        doing: str = "running a statement outside a transaction",
    ) -> AsyncIterator[Writer]:
        """Give a Writer outside any transaction, on a direct connection of its own that is closed afterwards.

        For what cannot run in a transaction; its timeouts are plain SETs, which is why the connection is not kept.
        """
        if consent.target != self.target.name:
            raise Refused(f"The consent was given for {consent.target}, not for {self.target.name}. Nothing was done.")
        connection = await open_connection(self.target, what=self.what, direct=True)
        try:
            async with self._translated(doing):
                writer = Writer(connection, doing)
                await writer.prepare(settings.Limits(statement_timeout, self._lock_limit(lock_timeout)))
                yield writer
        finally:
            await connection.close()

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = await open_connection(
                self.target, what=self.what, direct=self.direct, waiting=self.waiting
            )
        return self._connection

    async def _reopen(self, loss: ConnectionLost) -> None:
        await self.close()
        await self._connected()
        if self.lost is not None:
            self.lost(f"The connection was lost and is open again; nothing was lost with it. {loss.detail}".strip())

    async def _read(
        self, queries: tuple[Query, ...], timeout: float | None, lock_timeout: float | None, doing: str
    ) -> list[list[Any]]:
        connection = await self._connected()
        asked = queries if self.server is not None else (server.query(), *queries)
        limits = settings.Limits(self._limit(timeout), self._lock_limit(lock_timeout))
        began = time.perf_counter()
        async with self._translated(doing, *asked):
            try:
                async with asyncio.timeout(limits.statement + _GRACE if limits.statement else None):
                    cursors = await _send(connection, asked, limits)
                results = [await cursor.fetchall() for cursor in cursors]
            finally:
                await self._end(connection)
        self.trips += 1
        self.latency = time.perf_counter() - began
        if self.server is None:
            self.server = results.pop(0)[0]
        return results

    async def _begin(self, connection: Connection, timeout: float, search_path: str | None) -> None:
        """Open a read-only transaction and take its snapshot, after which it cannot be made read-write."""
        limits = settings.Limits(timeout, self._lock_limit(None))
        async with connection.pipeline():
            await connection.execute(_BEGIN_READING)
            await connection.execute(settings.LOCAL, settings.values(limits, search_path))
        self.trips += 1

    async def _rows(self, connection: Connection, query: Query, size: int) -> AsyncIterator[Columns | Batch]:
        cursor = text_cursor(connection)
        batch: Batch = []
        head = False
        async for row in cursor.stream(query.sql, query.params, size=size):
            if not head:
                yield Columns(columns_of(cursor.description))
                head = True
            batch.append(row)
            if len(batch) >= size:
                yield batch
                batch = []
        if not head:
            yield Columns(await describe(connection, query))
        if batch:
            yield batch

    async def _end(self, connection: Connection) -> None:
        """Leave no transaction open, whatever happened."""
        if connection.closed or connection.info.transaction_status == TransactionStatus.IDLE:
            return
        with contextlib.suppress(psycopg.Error):
            await connection.execute("ROLLBACK")

    @contextlib.asynccontextmanager
    async def _translated(self, doing: str, *queries: Query) -> AsyncIterator[None]:
        try:
            yield
        except psycopg.Error as error:
            sql = queries[0].sql if len(queries) == 1 and isinstance(queries[0].sql, str) else None
            raise self._failure(error, doing, sql) from error
        except TimeoutError as error:
            await self.close()
            raise ConnectionLost(
                f"The server did not answer in time while {doing}.",
                detail="The connection was closed; whether the server is still at work is not known.",
            ) from error

    def _failure(self, error: psycopg.Error, doing: str, sql: str | None) -> ConsoleError:
        return failures.statement(error, doing, sql=sql)

    def _limit(self, timeout: float | None) -> float:
        if timeout is not None:
            return timeout
        return self.target.profile.statement_timeout if self.target.profile else 15.0

    def _lock_limit(self, timeout: float | None) -> float:
        if timeout is not None:
            return timeout
        return self.target.profile.lock_timeout if self.target.profile else 3.0


async def _send(connection: Connection, queries: tuple[Query, ...], limits: settings.Limits) -> list[Any]:
    """Send a whole read-only transaction in one round trip and return its cursors, results arrived."""
    cursors = []
    async with connection.pipeline():
        await connection.execute(_BEGIN_READING)
        await connection.execute(settings.LOCAL, settings.values(limits, _path(*queries)))
        for query in queries:
            cursor = connection.cursor(row_factory=_row_factory(query))
            if query.as_text:
                read_as_text(cursor)
            await cursor.execute(query.sql, query.params)
            cursors.append(cursor)
        await connection.execute("COMMIT")
    return cursors


def _path(*queries: Query) -> str | None:
    """Return the search_path for one transaction of these queries; None keeps the database's own."""
    return None if any(query.own_path for query in queries) else ""


def _row_factory(query: Query) -> Any:
    if query.row is None:
        return psycopg.rows.tuple_row
    return psycopg.rows.args_row(query.row) if query.positional else psycopg.rows.kwargs_row(query.row)
