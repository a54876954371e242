"""What the server is told at the end of a message: nothing that keeps its own timeouts from ending a silent client."""

from __future__ import annotations

import asyncio
import time

import pytest

from console.db.query import Query
from console.db.session import Session
from console.db.settings import Bounds, bounded
from console.errors import ConnectionLost
from tests.migrations.project import agreed

SLOW = Query("SELECT pg_catalog.pg_sleep(0.05)")  # so that all is sent before the first answer comes


async def test_the_server_ends_a_silent_transaction(session: Session) -> None:
    with pytest.raises(ConnectionLost, match="lost"):
        async with session.writing(agreed(session.target)) as writer:
            await writer.read(
                Query("SELECT pg_catalog.set_config('idle_in_transaction_session_timeout', '200ms', true)")
            )
            await writer.execute(SLOW.sql)
            time.sleep(0.6)  # noqa: ASYNC251 - nothing of ours runs meanwhile, as in a program that is stopped
            await writer.execute(SLOW.sql)


async def test_bounds_hold_for_a_silent_client_as_well(session: Session) -> None:
    with pytest.raises(ConnectionLost, match="lost"):
        async with session.writing(agreed(session.target)) as writer:
            await writer.read(bounded(Bounds(5, 5, 0.2)), SLOW)
            time.sleep(0.6)  # noqa: ASYNC251
            await writer.execute(SLOW.sql)


async def test_what_is_larger_than_any_buffer_is_sent_to_its_end(session: Session) -> None:
    """The server waits for the end of a message, and the driver for its answer: one of them has to go on."""
    sizes = [1 << power for power in range(14, 25)]
    length = "SELECT pg_catalog.length(%(text)s::text)"
    async with asyncio.timeout(30), session.writing(agreed(session.target)) as writer:
        for size in sizes:
            assert await writer.read(Query(length, {"text": "x" * size})) == [[(size,)]]
        both = [Query(length, {"text": "x" * size}) for size in sizes]
        assert await writer.read(*both) == [[(size,)] for size in sizes]
