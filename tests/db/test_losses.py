"""What a lost connection means: reading comes back, a stream says what is missing, a write is not sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.errors import ConnectionLost, StatementFailed, Unreachable
from tests.databases import Databases
from tests.proxy import Proxy

ONE = Query("SELECT 1")
COUNT = Query("SELECT count(*) FROM public.t")


@pytest.fixture
def said() -> list[str]:
    """Collect what a session says of losses."""
    return []


@pytest.fixture
async def session(far: Target, said: list[str]) -> AsyncIterator[Session]:
    """Return a session through the proxy that has read once, on a database with an empty table."""
    async with await Session.open(far, what="test") as opened:
        opened.lost = said.append
        async with opened.writing(consent(far, action="test")) as writer:
            await writer.execute("CREATE TABLE t (i int)")
        await opened.read(ONE)
        yield opened


async def test_a_reader_comes_back_after_an_idle_loss(session: Session, proxy: Proxy, said: list[str]) -> None:
    proxy.cut()
    assert await session.read(ONE) == [[(1,)]]
    [sentence] = said
    assert "open again; nothing was lost" in sentence


async def test_a_reader_whose_answer_is_lost_reads_again(session: Session, proxy: Proxy, said: list[str]) -> None:
    proxy.cut_at("SELECT 42", answered=True)
    assert await session.read(Query("SELECT 42")) == [[(42,)]]
    assert len(said) == 1
    assert proxy.connections == 2


async def test_a_reader_reads_again_once_and_no_more(session: Session, proxy: Proxy) -> None:
    proxy.cut_at("SELECT 42")
    proxy.cut_at("SELECT 42")
    with pytest.raises(ConnectionLost, match="lost while reading"):
        await session.read(Query("SELECT 42"))
    assert await session.read(ONE) == [[(1,)]]


async def test_a_backend_that_was_terminated_is_replaced(
    session: Session, databases: Databases, said: list[str]
) -> None:
    terminate(databases, session)
    assert await session.read(ONE) == [[(1,)]]
    assert len(said) == 1
    assert "\n" not in said[0]


async def test_what_is_known_of_the_server_is_asked_again(session: Session, proxy: Proxy) -> None:
    before = session.server
    proxy.cut()
    await session.read(ONE)
    assert session.server is not None
    assert before is not None
    assert session.server.pid != before.pid
    assert not session.greeted_by_another


async def test_a_stream_begins_again_after_an_idle_loss(session: Session, proxy: Proxy, said: list[str]) -> None:
    proxy.cut()
    _, rows = [part async for part in session.stream("SELECT 1")]
    assert rows == [("1",)]
    assert len(said) == 1


async def test_a_stream_that_breaks_off_says_what_came(session: Session, databases: Databases) -> None:
    stream = session.stream("SELECT i, repeat('x', 1000) FROM generate_series(1, 100000) i", size=10)
    await anext(stream)
    await anext(stream)
    terminate(databases, session)
    with pytest.raises(ConnectionLost, match="lost while running the query") as caught:
        [part async for part in stream]
    assert "rows had come; the rest is missing" in caught.value.detail
    assert await session.read(ONE) == [[(1,)]]


async def test_a_write_begins_on_a_new_connection_after_an_idle_loss(
    session: Session, proxy: Proxy, said: list[str]
) -> None:
    proxy.cut()
    async with session.writing(consent(session.target, action="test")) as writer:
        await writer.execute("INSERT INTO t VALUES (1)")
    assert await session.read(COUNT) == [[(1,)]]
    assert len(said) == 1


@pytest.mark.parametrize("answered", [False, True])
async def test_a_write_that_is_cut_leaves_nothing_and_is_not_sent_again(
    session: Session, proxy: Proxy, *, answered: bool
) -> None:
    with pytest.raises(ConnectionLost) as caught:
        async with session.writing(consent(session.target, action="test")) as writer:
            await writer.execute("INSERT INTO t VALUES (1)")
            proxy.cut_at("VALUES (2)", answered=answered)
            await writer.execute("INSERT INTO t VALUES (2)")
    assert "not been committed: nothing of it remains" in caught.value.detail
    assert await session.read(COUNT) == [[(0,)]]


@pytest.mark.parametrize(("answered", "rows"), [(False, 0), (True, 1)])
async def test_a_commit_that_is_cut_is_unknown_and_said_so(
    session: Session, proxy: Proxy, rows: int, *, answered: bool
) -> None:
    with pytest.raises(ConnectionLost, match="whether it was committed is not known") as caught:
        async with session.writing(consent(session.target, action="test"), doing="adding one") as writer:
            await writer.execute("INSERT INTO t VALUES (1)")
            proxy.cut_at("COMMIT", answered=answered)
    assert "adding one" in caught.value.title
    assert "nothing of it remains" not in caught.value.detail
    assert "Look whether" in caught.value.hint
    assert await session.read(COUNT) == [[(rows,)]]


async def test_a_statement_outside_a_transaction_that_is_cut_is_unknown(session: Session, proxy: Proxy) -> None:
    with pytest.raises(ConnectionLost) as caught:
        async with session.alone(consent(session.target, action="test")) as writer:
            proxy.cut_at("VACUUM", answered=True)
            await writer.execute("VACUUM t")
    assert "Whether the statement was carried out is not known" in caught.value.detail


async def test_a_transaction_that_the_server_undid_is_not_called_committed(session: Session) -> None:
    with pytest.raises(StatementFailed, match="was not committed"):
        async with session.writing(consent(session.target, action="test"), doing="adding one") as writer:
            with pytest.raises(StatementFailed):
                await writer.execute("SELECT 1/0")


async def test_a_commit_is_carried_through_though_its_task_is_cancelled(session: Session, proxy: Proxy) -> None:
    reached: list[str] = []

    async def write() -> None:
        async with session.writing(consent(session.target, action="test"), doing="adding one") as writer:
            await writer.execute("INSERT INTO t VALUES (1)")
            proxy.freeze_at("COMMIT")
        reached.append("the end")

    task = asyncio.create_task(write())
    await asyncio.to_thread(proxy.frozen.wait, 60)
    task.cancel()
    proxy.thaw()
    with pytest.raises(asyncio.CancelledError, match="Adding one was committed before it could be stopped"):
        await task
    assert reached == ["the end"]
    assert await session.read(COUNT) == [[(1,)]]


async def test_a_server_that_is_gone_for_good_is_said_to_be(session: Session, proxy: Proxy, impatient: None) -> None:
    proxy.close()
    with pytest.raises(Unreachable, match="Nothing answers there") as caught:
        await session.read(ONE)
    assert "The connection was lost while reading. It could not be opened again." in caught.value.detail


def terminate(databases: Databases, session: Session) -> None:
    """End the session's process on the server."""
    with databases.connect(session.target.database) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'dbconsole/test'"
        )
