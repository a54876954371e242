"""The driver's pipeline, without the request to flush that it sends after its last Sync.

The Sync alone has the server send everything. A Flush behind it is read when the server has begun to wait for us: it
takes the wait for ended, and its idle_in_transaction_session_timeout for no longer needed. A client that falls silent
then would hold its locks for ever.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import psycopg
from psycopg.generators import send


class Pipeline(psycopg.AsyncPipeline):
    """A pipeline whose last word is Sync."""

    def _exit_gen(self) -> Generator[Any, Any, None]:
        # As in psycopg 3.3, but for flush=True; tests/db/test_pipeline.py tells when the driver has changed. What is
        # too large for the socket's buffer is not sent wholly yet, and the server waits for the rest of it.
        self._enqueue_sync()
        try:
            yield from self._communicate_gen()
        finally:
            yield from send(self.pgconn)
            yield from self._fetch_gen(flush=False)
