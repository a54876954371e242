"""Twenty runners at once: each migration is applied once, whoever does it, and all of them end well."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
import pytest

from console.config.profile import Profile, Target
from console.db.session import Session
from console.migrations.running.events import Event, MigrationApplied, MigrationSkipped
from tests.cli.conftest import url
from tests.databases import Databases
from tests.migrations import logged
from tests.migrations.doomed import Nursery, Order
from tests.migrations.foreign import Site
from tests.migrations.logged import GROUND, KINDS, UP_LOG
from tests.migrations.project import of_kind
from tests.pooler import Pooler

Sessions: TypeAlias = Callable[[Target, int], Awaitable[list[Session]]]

ALL = 20
COMMANDS = 3  # of these
SLOW_POOLS = [("dbconsole", 3), ("golang-migrate", 1), ("golang-migrate", 3), ("prisma", 1), ("prisma", 3)]
SLOW_BARE = ["golang-migrate", "dbmate"]


@pytest.fixture
def ground(make_database: Callable[..., Target]) -> Target:
    """Return a database with the log that migrations write to."""
    return make_database(GROUND)


@pytest.fixture
async def sessions() -> AsyncIterator[Sessions]:
    """Return a maker of open sessions."""
    async with AsyncExitStack() as stack:

        async def make(target: Target, count: int) -> list[Session]:
            opening = (Session.open(target, what="runner") for _ in range(count))
            return [await stack.enter_async_context(each) for each in await asyncio.gather(*opening)]

        yield make


async def command(target: Target, folder: Path) -> None:
    """Run the command itself, as a process of its own, that has to end well."""
    words = (sys.executable, "-m", "console", "up", url(target), "--dir", str(folder), "--yes")
    process = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 0, said.decode()


async def all_at_once(sites: list[Site], *others: Awaitable[None]) -> list[list[Event]]:
    """Plan everything, then run all plans at the same time; return what each of these told."""
    plans = await asyncio.gather(*(site.planned() for site in sites))
    going = (site.run(planned) for site, planned in zip(sites, plans, strict=True))
    told, _ = await asyncio.gather(asyncio.gather(*going), asyncio.gather(*others))
    return told


def once(told: list[list[Event]], target: Target, databases: Databases, format: str) -> None:
    """Hold that nothing was done twice, and that who came too late has passed it over."""
    applied = Counter(each.version for events in told for each in of_kind(events, MigrationApplied))
    skipped = Counter(each.version for events in told for each in of_kind(events, MigrationSkipped))
    assert set(applied.values()) <= {1}
    assert {applied[version] + skipped[version] for version in applied | skipped} == {len(told)}
    with databases.connect(target) as connection:
        assert logged.log(connection) == UP_LOG
        assert rows(connection, format) == (1 if format == "golang-migrate" else 3)


def rows(connection: psycopg.Connection[Any], format: str) -> int:
    """Count the ledger's rows of migrations; goose has one more, for none."""
    [[found]] = connection.execute(f"SELECT count(*) FROM {KINDS[format].ledger}".encode()).fetchall()
    return int(found) - (format == "goose")


@pytest.mark.parametrize("format", ["dbconsole", pytest.param("goose", marks=pytest.mark.slow)])
async def test_on_a_server(
    sessions: Sessions, ground: Target, databases: Databases, tmp_path: Path, format: str
) -> None:
    """Some of them are commands, processes of their own."""
    folder = logged.lay(tmp_path, format)
    sites = [Site(folder, each) for each in await sessions(ground, ALL - COMMANDS)]
    told = await all_at_once(sites, *(command(ground, folder) for _ in range(COMMANDS)))
    once(told, ground, databases, format)


@pytest.mark.tool
@pytest.mark.parametrize(
    ("format", "size"),
    [("dbconsole", 1), *(pytest.param(*each, marks=pytest.mark.slow) for each in SLOW_POOLS)],
)
async def test_through_a_pooler(
    sessions: Sessions, ground: Target, databases: Databases, poolers: Callable[[int], Pooler],
    tmp_path: Path, format: str, size: int,
) -> None:  # fmt: skip
    """What cannot run in a transaction goes around it."""
    folder = logged.lay(tmp_path, format)
    sites = [Site(folder, each) for each in await sessions(poolers(size).target(ground), ALL)]
    once(await all_at_once(sites), ground, databases, format)


@pytest.mark.tool
@pytest.mark.parametrize("pooled", [pytest.param(False, marks=pytest.mark.slow), True])
@pytest.mark.parametrize("format", ["goose", *(pytest.param(each, marks=pytest.mark.slow) for each in SLOW_BARE)])
async def test_without_a_lease(
    sessions: Sessions, ground: Target, databases: Databases, poolers: Callable[[int], Pooler],
    tmp_path: Path, format: str, *, pooled: bool,
) -> None:  # fmt: skip
    """Where the profile wants no schema of ours, advisory locks keep them apart, also between two transactions."""
    folder = logged.lay(tmp_path, format)
    target = poolers(1).target(ground) if pooled else ground
    bare = Profile("bare", history=False)
    sites = [Site(folder, each, bare) for each in await sessions(target, ALL)]
    once(await all_at_once(sites), ground, databases, format)


@pytest.mark.parametrize(("format", "last"), [("dbconsole", 80), pytest.param("prisma", 130, marks=pytest.mark.slow)])
async def test_the_one_at_work_is_killed(
    sessions: Sessions, ground: Target, databases: Databases, tmp_path: Path, format: str, last: int
) -> None:
    """The others wait until its lease has run out, and one of them goes on where it stopped."""
    folder = logged.lay(tmp_path, format)
    sites = [Site(folder, each) for each in await sessions(ground, ALL)]
    with Nursery.running() as nursery:
        assert nursery.run(Order(dict(ground.params), str(folder), last=last, lease=1.0)).killed
    told = await all_at_once(sites)
    with databases.connect(ground) as connection:
        assert logged.log(connection) == UP_LOG
        assert rows(connection, format) == 3
    assert sum(len(of_kind(events, MigrationApplied)) for events in told) in (2, 3)


async def test_a_tool_never_gets_its_lock_between_two_statements(
    session: Session, databases: Databases, tmp_path: Path
) -> None:
    """A script outside a transaction has many of its own: the tool's lock is held over all of them."""
    (tmp_path / "V1__a.sql").write_text("CREATE TABLE a ();\n")
    steps = "SELECT pg_sleep(0.1);\nVACUUM a;\n" * 5
    (tmp_path / "V2__b.sql").write_text(steps + "CREATE TABLE b ();\n")
    site = Site(tmp_path, session)
    [key] = (await site.chosen()).ledger.lock_keys(session.target.database)
    await site.up(to="1")
    running = asyncio.create_task(site.up())
    seen: list[tuple[Any, ...]] = []
    with databases.connect(session.target) as tool:
        while not running.done():
            got = tool.execute(
                "SELECT pg_try_advisory_lock(%s), to_regclass('b') IS NULL AND EXISTS"
                " (SELECT FROM pg_stat_activity WHERE query LIKE '%%pg_sleep(0.1)%%' AND pid <> pg_backend_pid()"
                " AND datname = current_database())",
                [key],
            ).fetchone()
            assert got is not None
            if got[0]:
                tool.execute("SELECT pg_advisory_unlock(%s)", [key])
            seen.append(got)
            await asyncio.sleep(0.002)
    await running
    assert (False, True) in seen
    assert (True, True) not in seen
