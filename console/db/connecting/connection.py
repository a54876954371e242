"""One connection to a server that never waits for ever, and knows why it ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator
from typing import Any

import psycopg
from psycopg.pq import PipelineStatus
from psycopg.rows import TupleRow

from console.db.connecting.pipeline import Pipeline

# What the driver warns of, we raise or say ourselves; without a handler it would write across the screen.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

AGAIN = 0.5  # seconds after which a request to cancel is sent anew: one that overtakes its statement is lost


class Connection(psycopg.AsyncConnection[TupleRow]):
    """The driver's connection with patience.

    `patience` is how many seconds one wait for the server may take, None without bound. A server that takes longer is
    given up: the socket is cut, whatever was asked fails at once, and `gave_up` is true. Nothing else would help, since
    a server that is frozen does not answer a request to cancel either. `stopped` tells whether we have asked the server
    to cancel since it was last set to False: what it then says need not be understood, in whatever language.
    """

    patience: float | None = None
    gave_up = False
    stopped = False
    _again: asyncio.Task[None] | None = None

    async def wait(self, *args: Any, **kwargs: Any) -> Any:
        """Wait for the server; everything that the driver does on this connection comes through here."""
        timer = (
            asyncio.get_running_loop().call_later(self.patience, self._give_up) if self.patience is not None else None
        )
        try:
            return await super().wait(*args, **kwargs)
        finally:
            if timer is not None:
                timer.cancel()
            if self._again is not None:
                self._again.cancel()
                self._again = None

    @contextlib.asynccontextmanager
    async def pipeline(self) -> AsyncIterator[Pipeline]:
        """Send several statements in one message, of our own kind."""
        if self._pipeline is None:
            self._pipeline = Pipeline(self)
        async with super().pipeline() as pipeline:
            assert isinstance(pipeline, Pipeline)
            yield pipeline

    async def cancel_safe(self, *, timeout: float = 30.0) -> None:
        """Ask the server to end what runs; the driver asks the same way when a task is cancelled."""
        self.stopped = True
        await super().cancel_safe(timeout=min(timeout, self.patience or timeout))

    async def _try_cancel(self, *, timeout: float = 5.0) -> None:
        """Ask as the driver does when a task is cancelled, and go on asking while it waits."""
        await super()._try_cancel(timeout=timeout)
        self._again = asyncio.create_task(self._ask_again(timeout))

    async def _ask_again(self, timeout: float) -> None:
        while True:
            await asyncio.sleep(AGAIN)
            await super()._try_cancel(timeout=timeout)

    @property
    def stuck(self) -> bool:
        """Whether what was cut short has left it in a pipeline, in which nothing else can be asked."""
        return self.pgconn.pipeline_status != PipelineStatus.OFF

    def _give_up(self) -> None:
        self.gave_up = True
        self.cut()

    def cut(self) -> None:
        """Break the connection off: whoever waits for it hears so at once."""
        with contextlib.suppress(OSError, psycopg.OperationalError), _same_socket(self.pgconn.socket) as mine:
            mine.shutdown(socket.SHUT_RDWR)


def _same_socket(descriptor: int) -> socket.socket:
    """Return a second handle: the driver's own stays open until the driver closes it."""
    return socket.socket(fileno=os.dup(descriptor))
