"""A session is one open profile: it reads in one round trip, streams, writes with consent, cancels, and comes back.

Everything a session sends obeys one policy. Reading happens in a read-only, repeatable-read transaction whose settings
are `SET LOCAL`, so that nothing leaks to others behind a transaction pooler. A statement is sent alone, by the extended
protocol: one message cannot carry two. A lost connection is opened again for reading; a write is never sent twice.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, Self, TypeVar

from console.config.profile import Target
from console.db import place as places
from console.db import pooling, reading, server, settings
from console.db.connecting import losses
from console.db.connecting.connection import Connection
from console.db.connecting.line import BEGINNING, Line, beginning, patience
from console.db.connecting.opening import connect as open_connection
from console.db.guard import Consent
from console.db.place import Place
from console.db.query import Batch, Columns, Query, sendable
from console.db.server import Server
from console.db.writer import Writer
from console.errors import Refused
from console.sql.queries import load

T = TypeVar("T")

_NOTHING_REMAINS = "It had not been committed: nothing of it remains, and it is not sent again."
_NOT_KNOWN = "Whether the statement was carried out is not known; it is not sent again."


class Session(Line):
    """One open profile.

    `server` is None until the first read. `latency` is the seconds that the last round trip took. `greeted_by_another`
    tells whether another process answered than the one that greeted us: a pooler or a proxy is in between.
    """

    def __init__(self, target: Target, *, what: str = "console", direct: bool = False) -> None:
        super().__init__(target, what=what, direct=direct)
        self.server: Server | None = None
        self.greeted_by_another = False
        self.latency: float | None = None

    @classmethod
    async def open(cls, target: Target, *, what: str = "console", direct: bool = False) -> Self:
        """Connect. Raises ConnectionFailed and its kin."""
        session = cls(target, what=what, direct=direct)
        await session.connect()
        return session

    async def sibling(self, what: str, *, direct: bool = False) -> Session:
        """Open another connection to the same target."""
        with self.telling():
            other = await Session.open(self.target, what=what, direct=direct)
        other.answering = self.answering
        other.server, other._known = self.server, self.server is not None
        other.greeted_by_another = self.greeted_by_another
        return other

    @property
    def place(self) -> Place:
        """Who runs the server, where, and whether it is reached through a pooler."""
        way = self.target.direct if self.direct and self.target.direct is not None else self.target.params
        return places.of(way, self.server, greeted_by_another=self.greeted_by_another)

    async def read(
        self,
        *queries: Query,
        timeout: float | None = None,
        lock_timeout: float | None = None,
        large: bool = False,
        doing: str = "reading",
    ) -> list[list[Any]]:
        """Send all queries in one read-only transaction and one round trip; return the rows of each.

        Times are seconds; without them the profile's hold. `large` takes results over while the server still works on
        the next, for one more round trip. A connection that was lost is opened again once.
        Raises StatementFailed and its kin, ConnectionFailed.
        """
        limits = settings.Limits(self._limit(timeout), self._lock_limit(lock_timeout))
        async with self._taking_turns():
            return await self._safely(
                lambda connection: self._read(connection, queries, limits, large=large),
                patience(limits),
                doing,
                *queries,
            )

    async def stream(
        self,
        sql: str | Query,
        *,
        size: int = 500,
        timeout: float | None = None,
        search_path: str | None = None,
        doing: str = "running the query",
    ) -> AsyncGenerator[Columns | Batch, None]:
        """Yield the head of a result and then its rows as text, `size` at a time, in bounded memory.

        The statement runs alone in a read-only transaction whose snapshot is taken before it. A person's SQL (a `str`)
        keeps the database's own search_path. Raises StatementFailed and its kin; ConnectionLost when the connection is
        lost on the way, since the rows that came cannot be continued.
        """
        query = Query(sendable(sql), as_text=True, own_path=True) if isinstance(sql, str) else sql
        limits = settings.Limits(self._limit(timeout), self._lock_limit(None))
        looked_in = search_path if search_path is not None else reading.path(query)
        came = 0
        async with self._taking_turns():
            clocks, connection = await self._begun(
                lambda found: reading.begin(found, limits, looked_in, reckoned=query.reckoned), limits, doing
            )
            async with (
                losses.translated(connection, doing, query, left=lambda: losses.cut_off(came)),
                reading.ended(connection, commit=query.committed),
                contextlib.aclosing(reading.rows(connection, query, size)) as parts,
            ):
                async for part in parts:
                    came += 0 if isinstance(part, Columns) else len(part)
                    yield Columns(part.columns, *clocks) if isinstance(part, Columns) else part

    @contextlib.asynccontextmanager
    async def looking(
        self, *, timeout: float | None = None, lock_timeout: float | None = None, doing: str = "reading"
    ) -> AsyncIterator[reading.Snapshot]:
        """Give what reads several times, all of one moment, in one transaction with an empty search_path.

        Raises StatementFailed and its kin; ConnectionLost when the connection is lost inside the block.
        """
        limits = settings.Limits(self._limit(timeout), self._lock_limit(lock_timeout))
        async with self._taking_turns():
            _, connection = await self._begun(lambda found: reading.begin(found, limits, ""), limits, doing)
            async with losses.translated(connection, doing), reading.ended(connection):
                yield reading.Snapshot(connection)

    @contextlib.asynccontextmanager
    async def writing(
        self,
        consent: Consent,
        *,
        statement_timeout: float = 0,
        lock_timeout: float | None = None,
        keep: bool = True,
        first: Query | None = None,
        doing: str = "writing",
    ) -> AsyncIterator[Writer]:
        """Give a Writer in one transaction, committed at the end, rolled back when anything is raised.

        Without `keep` it is rolled back in any case. `statement_timeout` 0 means none. `first` goes with BEGIN, in the
        same round trip; its rows are the writer's `first`. Raises Refused when the consent is for another target;
        ConnectionLost, which says whether something may remain, when the connection is lost.
        """
        self._must_be_for_this(consent)
        limits = settings.Limits(statement_timeout, self._lock_limit(lock_timeout))
        async with self._taking_turns(), self._writer(limits, doing, first=first) as writer:
            try:
                yield writer
            except BaseException:
                await writer.rollback()
                raise
            await (writer.commit() if keep else writer.rollback())

    @contextlib.asynccontextmanager
    async def checking(self, *, timeout: float | None = None, doing: str = "checking") -> AsyncIterator[Writer]:
        """Give a Writer in one read-only transaction that is always rolled back; it needs no consent.

        Its snapshot is taken, so it cannot be made to write. The database's own search_path holds.
        """
        limits = settings.Limits(self._limit(timeout), self._lock_limit(None))
        async with self._taking_turns(), self._writer(limits, doing, read_only=True) as writer:
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
        left: str = _NOT_KNOWN,
    ) -> AsyncIterator[Writer]:
        """Give a Writer outside any transaction, on a direct connection of its own that is closed afterwards.

        For what cannot run in a transaction; its timeouts are plain SETs, which is why the connection is not kept.
        `left` says what a connection that is lost leaves behind.
        Raises Refused where only a transaction pooler leads to the server: they would reach its other clients.
        """
        self._must_be_for_this(consent)
        limits = settings.Limits(statement_timeout, self._lock_limit(lock_timeout))
        connection = await open_connection(self.target, what=self.what, direct=True, waiting=self.waiting)
        try:
            connection.patience = patience(limits)
            async with losses.translated(connection, doing, left=lambda: left):
                writer = Writer(connection, doing)
                await self._must_be_direct(writer)
                await writer.prepare(limits)
                yield writer
        finally:
            await connection.close()

    @contextlib.asynccontextmanager
    async def _writer(
        self, limits: settings.Limits, doing: str, *, read_only: bool = False, first: Query | None = None
    ) -> AsyncIterator[Writer]:
        async def begin(connection: Connection) -> Writer:
            writer = Writer(connection, doing)
            await writer.begin(limits, read_only=read_only, first=first)
            return writer

        wait = BEGINNING if first is None else beginning(limits)
        writer, connection = await self._begun(begin, limits, doing, wait)
        left = str if read_only else lambda: None if writer.committing else _NOTHING_REMAINS
        async with losses.translated(connection, doing, left=left):
            yield writer

    async def _read(
        self, connection: Connection, queries: tuple[Query, ...], limits: settings.Limits, *, large: bool
    ) -> list[list[Any]]:
        asked = queries if self._known else (server.query(), *queries)
        began = time.perf_counter()
        results = await reading.whole(connection, asked, limits, large=large)
        self.trips += 2 if large else 1
        self.latency = time.perf_counter() - began
        if not self._known:
            [self.server] = results.pop(0)
            self._known = True
            self.greeted_by_another = connection.info.backend_pid != self.server.pid
        return results

    async def _must_be_direct(self, writer: Writer) -> None:
        pid = (await writer.execute(load("session/pid"))).rows[0][0]
        way = self.target.direct or self.target.params
        if pooling.shared(way, greeted_by_another=pid != str(writer.greeted_by)):
            raise Refused(
                f"{self.target.name} is reached through a pooler, and its timeouts would reach other clients there.",
                detail="The statement needs the server itself, and no way to it is known. Nothing was done.",
                hint="Give the profile a direct_url, the address of the server itself.",
            )

    def _must_be_for_this(self, consent: Consent) -> None:
        if consent.target != self.target.name:
            raise Refused(f"The consent was given for {consent.target}, not for {self.target.name}. Nothing was done.")

    def _limit(self, timeout: float | None) -> float:
        if timeout is not None:
            return timeout
        return self.target.profile.statement_timeout if self.target.profile else 15.0

    def _lock_limit(self, timeout: float | None) -> float:
        if timeout is not None:
            return timeout
        return self.target.profile.lock_timeout if self.target.profile else 3.0
