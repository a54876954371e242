"""The driver's pipeline, without the request to flush that it sends after its last Sync.

The Sync alone has the server send everything. A Flush behind it is read when the server has begun to wait for us: it
takes the wait for ended, and its idle_in_transaction_session_timeout for no longer needed. A client that falls silent
then would hold its locks for ever.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import psycopg
from psycopg.generators import fetch_many, send


class Pipeline(psycopg.AsyncPipeline):
    """A pipeline whose last word is Sync."""

    _ended = False

    def ask_for_answers(self) -> None:
        """Have the server answer what stands before this as soon as it is done, and not at the end of all."""
        self.command_queue.append(self.pgconn.send_flush_request)

    async def end(self) -> None:
        """Send the last word now, so that it does not cost a round trip of its own after the last answer."""
        self._enqueue_sync()
        self._ended = True
        async with self._lock:
            await self._conn.wait(self._communicate_gen())

    async def answer(self) -> None:
        """Wait for the answer to the oldest statement that has none yet. Raises what it says."""
        async with self._lock:
            await self._conn.wait(self._answer_gen())

    def _answer_gen(self) -> Generator[Any, Any, None]:
        yield from send(self.pgconn)
        results = yield from fetch_many(self.pgconn)
        if not results or not self.result_queue:
            raise psycopg.InternalError("the server has answered less than it was asked")
        self._process_results(self.result_queue.popleft(), results)

    def _exit_gen(self) -> Generator[Any, Any, None]:
        # As in psycopg 3.3, but for flush=True; tests/db/test_pipeline.py tells when the driver has changed. What is
        # too large for the socket's buffer is not sent wholly yet, and the server waits for the rest of it.
        if not self._ended:
            self._enqueue_sync()
        try:
            yield from self._communicate_gen()
        finally:
            yield from send(self.pgconn)
            yield from self._fetch_gen(flush=False)
