"""Traffic on a real database, with a clock that the test turns: what it does is seen, and nothing of it stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import Any

import psycopg
import pytest

from console.config import names
from console.config.profile import Target
from console.db.session import Session
from console.demo.traffic import Traffic, statements
from console.demo.traffic_acts import Acting, WallClock
from console.demo.traffic_schedule import USUAL, Act, Kind, Pace, Rhythm
from console.errors import StatementFailed
from console.sql import queries
from tests.databases import Databases
from tests.demo.clock import Clock, until

SESSIONS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name ^@ 'demo traffic/'"
QUICK = Rhythm(MappingProxyType({**USUAL, Kind.SLOW: Pace(3, 5, (0.01, 0.02))}), rows=8)


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    """Return a demo database as it is when it was built."""
    return replace(make_database("skintwin"), demo="skintwin")


@pytest.fixture
def behind(target: Target, databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection that looks on."""
    with databases.connect(target) as connection:
        yield connection


@asynccontextmanager
async def running(target: Target, clock: Clock, rhythm: Rhythm = QUICK) -> AsyncIterator[Traffic]:
    """Run traffic for as long as the block lasts."""
    traffic = Traffic(target, lambda: None, clock=clock, chance=Random(3), rhythm=rhythm)
    task = asyncio.create_task(traffic.run())
    try:
        yield traffic
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def one(connection: psycopg.Connection[Any], sql: str) -> Any:
    """Return the only value of a row, None without a row."""
    row = connection.execute(sql.encode()).fetchone()
    return row[0] if row else None


def tasks(connection: psycopg.Connection[Any]) -> int:
    """Count the traffic's rows in the table that it writes to most."""
    return int(one(connection, "SELECT count(*) FROM ceo_task_log WHERE task_id ^@ 'traffic-'"))


def contents(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Return a digest of the rows of every table."""
    tables = connection.execute("""
        SELECT oid::regclass::text FROM pg_class
        WHERE relkind = 'r' AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
    """).fetchall()
    digest = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} AS t"
    return {table: one(connection, digest.format(table)) for (table,) in tables}


class TestOnTheClock:
    async def test_rows_come_and_go(self, target: Target, behind: psycopg.Connection[Any]) -> None:
        before = contents(behind)
        clock = Clock()
        async with running(target, clock) as traffic:
            await clock.pass_until(lambda: tasks(behind) > 3)
            assert contents(behind) != before
            assert traffic.word == "traffic"
        assert contents(behind) == before, "it has touched no row but its own, and those are gone"

    async def test_there_are_never_more_than_so_many(self, target: Target, behind: psycopg.Connection[Any]) -> None:
        clock = Clock()
        async with running(target, clock) as traffic:
            await clock.pass_by(60)
            for table, key in (
                ("ceo_task_log", "task_id"),
                ("skin_twin.hypergraph_nodes", "id"),
                ("skin_twin.hypergraph_edges", "source_id"),
                ("skin_twin.audit_log", "entity_id"),
            ):
                found = f"SELECT count(*) FROM {table} WHERE {key} ^@ 'traffic-'"
                await until(lambda found=found: one(behind, found) > 0)  # type: ignore[misc]
                assert one(behind, found) <= QUICK.rows + 2, table  # two have names: contested, forgotten
            assert len(behind.execute(SESSIONS).fetchall()) <= 5
            assert traffic.failed == 0, "what fails on purpose does not count"

    async def test_a_lock_is_waited_for(self, target: Target, behind: psycopg.Connection[Any]) -> None:
        blocked = """
            SELECT array[a.application_name, b.application_name] FROM pg_stat_activity AS a
            JOIN pg_stat_activity AS b ON b.pid = ANY (pg_blocking_pids(a.pid))
            WHERE a.datname = current_database() AND a.wait_event_type = 'Lock' AND b.state = 'idle in transaction'
        """
        clock = Clock()
        async with running(target, clock):
            await clock.pass_until(lambda: one(behind, blocked) is not None)
            await until(lambda: one(behind, blocked) == ["demo traffic/queue", "demo traffic/worker"])
            await clock.pass_by(10)
            await until(lambda: one(behind, blocked) is None)

    async def test_a_transaction_is_forgotten(self, target: Target, behind: psycopg.Connection[Any]) -> None:
        idle = """
            SELECT backend_xid IS NOT NULL FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'demo traffic/notebook'
                AND state = 'idle in transaction'
        """
        clock = Clock()
        async with running(target, clock):
            await clock.pass_until(lambda: one(behind, idle) is True)
            await clock.pass_by(30)
            await until(lambda: one(behind, idle) is None)

    async def test_a_statement_is_slow(self, target: Target, behind: psycopg.Connection[Any]) -> None:
        active = """
            SELECT application_name FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event = 'PgSleep' AND application_name ^@ 'demo'
        """
        slow = Rhythm(MappingProxyType({Kind.SLOW: Pace(1, 60, (5, 5))}))
        clock = Clock()
        async with running(target, clock, slow):
            await clock.pass_until(lambda: one(behind, active) == "demo traffic/report")
        await until(lambda: one(behind, active) is None)  # cancelled, not waited for

    async def test_it_leaves_in_the_middle_of_everything(self, target: Target, behind: psycopg.Connection[Any]) -> None:
        before = contents(behind)
        held = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        idle = "SELECT FROM pg_stat_activity WHERE application_name = 'demo traffic/notebook' AND state ^@ 'idle in'"
        clock = Clock()
        rhythm = Rhythm(
            MappingProxyType(
                {**USUAL, Kind.LOCK: Pace(1, 500, (90, 90)), Kind.IDLE: Pace(2, 90, (90, 90)), Kind.SLOW: Pace(2, 9)}
            )
        )
        async with running(target, clock, rhythm):
            await clock.pass_until(lambda: bool(one(behind, held)) and bool(behind.execute(idle).fetchall()))
        assert contents(behind) == before
        await until(lambda: not behind.execute(SESSIONS).fetchall())


class TestWhatWasThereBefore:
    async def test_rows_of_a_killed_one_go_first(self, target: Target, behind: psycopg.Connection[Any]) -> None:
        before = contents(behind)
        acting = Acting(target, WallClock(), rows=60)
        for name in statements("skintwin"):
            if "insert_" in name:
                await acting.do(Act(0, Kind.INSERT, name, row=41))
        await acting.close()
        assert tasks(behind) == 1
        clock = Clock()
        async with running(target, clock, Rhythm(MappingProxyType({Kind.READ: Pace(1, 1)}))):
            await until(lambda: tasks(behind) == 0)
            assert contents(behind) == before


class TestADatabaseThatGoes:
    async def test_is_survived(self, target: Target, databases: Databases) -> None:
        clock = Clock()
        async with running(target, clock) as traffic:
            with databases.connect(target) as behind:
                await clock.pass_until(lambda: tasks(behind) > 0)
            databases.drop(target)
            await clock.pass_until(lambda: traffic.failed > 1)
            assert traffic.word == f"traffic ({traffic.failed} failed)"
            again = databases.make("skintwin")
            with databases.connect() as maintenance:
                maintenance.execute(f'ALTER DATABASE "{again.database}" RENAME TO "{target.database}"'.encode())
            with databases.connect(target) as behind:
                await clock.pass_until(lambda: tasks(behind) > 0)

    async def test_does_not_keep_it_from_ending(self, target: Target, databases: Databases) -> None:
        clock = Clock()
        async with running(target, clock) as traffic:
            databases.drop(target)
            await clock.pass_until(lambda: traffic.failed > 1)


@pytest.mark.parametrize("demo", names.DEMOS)
class TestStatements:
    """Of each system, on a database as the demo has it."""

    @pytest.fixture
    def built(self, demo: str, databases: Databases, make_database: Callable[..., Target]) -> Target:
        return replace(make_database(built_source(demo)), demo=demo)

    async def test_they_run_and_leave_nothing(self, demo: str, built: Target, databases: Databases) -> None:
        with databases.connect(built) as behind:
            before = contents(behind)
            acting = Acting(built, WallClock(), rows=60)
            for row in (0, 1, 2, 0, 59):
                for kind in (Kind.INSERT, Kind.UPDATE, Kind.UPDATE, Kind.READ, Kind.IDLE, Kind.LOCK, Kind.SLOW):
                    for name in of_kind(demo, kind):
                        await acting.do(Act(0, kind, name, row, seconds=0.0))
            assert contents(behind) != before
            for name in of_kind(demo, Kind.DELETE):
                await acting.do(Act(0, Kind.DELETE, name, row=0))
            await acting.sweep([name for name in statements(demo) if "/sweep_" in name])
            await acting.close()
            assert contents(behind) == before

    async def test_writing_ones_write(self, demo: str, built: Target, databases: Databases) -> None:
        with databases.connect(built) as behind:
            acting = Acting(built, WallClock(), rows=60)

            async def writes(kind: Kind, name: str, row: int) -> None:
                before = contents(behind)
                await acting.do(Act(0, kind, name, row))
                assert contents(behind) != before, name

            for row, name in enumerate(of_kind(demo, Kind.INSERT)):
                await writes(Kind.INSERT, name, row)
            for row, kind in ((20, Kind.UPDATE), (21, Kind.DELETE)):
                for name in of_kind(demo, kind):
                    for other in of_kind(demo, Kind.INSERT):  # one may have taken with it what the next is for
                        await acting.do(Act(0, Kind.INSERT, other, row))
                    await writes(kind, name, row)
            await acting.close()

    async def test_wrong_ones_fail(self, demo: str, built: Target) -> None:
        acting = Acting(built, WallClock(), rows=60)
        async with await Session.open(built, what="test") as session:
            for name in of_kind(demo, Kind.ERROR):
                with pytest.raises(StatementFailed):
                    async with session.writing(acting.word) as writer:
                        await writer.execute(queries.load(name), {"row": 0, "rows": 60, "seconds": 0})
                await acting.do(Act(0, Kind.ERROR, name, row=0))
        await acting.close()

    def test_there_is_something_of_every_kind(self, demo: str) -> None:
        assert all(of_kind(demo, kind) for kind in Kind)
        assert len({name.rpartition("/")[2] for name in statements(demo)}) == len(statements(demo))


def of_kind(demo: str, kind: str) -> list[str]:
    return [name for name in statements(demo) if name.rpartition("/")[2].startswith(f"{kind}_")]


def built_source(demo: str) -> str:
    """Return the SQL that makes a demo: its folder's up files as far as it goes, and the data."""
    sample = names.DEMOS[demo]
    folder = queries.folder("migrations") / sample.folder
    ups = sorted(path for path in folder.glob("*.up.sql") if sample.to is None or path.name[:4] <= sample.to)
    return ";\n".join(path.read_text("utf-8") for path in [*ups, folder / "data.sql"])
