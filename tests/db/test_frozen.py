"""A server that is silent: nobody waits longer than agreed, and nothing is said to be cancelled that may go on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.errors import ConnectionLost, Interrupted, Unreachable
from tests.proxy import Proxy

ONE = Query("SELECT 1")
PID = Query("SELECT pg_catalog.pg_backend_pid()")

NOT_FOR_EVER = 50  # seconds: less than what any statement here may take, more than a slow machine wants

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
async def session(far: Target) -> AsyncIterator[Session]:
    """Return a session through the proxy that has read once."""
    async with await Session.open(far, what="test") as opened:
        await opened.read(ONE)
        yield opened


async def test_reading_gives_up(session: Session, proxy: Proxy) -> None:
    proxy.freeze()
    async with asyncio.timeout(NOT_FOR_EVER):
        with pytest.raises(ConnectionLost, match="did not answer in time while reading") as caught:
            await session.read(ONE, timeout=0.1)
    assert "whether the server is still at work is not known" in caught.value.detail
    proxy.thaw()
    assert await session.read(ONE) == [[(1,)]]


async def test_reading_gives_up_on_a_process_that_is_stopped(straight: Session) -> None:
    [[(pid,)]] = await straight.read(Query("SELECT pg_catalog.pg_backend_pid()"))
    os.kill(pid, signal.SIGSTOP)
    try:
        async with asyncio.timeout(NOT_FOR_EVER):
            with pytest.raises(ConnectionLost, match="did not answer in time"):
                await straight.read(ONE, timeout=0.1)
    finally:
        os.kill(pid, signal.SIGCONT)


async def test_a_stream_gives_up_and_says_what_came(session: Session, proxy: Proxy) -> None:
    stream = session.stream("SELECT i, repeat('x', 10000) FROM generate_series(1, 10000) i", size=10, timeout=60)
    await anext(stream)
    await anext(stream)
    proxy.freeze()
    assert session._connection is not None
    session._connection.patience = 0.3  # only now: what went well had time
    async with asyncio.timeout(NOT_FOR_EVER):
        with pytest.raises(ConnectionLost, match="did not answer in time") as caught:
            [part async for part in stream]
    assert "rows had come; the rest is missing" in caught.value.detail


async def test_leaving_a_stream_does_not_wait(session: Session, proxy: Proxy) -> None:
    stream = session.stream("SELECT i, repeat('x', 10000) FROM generate_series(1, 10000) i", size=10, timeout=60)
    await anext(stream)
    proxy.freeze()
    async with asyncio.timeout(NOT_FOR_EVER):  # five seconds are the driver's own, for its request to cancel
        await stream.aclose()
    proxy.thaw()
    assert await session.read(ONE) == [[(1,)]]


async def test_a_write_with_a_timeout_gives_up(session: Session, proxy: Proxy) -> None:
    async with asyncio.timeout(NOT_FOR_EVER):
        with pytest.raises(ConnectionLost, match="did not answer in time") as caught:
            async with session.writing(consent(session.target, action="test"), statement_timeout=0.1) as writer:
                proxy.freeze()
                await writer.execute("SELECT 1")
    assert "not been committed" in caught.value.detail


async def test_a_write_does_not_even_begin(session: Session, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.db.session.BEGINNING", 0.3)
    proxy.freeze()
    async with asyncio.timeout(NOT_FOR_EVER):
        with pytest.raises(ConnectionLost, match="did not answer in time"):
            async with session.writing(consent(session.target, action="test")):
                pytest.fail("it has begun")


async def test_a_commit_without_an_answer_is_unknown(session: Session, proxy: Proxy) -> None:
    async def write() -> None:
        async with session.writing(consent(session.target, action="test")) as writer:
            await writer.execute("SELECT 1")
            proxy.freeze_at("COMMIT")

    task = asyncio.create_task(write())
    await asyncio.to_thread(proxy.frozen.wait, 60)
    task.cancel()
    async with asyncio.timeout(NOT_FOR_EVER):
        with pytest.raises(ConnectionLost, match="whether it was committed is not known"):
            await task


async def test_a_cancel_that_is_not_answered_is_not_confirmed(
    session: Session, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server would go on for a minute: what gives up is our patience."""
    monkeypatch.setattr("console.db.connecting.line._GRACE", -58)
    reading = asyncio.create_task(session.read(Query("SELECT pg_catalog.pg_sleep(60)"), timeout=60))
    async with asyncio.timeout(NOT_FOR_EVER):
        while not session.busy:
            await asyncio.sleep(0.01)
        proxy.freeze()
        monkeypatch.setattr("console.db.connecting.line._GRACE", 0.2)
        assert not await session.cancel()
        with pytest.raises(ConnectionLost):
            await reading


async def test_a_cancel_that_is_lost_is_asked_for_again(
    session: Session, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that reaches the server before its statement does nothing."""
    monkeypatch.setattr("console.db.connecting.line._GRACE", NOT_FOR_EVER)
    reading = asyncio.create_task(session.read(Query("SELECT pg_catalog.pg_sleep(60)"), timeout=90))
    async with asyncio.timeout(NOT_FOR_EVER):
        while not session.busy:
            await asyncio.sleep(0.01)
    proxy.swallow_cancels(2)
    assert await session.cancel()
    with pytest.raises(Interrupted):
        await reading


async def test_a_cancelled_task_asks_again_too(session: Session, proxy: Proxy) -> None:
    [[pid]] = await session.read(PID)
    reading = asyncio.create_task(session.read(Query("SELECT pg_catalog.pg_sleep(60)"), timeout=90))
    async with asyncio.timeout(NOT_FOR_EVER):
        while not session.busy:
            await asyncio.sleep(0.01)
    proxy.swallow_cancels(2)
    reading.cancel()
    async with asyncio.timeout(NOT_FOR_EVER):
        with pytest.raises(asyncio.CancelledError):
            await reading
    assert await session.read(PID) == [[pid]]


async def test_connecting_gives_up(far: Target, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.db.connecting.opening._PATIENCE", 1)
    monkeypatch.setattr("console.db.connecting.opening._TIMEOUT", 2)
    proxy.freeze()
    async with asyncio.timeout(NOT_FOR_EVER):
        with pytest.raises(Unreachable, match="Nothing answered in time"):
            await Session.open(far)
