"""What the server is told at the end of a message: nothing that keeps its own timeouts from ending a silent client."""

from __future__ import annotations

import asyncio
import time

import psycopg
import pytest

from console.db.query import Query
from console.db.session import Session
from console.db.settings import Bounds, bounded
from console.errors import ConnectionLost
from tests.databases import Databases
from tests.migrations.project import agreed

SLOW = Query("SELECT pg_catalog.pg_sleep(0.05)")  # so that all is sent before the first answer comes
PID = Query("SELECT pg_catalog.pg_backend_pid()")


def silent_until_ended(onlooker: psycopg.Connection, pid: int) -> None:
    """Let nothing of ours run, as in a program that is stopped, until the server has ended a process."""
    until = time.monotonic() + 60
    while onlooker.execute("SELECT FROM pg_stat_activity WHERE pid = %s", [pid]).fetchall():
        assert time.monotonic() < until
        time.sleep(0.01)


async def test_the_server_ends_a_silent_transaction(session: Session, databases: Databases) -> None:
    with databases.connect() as onlooker, pytest.raises(ConnectionLost, match="lost"):
        async with session.writing(agreed(session.target)) as writer:
            await writer.read(
                Query("SELECT pg_catalog.set_config('idle_in_transaction_session_timeout', '200ms', true)")
            )
            [[(pid,)], _] = await writer.read(PID, SLOW)
            silent_until_ended(onlooker, pid)
            await writer.execute(SLOW.sql)


async def test_bounds_hold_for_a_silent_client_as_well(session: Session, databases: Databases) -> None:
    with databases.connect() as onlooker, pytest.raises(ConnectionLost, match="lost"):
        async with session.writing(agreed(session.target)) as writer:
            _, [(pid,)], _ = await writer.read(bounded(Bounds(60, 60, 0.2)), PID, SLOW)
            silent_until_ended(onlooker, pid)
            await writer.execute(SLOW.sql)


async def test_what_is_larger_than_any_buffer_is_sent_to_its_end(session: Session) -> None:
    """The server waits for the end of a message, and the driver for its answer: one of them has to go on."""
    sizes = [1 << power for power in range(14, 25)]
    length = "SELECT pg_catalog.length(%(text)s::text)"
    async with asyncio.timeout(120), session.writing(agreed(session.target)) as writer:
        for size in sizes:
            assert await writer.read(Query(length, {"text": "x" * size})) == [[(size,)]]
        both = [Query(length, {"text": "x" * size}) for size in sizes]
        assert await writer.read(*both) == [[(size,)] for size in sizes]
