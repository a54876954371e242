"""The line to a server: a connection opened when it is needed, used by one at a time, and opened again when lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import Self, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from console.config.profile import Target
from console.db import settings
from console.db.connecting import losses
from console.db.connecting.connection import AGAIN, Connection
from console.db.connecting.opening import Waiting
from console.db.connecting.opening import connect as open_connection
from console.db.query import Query
from console.errors import ConnectionFailed, ConnectionLost, Unreachable

T = TypeVar("T")

BEGINNING = 20.0  # seconds that BEGIN may take
_GRACE = 5.0  # how much longer than the server we wait before we give up on it


class Line:
    """The connection of one session to its target.

    `target` is where it points, `direct` whether past a pooler. `trips` counts the round trips after the connection was
    made. `lost` is called with a sentence whenever the connection had to be opened again, `waiting` with one while a
    server is waited for, `answering` with False when nothing answers any more, and with True when a connection was
    made. What may be done twice is done again when the connection turns out to be lost; a write is not.
    """

    def __init__(self, target: Target, *, what: str = "console", direct: bool = False) -> None:
        self.target = target
        self.what = what
        self.direct = direct
        self.trips = 0
        self.lost: Callable[[str], None] | None = None
        self.waiting: Waiting | None = None
        self.answering: Callable[[bool], None] | None = None
        self._connection: Connection | None = None
        self._known = False  # whether the server that answers on this connection has said what it is
        self._turn = asyncio.Lock()
        self._turns = 0

    async def connect(self) -> None:
        """Connect, if that has not happened yet. Raises ConnectionFailed and its kin."""
        await self._connected()

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
    def connected(self) -> bool:
        """Whether a connection is open, as far as is known before it is used."""
        return self._connection is not None and not self._connection.closed

    @property
    def encrypted(self) -> bool:
        """Whether the connection is under TLS."""
        return self._connection is not None and self._connection.pgconn.ssl_in_use

    @property
    def busy(self) -> bool:
        """Whether something runs on the server for us right now."""
        connection = self._connection
        return connection is not None and connection.info.transaction_status == TransactionStatus.ACTIVE

    async def cancel(self) -> bool:
        """Cancel what runs on the server; True when the server has ended it, False when nothing ran or it goes on."""
        connection, turn = self._connection, self._turns
        if connection is None or not self.busy:
            return False
        try:
            async with asyncio.timeout(_GRACE):
                while self._turns == turn and self.busy:
                    await connection.cancel_safe(timeout=_GRACE)
                    await self._ended(turn, within=AGAIN)
        except (psycopg.Error, TimeoutError):
            return False
        return not connection.closed

    async def _ended(self, turn: int, *, within: float) -> None:
        """Wait until what runs has ended, or the time is over; the driver tells nobody when a statement ends."""
        over = asyncio.get_running_loop().time() + within
        while self._turns == turn and self.busy and asyncio.get_running_loop().time() < over:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    @contextlib.asynccontextmanager
    async def _taking_turns(self) -> AsyncIterator[None]:
        async with self._turn:
            self._turns += 1
            if self._connection is not None:
                self._connection.stopped = False
            yield

    async def _connected(self, *, again: bool = False) -> Connection:
        if self.connected and self._connection is not None and self._connection.stuck:
            await self.close()
        if self._connection is None or self._connection.closed:
            self._known = False
            with self.telling():
                self._connection = await open_connection(
                    self.target, what=self.what, direct=self.direct, again=again, waiting=self.waiting
                )
        return self._connection

    @contextlib.contextmanager
    def telling(self) -> Iterator[None]:
        """Tell whether the server answers: it does when the block ends, and does not when it raises Unreachable."""
        try:
            yield
        except Unreachable:
            self._tell(False)
            raise
        self._tell(True)

    def _tell(self, answers: bool) -> None:
        if self.answering is not None:
            self.answering(answers)

    async def _begun(
        self,
        begin: Callable[[Connection], Awaitable[T]],
        limits: settings.Limits,
        doing: str,
        wait: float | None = BEGINNING,
    ) -> tuple[T, Connection]:
        """Begin a transaction; return what that gave and the connection, with the patience its statements are due."""

        async def step(connection: Connection) -> tuple[T, Connection]:
            return await begin(connection), connection

        self.trips += 1
        begun, connection = await self._safely(step, wait, doing)
        connection.patience = patience(limits)
        return begun, connection

    async def _safely(
        self,
        step: Callable[[Connection], Awaitable[T]],
        wait: float | None,
        doing: str,
        *queries: Query,
    ) -> T:
        """Do what may be done twice: when the connection turns out to be lost, open another and do it again, once."""
        connection = await self._connected()
        try:
            return await self._once(step, connection, wait, doing, *queries)
        except ConnectionLost as loss:
            if connection.gave_up:
                self._tell(False)
                raise
            return await self._once(step, await self._reopen(loss), wait, doing, *queries)

    async def _once(
        self,
        step: Callable[[Connection], Awaitable[T]],
        connection: Connection,
        wait: float | None,
        doing: str,
        *queries: Query,
    ) -> T:
        connection.patience = wait
        async with losses.translated(connection, doing, *queries):
            return await step(connection)

    async def _reopen(self, loss: ConnectionLost) -> Connection:
        await self.close()
        try:
            connection = await self._connected(again=True)
        except ConnectionFailed as failure:
            failure.detail = f"{failure.detail}\n{loss.title} It could not be opened again.".strip()
            raise failure from loss
        if self.lost is not None:
            why = loss.detail.partition("\n")[0]
            self.lost(f"The connection was lost and is open again; nothing was lost with it. {why}".strip())
        return connection


def beginning(limits: settings.Limits) -> float | None:
    """Return the seconds that BEGIN may take with a statement that may wait for a lock."""
    return BEGINNING + limits.lock if limits.lock else None


def patience(limits: settings.Limits) -> float | None:
    """Return how long we wait for a server that ought to give up by itself after `limits`, in seconds."""
    return limits.statement + _GRACE if limits.statement else None
