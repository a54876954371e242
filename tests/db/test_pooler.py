"""Behind PgBouncer in transaction mode: nothing leaks, no statement is another's, and what is between is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from console.config.profile import Target
from console.db import admission, facts
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.errors import ConsoleError, Refused, TimedOut, Unreachable
from tests.databases import Databases
from tests.db.conftest import Mortal
from tests.migrations.project import Project, tables
from tests.pooler import Pooler

pytestmark = pytest.mark.tool

ONE = Query("SELECT 1")
WATCHED = (
    "statement_timeout",
    "lock_timeout",
    "search_path",
    "default_transaction_read_only",
    "transaction_read_only",
    "transaction_isolation",
    "application_name",
    "role",
    "standard_conforming_strings",
)


@pytest.fixture(params=[1, 2])
def pooled(request: pytest.FixtureRequest, database: Target, poolers: Callable[[int], Pooler]) -> Target:
    """Return the way to the database through pools of one and of two connections."""
    return replace(poolers(request.param).target(database), origin=f"pool of {request.param}")


@pytest.fixture
def only_pooled(pooled: Target) -> Target:
    """Return the same where no way around the pooler is known."""
    return replace(pooled, direct=None)


async def test_settings_do_not_reach_other_clients(pooled: Target, databases: Databases) -> None:
    before = seen(pooled)
    async with await Session.open(pooled, what="test") as session:
        await session.read(ONE, timeout=7, lock_timeout=6)
        [part async for part in session.stream("SELECT 1", timeout=7, search_path="pg_catalog")]
        async with session.writing(consent(pooled, action="test"), statement_timeout=7, lock_timeout=6) as writer:
            await writer.execute("SET LOCAL search_path = pg_catalog")
        async with session.checking(timeout=7) as writer:
            await writer.execute("SELECT 1")
        with pytest.raises(TimedOut):
            await session.read(Query("SELECT pg_catalog.pg_sleep(10)"), timeout=0.02)
        async with session.alone(consent(pooled, action="test"), statement_timeout=7, lock_timeout=6) as writer:
            await writer.execute("SELECT 1")
        assert seen(pooled) == before


async def test_many_sessions_for_many_rounds(pooled: Target) -> None:
    """No session meets a statement that another has prepared, nor rows of another."""

    async def rounds(number: int) -> None:
        async with await Session.open(pooled, what=f"test {number}") as session:
            word = consent(pooled, action="test")
            for turn in range(10):
                mine = number * 1000 + turn
                asked = Query("SELECT %(mine)s::int", {"mine": mine})
                assert await session.read(asked, asked) == [[(mine,)]] * 2
                parts = [part async for part in session.stream(f"SELECT {mine} FROM generate_series(1, 3)")]
                assert parts[1] == [(str(mine),)] * 3
                async with session.writing(word) as writer:
                    await writer.execute("INSERT INTO t VALUES (%(mine)s)", {"mine": mine})

    async with await Session.open(pooled) as session:
        async with session.writing(consent(pooled, action="test")) as writer:
            await writer.execute("CREATE TABLE t (i int PRIMARY KEY)")
        await asyncio.gather(*map(rounds, range(5)))
        assert await session.read(Query("SELECT count(*) FROM public.t")) == [[(50,)]]


async def test_what_is_between_is_seen_and_said(pooled: Target, straight: Session) -> None:
    async with await Session.open(pooled) as session, await session.sibling("beside") as beside:
        await session.read(ONE)
        await beside.read(ONE)
        assert session.greeted_by_another
        assert beside.greeted_by_another
        assert (await facts.read(session)).pooler == "a proxy or pooler is in between"
        async with await session.sibling("after") as after:
            assert after.greeted_by_another
    await straight.read(ONE)
    async with await straight.sibling("beside") as beside:
        await beside.read(ONE)
        assert not straight.greeted_by_another
        assert not beside.greeted_by_another
    assert (await facts.read(straight)).pooler == "none"


async def test_alone_takes_the_way_around(pooled: Target) -> None:
    asked = "SELECT pg_backend_pid(), current_setting('statement_timeout')"
    word = consent(pooled, action="test")
    async with await Session.open(pooled) as session, session.alone(word, statement_timeout=7) as writer:
        assert (await writer.execute(asked)).rows == ((str(writer.greeted_by), "7s"),)
        await writer.execute("VACUUM pg_catalog.pg_class")


async def test_alone_is_refused_where_no_way_around_is_known(only_pooled: Target) -> None:
    before = seen(only_pooled)
    async with await Session.open(only_pooled) as session:
        with pytest.raises(Refused, match="through a pooler") as caught:
            async with session.alone(consent(only_pooled, action="test"), statement_timeout=7):
                pytest.fail("it must not begin")
    assert "direct_url" in caught.value.hint
    assert seen(only_pooled) == before


@pytest.mark.parametrize("sql", ["SET statement_timeout = '7s'", "SELECT set_config('search_path', 'x', false)"])
async def test_a_person_cannot_leave_settings_behind(pooled: Target, sql: str) -> None:
    before = seen(pooled)
    async with await Session.open(pooled) as session:
        with pytest.raises(ConsoleError):
            await admission.admit(session, sql)
        await drained(session, sql)  # even where the guard would let it through
    assert seen(pooled) == before


async def test_the_guard_holds_behind_the_pooler(pooled: Target) -> None:
    async with await Session.open(pooled) as session:
        for sql in ("CREATE TABLE w ()", "COMMIT; CREATE TABLE w ()", "SET TRANSACTION READ WRITE; CREATE TABLE w ()"):
            with pytest.raises(ConsoleError):
                await admission.admit(session, sql)
            with pytest.raises(ConsoleError):
                [part async for part in session.stream(sql)]
        for attempt in ("SET TRANSACTION READ WRITE", "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"):
            await drained(session, attempt)
        with pytest.raises(ConsoleError, match="read-only"):
            [part async for part in session.stream("CREATE TABLE w ()")]
        assert await session.read(Query("SELECT pg_catalog.to_regclass('public.w')")) == [[(None,)]]


async def test_cancel_ends_the_right_statement(pooled: Target) -> None:
    """The pooler forwards it to the process that works for us, and to no other."""
    async with await Session.open(pooled) as session, await Session.open(pooled) as other:
        await other.read(ONE)
        sleeping = asyncio.create_task(session.read(Query("SELECT pg_catalog.pg_sleep(30)"), timeout=60))
        async with asyncio.timeout(60):
            while not session.busy:
                await asyncio.sleep(0.01)
        reading = asyncio.create_task(other.read(ONE))
        assert await session.cancel()
        with pytest.raises(ConsoleError):
            await sleeping
        assert await reading == [[(1,)]]


async def test_a_server_that_restarts_behind_the_pooler(mortal: Mortal) -> None:
    with Pooler.before(mortal.server, size=1) as pooler:
        async with await Session.open(pooler.target(mortal.target)) as session:
            await session.read(ONE)
            mortal.stop()
            await asyncio.to_thread(mortal.start)
            assert await session.read(ONE) == [[(1,)]]


async def test_a_server_that_is_gone_behind_the_pooler(mortal: Mortal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.db.connecting.opening._PAUSES", ())
    with Pooler.before(mortal.server, size=1, patience=1) as pooler:
        target = pooler.target(mortal.target)
        mortal.stop()
        with pytest.raises(Unreachable, match="the server behind it does not"):
            await Session.open(target)


async def test_migrations_go_up_and_down_and_up(pooled: Target, tmp_path: Path) -> None:
    async with await Session.open(pooled, what="test") as session:
        project = Project(tmp_path, session)
        tables(tmp_path, 3)
        await project.up()
        assert set((await project.states()).values()) == {"applied"}
        await project.down(steps=2)
        assert list((await project.states()).values()) == ["applied", "pending", "pending"]
        await project.up()
        assert set((await project.states()).values()) == {"applied"}


async def test_two_runners_behind_one_pool_do_each_migration_once(pooled: Target, tmp_path: Path) -> None:
    tables(tmp_path, 4)
    async with await Session.open(pooled, what="test") as one, await Session.open(pooled, what="test") as two:
        await asyncio.gather(Project(tmp_path, one).up(), Project(tmp_path, two).up())
        assert set((await Project(tmp_path, one).states()).values()) == {"applied"}


async def test_an_index_is_built_concurrently_by_the_way_around(pooled: Target, tmp_path: Path) -> None:
    async with await Session.open(pooled, what="test") as session:
        project = Project(tmp_path, session)
        project.write("0001_t", "CREATE TABLE t (i int);", "DROP TABLE t;")
        project.write("0002_i", "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY i ON t (i);", "DROP INDEX i;")
        await project.up()
        assert await project.value("SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = 'public.i'::regclass")


def seen(target: Target) -> list[dict[str, str]]:
    """Return the settings that plain clients of the pool find, as many at once as it has connections."""
    with ExitStack() as held:
        clients = [held.enter_context(plain(target)) for _ in range(2)]
        held.callback(lambda: [client.rollback() for client in clients])
        return [settings(client) for client in clients[: 1 if "pool of 1" in target.origin else 2]]


def settings(client: psycopg.Connection[tuple[str, str]]) -> dict[str, str]:
    rows = client.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(WATCHED)]).fetchall()
    return dict(rows)


def plain(target: Target) -> psycopg.Connection[tuple[str, str]]:
    """Open a connection as any other client of the pool would, in a transaction from its first statement on."""
    return psycopg.connect(**target.params, prepare_threshold=None, application_name="other")  # type: ignore[arg-type]


async def drained(session: Session, sql: str) -> None:
    """Run what may be refused, as a person's statement."""
    with suppress(ConsoleError):
        [part async for part in session.stream(sql)]
