"""A session reads in one round trip, streams, writes with consent and cancels; so it does behind a pooler."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg
import pytest

from console.config.profile import Guard, Target
from console.db.guard import consent
from console.db.query import Columns, Query
from console.db.session import Session
from console.errors import ConsoleError, Interrupted, Refused, StatementFailed, TimedOut
from tests.databases import Databases


def q(text: str) -> Query:
    return Query(text)  # type: ignore[arg-type]


_TABLES = q("SELECT c.relname FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::pg_catalog.regnamespace")


async def test_several_queries_take_one_round_trip(session: Session) -> None:
    rows = await session.read(q("SELECT 1"), q("SELECT x FROM pg_catalog.generate_series(1, 3) x"))
    assert rows == [[(1,)], [(1,), (2,), (3,)]]
    assert session.trips == 1


async def test_the_first_read_tells_who_is_there(session: Session, databases: Databases) -> None:
    await session.read(q("SELECT 1"))
    assert session.server is not None
    assert session.server.major == databases.server.installation.version
    assert session.server.role == "postgres"


async def test_a_reader_cannot_write(session: Session) -> None:
    with pytest.raises(StatementFailed, match="read-only"):
        await session.read(q("CREATE TABLE t()"))
    assert await session.read(q("SELECT pg_catalog.to_regclass('public.t')")) == [[(None,)]]


async def test_settings_leave_nothing_behind(session: Session) -> None:
    await session.read(q("SELECT 1"), timeout=1)
    [[(timeout,)], [(path,)]] = await session.read(
        q("SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'statement_timeout'"),
        q("SELECT pg_catalog.current_setting('search_path')"),
    )
    assert (timeout, path) == ("0", "")


async def test_a_statement_that_takes_too_long_is_ended_by_the_server(session: Session) -> None:
    with pytest.raises(TimedOut):
        await session.read(q("SELECT pg_catalog.pg_sleep(10)"), timeout=0.05)
    assert await session.read(q("SELECT 1")) == [[(1,)]]


async def test_streaming_gives_text_in_batches(session: Session) -> None:
    sql = "SELECT i, NULL, 'infinity'::timestamptz, ARRAY[1,2] FROM generate_series(1, 5) i"
    parts = [part async for part in session.stream(sql, size=2)]
    assert isinstance(parts[0], Columns)
    assert [column.name for column in parts[0].columns] == ["i", "?column?", "timestamptz", "array"]
    assert parts[1] == [("1", None, "infinity", "{1,2}"), ("2", None, "infinity", "{1,2}")]
    assert [len(part) for part in parts[1:]] == [2, 2, 1]


async def test_a_stream_without_rows_still_has_a_head(session: Session) -> None:
    [head] = [part async for part in session.stream("SELECT 1 AS one WHERE false")]
    assert isinstance(head, Columns)
    assert head.columns[0].name == "one"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1; CREATE TABLE t()",
        "COMMIT; CREATE TABLE t()",
        "SET TRANSACTION READ WRITE; CREATE TABLE t()",
        "CREATE TABLE t()",
    ],
)
async def test_a_stream_carries_one_statement_and_never_writes(session: Session, sql: str) -> None:
    with pytest.raises(StatementFailed):
        [part async for part in session.stream(sql)]
    assert await session.read(q("SELECT pg_catalog.to_regclass('public.t')")) == [[(None,)]]


async def test_an_error_knows_its_place(session: Session) -> None:
    with pytest.raises(StatementFailed) as caught:
        [part async for part in session.stream("SELECT 1,\n  nonsense")]
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert caught.value.sqlstate == "42703"


async def test_a_stream_left_early_leaves_no_transaction(session: Session, databases: Databases) -> None:
    stream = session.stream("SELECT * FROM generate_series(1, 100000)", size=10)
    await anext(stream)
    await stream.aclose()
    assert await session.read(q("SELECT 1")) == [[(1,)]]


async def test_several_looks_are_of_one_moment(session: Session, databases: Databases) -> None:
    async with session.looking() as snapshot:
        [[(path,)], before] = await snapshot.read(q("SELECT pg_catalog.current_setting('search_path')"), _TABLES)
        with databases.connect(session.target) as connection:
            connection.execute("CREATE TABLE later()")
        [after] = await snapshot.read(_TABLES)
    assert (path, before) == ("", after)
    assert await session.read(_TABLES) != [after]


async def test_a_look_that_fails_leaves_no_transaction(session: Session) -> None:
    with pytest.raises(StatementFailed, match="read-only"):
        async with session.looking() as snapshot:
            await snapshot.read(q("CREATE TABLE t()"))
    assert await session.read(q("SELECT pg_catalog.to_regclass('public.t')")) == [[(None,)]]


async def test_writing_needs_consent_for_this_target(session: Session) -> None:
    other = Target(name="elsewhere", params={}, guard=Guard.OPEN)
    with pytest.raises(Refused, match="elsewhere"):
        async with session.writing(consent(other, action="write")):
            pass


async def test_writing_commits_or_leaves_nothing(session: Session) -> None:
    word = consent(session.target, action="write")
    async with session.writing(word) as writer:
        await writer.execute("CREATE TABLE kept(i int)")
        done = await writer.execute("INSERT INTO kept VALUES (1), (2) RETURNING i")
        assert (done.tag, done.count, done.rows) == ("INSERT 0 2", 2, (("1",), ("2",)))
    with pytest.raises(StatementFailed):
        async with session.writing(word) as writer:
            await writer.execute("CREATE TABLE lost()")
            await writer.execute("SELECT 1/0")
    assert await session.read(q("SELECT relname FROM pg_catalog.pg_class WHERE relname IN ('kept', 'lost')")) == [
        [("kept",)]
    ]


async def test_a_statement_may_go_with_begin(session: Session) -> None:
    await session.read(q("SELECT 1"))
    begun, first = session.trips, q("SELECT 7, NULL, 'infinity'::date, ARRAY[1]")
    async with session.writing(consent(session.target, action="write"), first=first) as writer:
        assert writer.first == (("7", None, "infinity", "{1}"),)
        assert session.trips == begun + 1


@pytest.mark.parametrize("cut", [False, True])
async def test_one_that_fails_with_begin_leaves_no_transaction(
    session: Session, databases: Databases, cut: bool
) -> None:
    """The next one begins as ever; on a connection that is lost with it, it is sent once more, and fails again."""
    first = q("SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())" if cut else "SELECT 1 / 0")
    with pytest.raises(ConsoleError):
        async with session.writing(consent(session.target, action="write"), first=first):
            pytest.fail("nothing was to begin")
    async with session.writing(consent(session.target, action="write"), first=q("CREATE TABLE kept ()")) as writer:
        assert writer.first == ()
    with databases.connect(session.target) as other:
        assert other.execute("SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in%'").fetchall() == []
        assert other.execute("SELECT to_regclass('kept') IS NOT NULL").fetchall() == [(True,)]


async def test_a_writer_sends_one_statement_at_a_time(session: Session) -> None:
    with pytest.raises(StatementFailed, match="multiple commands"):
        async with session.writing(consent(session.target, action="write")) as writer:
            await writer.execute("CREATE TABLE a(); CREATE TABLE b()")


async def test_notices_are_kept(session: Session) -> None:
    async with session.writing(consent(session.target, action="write")) as writer:
        await writer.execute("DROP TABLE IF EXISTS nothing_there")
        assert writer.notices == [("NOTICE", 'table "nothing_there" does not exist, skipping')]


async def test_what_cannot_run_in_a_transaction_runs_alone(session: Session) -> None:
    async with session.alone(consent(session.target, action="vacuum")) as writer:
        assert (await writer.execute("VACUUM pg_catalog.pg_class")).tag == "VACUUM"


async def test_cancel_is_confirmed_by_the_server(session: Session, databases: Databases) -> None:
    async def sleep() -> None:
        [part async for part in session.stream("SELECT pg_sleep(30)", timeout=60)]

    running = asyncio.create_task(sleep())
    with databases.connect(session.target) as watcher:
        await _until(lambda: _active(watcher) == 1)
        assert await session.cancel()
        assert _active(watcher) == 0
    with pytest.raises(Interrupted):
        await running
    assert not await session.cancel()


async def test_a_cancelled_task_cancels_on_the_server(session: Session, databases: Databases) -> None:
    running = asyncio.create_task(session.read(q("SELECT pg_catalog.pg_sleep(30)"), timeout=60))
    with databases.connect(session.target) as watcher:
        await _until(lambda: _active(watcher) == 1)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert _active(watcher) == 0
    assert await session.read(q("SELECT 1")) == [[(1,)]]


async def test_a_connection_that_is_left_in_a_pipeline_is_not_used_again(session: Session) -> None:
    """Else nothing can be read with it any more."""
    await session.read(q("SELECT 1"))
    assert session._connection is not None
    session._connection.pgconn.enter_pipeline_mode()
    assert [part async for part in session.stream("SELECT 2 AS two")][1] == [("2",)]
    assert await session.read(q("SELECT 3")) == [[(3,)]]


def _active(watcher: psycopg.Connection[tuple[int]]) -> int:
    row = watcher.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()"
    ).fetchone()
    assert row is not None
    return row[0]


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


async def test_a_stream_that_takes_too_long_was_not_cancelled_by_anybody(session: Session) -> None:
    with pytest.raises(TimedOut):
        [part async for part in session.stream("SELECT pg_sleep(10)", timeout=0.1)]
