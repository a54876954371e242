"""Demo databases are built whole or not at all, one at a time, whoever asks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from console.config import names
from console.config.names import Sample
from console.config.profile import Profile
from console.db.local.embedded import Embedded
from console.demo import elsewhere, others
from console.demo.building import Building, half, is_half
from console.demo.server import Demo, database_of
from console.errors import ConsoleError, Interrupted, UsageError
from console.sql import queries
from tests.databases import Databases
from tests.demo.clock import until

QUICK = "graph-dev"  # the smallest


@pytest.fixture
def demo(server: Embedded, databases: Databases) -> Iterator[Demo]:
    """Return the demos of a server that has none yet."""
    yield Demo(server)
    for name in (*names.DEMOS, "broken"):
        for database in (database_of(name), half(database_of(name))):
            databases.drop(databases.target(database))


def there(databases: Databases) -> set[str]:
    """Return the demo databases that are there, the half ones included."""
    ours = {database_of(name) for name in names.DEMOS}
    with databases.connect() as connection:
        found = {str(name) for (name,) in connection.execute("SELECT datname FROM pg_database")}
    return {name for name in found if name in ours or is_half(name)}


def run_in(databases: Databases, demo: Demo, sql: str) -> list[tuple[object, ...]]:
    """Run a statement in the demo that is built quickly."""
    with databases.connect(demo.target(QUICK)) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


async def test_it_is_built_once(demo: Demo, databases: Databases) -> None:
    said: list[str] = []
    for _ in range(2):
        assert (await demo.ready(QUICK, said.append)).database == "graph_dev"
    assert said == [f"building {QUICK} …"]
    assert demo.built == {QUICK}
    assert there(databases) == {"graph_dev"}
    assert QUICK not in await demo.missing()
    assert set(await demo.missing()) == names.DEMOS.keys() - {QUICK}


async def test_it_goes_as_far_as_declared(demo: Demo, databases: Databases) -> None:
    await demo.ready(QUICK)
    assert run_in(databases, demo, "SELECT version FROM dbconsole.migrations") == [("0001",)]
    assert run_in(databases, demo, "SELECT count(*) FROM graph_nodes") == [(1800,)]


async def test_two_who_want_the_same_get_one(demo: Demo, databases: Databases, server: Embedded) -> None:
    other = Demo(server)
    await asyncio.gather(demo.ready(QUICK), other.ready(QUICK))
    assert sorted([demo.built, other.built], key=len) == [set(), {QUICK}]
    assert there(databases) == {"graph_dev"}


async def test_the_second_waits_however_long_it_takes(databases: Databases) -> None:
    impatient = replace(databases.target("postgres"), profile=Profile("impatient", lock_timeout=0.05))
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%advisory_lock%'"
    with databases.connect() as first:
        first.execute(queries.load("demo/alone").encode())

        async def second() -> None:
            async with Building(impatient).alone():
                pass

        task = asyncio.create_task(second())
        await until(lambda: first.execute(waiting).fetchone() == (1,))
        await asyncio.wait([task], timeout=0.2)
        assert not task.done()
    await task


async def test_nothing_remains_of_one_that_was_cancelled(demo: Demo, databases: Databases) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(demo.ready(QUICK, lambda _: begun.set()))
    await begun.wait()
    assert (await demo.states())[QUICK] == "being built …"
    await until(lambda: there(databases) == {half("graph_dev")})
    task.cancel()
    with pytest.raises((asyncio.CancelledError, Interrupted)):
        await task
    assert there(databases) == set()
    assert (await demo.states())[QUICK] == "not built yet"


async def test_what_a_killed_one_left_goes_with_the_next(demo: Demo, databases: Databases) -> None:
    with databases.connect() as connection:
        connection.execute(f'CREATE DATABASE "{half("skintwin")}"'.encode())
    await demo.ready(QUICK)
    assert there(databases) == {"graph_dev"}


async def test_it_goes_as_well_where_nothing_is_to_be_built(demo: Demo, databases: Databases) -> None:
    await demo.clear()
    with databases.connect() as connection:
        connection.execute(f'CREATE DATABASE "{half("skintwin")}"'.encode())
    await demo.clear()
    assert there(databases) == set()


async def test_it_is_built_anew(demo: Demo, databases: Databases) -> None:
    await demo.ready(QUICK)
    run_in(databases, demo, "DROP TABLE graph_edges")
    demo.anew.add(QUICK)
    assert (await demo.states())[QUICK] == "to be built anew"
    async with await demo.session(QUICK, what="test") as session:
        assert session.target.database == "graph_dev"
    assert run_in(databases, demo, "SELECT count(*) > 0 FROM graph_edges") == [(True,)]
    assert demo.anew == set()


async def test_an_unknown_one(demo: Demo) -> None:
    with pytest.raises(UsageError, match="There is no demo named nowhere"):
        await demo.ready("nowhere")


async def test_one_that_fails_holds_up_no_other(
    demo: Demo, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = MappingProxyType({"broken": Sample("there_is_no_such_folder"), QUICK: names.DEMOS[QUICK]})
    monkeypatch.setattr(names, "DEMOS", broken)
    said: list[str | None] = []
    await others.build(demo, await demo.missing(), said.append)
    assert said == ["broken", QUICK, None]
    assert isinstance(demo.failed["broken"], ConsoleError)
    assert await demo.states() == {"broken": "could not be built", QUICK: ""}
    assert there(databases) == {"graph_dev"}


class TestBehindTheScreen:
    async def test_the_loop_goes_on(self, demo: Demo, databases: Databases) -> None:
        """The work has a thread and a loop of its own, and this one can do something between any two of its steps."""
        threads: set[int] = set()
        turns = 0
        task = asyncio.create_task(
            elsewhere.run(lambda: others.build(demo, [QUICK], lambda _: threads.add(threading.get_ident())))
        )
        while not task.done():
            await asyncio.sleep(0.01)
            turns += 1
        await task
        assert there(databases) == {"graph_dev"}
        assert len(threads - {threading.get_ident()}) == len(threads) == 1
        assert turns > 1

    async def test_it_is_cancelled_cleanly(self, demo: Demo, databases: Databases) -> None:
        task = asyncio.create_task(elsewhere.run(lambda: others.build(demo, [QUICK, "skintwin"], lambda _: None)))
        await until(lambda: half("graph_dev") in there(databases))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert there(databases) == set()

    async def test_it_may_be_cancelled_at_once(self, demo: Demo, databases: Databases) -> None:
        task = asyncio.create_task(elsewhere.run(lambda: others.build(demo, [QUICK], lambda _: None)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert there(databases) == set()

    async def test_what_goes_wrong_is_raised_here(self) -> None:
        async def wrong() -> None:
            raise UsageError("wrong")

        with pytest.raises(UsageError, match="wrong"):
            await elsewhere.run(wrong)
