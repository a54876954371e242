"""Shared ground of the tests: real servers, a fresh database for each test, and a home of their own."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from console.config.profile import Target
from console.db.local.embedded import Embedded
from console.db.session import Session
from tests import in_memory
from tests.databases import Databases
from tests.first_things import longest_first
from tests.pooler import Pooler

in_memory.settle()
# Properties are tried with the same examples everywhere, however long a machine takes for one.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
for _sign, _heard in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, None), (signal.SIGHUP, None)):
    # Whoever starts the tests in the background or under nohup has these ignored, and programs started here inherit
    # that; a handler of ours is not inherited: they then start as from a terminal.
    if signal.getsignal(_sign) is signal.SIG_IGN:
        signal.signal(_sign, _heard or (lambda *_: None))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are processors: a worker often waits for a lock, a server, a program."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep thousands of tests out of the garbage collector's rounds: they took a third of the processor's time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(5_000)
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files that take longest begin, each as a whole."""
    places = longest_first(item.path for item in items)
    items.sort(key=lambda item: places[item.path])


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder of its own for each test; pytest's numbered ones take five system calls each, and a listing."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the developer's own configuration and environment outside."""
    folder = next(homes)
    folder.mkdir()
    monkeypatch.setenv("DBCONSOLE_HOME", str(folder))
    monkeypatch.setenv("HOME", str(folder))
    for name in ("DATABASE_URL", "DIRECT_URL", "PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """Run PostgreSQL 18 with pgvector for the whole session."""
    with Databases.started(tmp_path_factory.mktemp("pg18"), version=18) as databases:
        yield databases.server


@pytest.fixture(scope="session")
def databases(server: Embedded) -> Databases:
    """Make databases on the server, from templates where one exists."""
    return Databases(server)


@pytest.fixture
def make_database(databases: Databases) -> Iterator[Callable[..., Target]]:
    """Return a maker of databases: empty by `make_database()`, filled by `make_database(sql)` or a system's name."""
    made: list[Target] = []

    def make(source: str = "") -> Target:
        made.append(databases.make(source))
        return made[-1]

    yield make
    for target in made:
        databases.drop(target)


@pytest.fixture
def database(make_database: Callable[..., Target]) -> Target:
    """Return a fresh, empty database."""
    return make_database()


@pytest.fixture(scope="session")
def poolers(server: Embedded) -> Iterator[Callable[[int], Pooler]]:
    """Return a maker of PgBouncers before the server, one for each size of its pools, kept for the whole session."""
    with ExitStack() as running:
        yield cache(lambda size: running.enter_context(Pooler.before(server, size=size)))


@pytest.fixture
def pooled(database: Target, poolers: Callable[[int], Pooler]) -> Target:
    """Return the way to the fresh database through a transaction pooler with two connections."""
    return poolers(2).target(database)


@pytest.fixture
def skintwin(make_database: Callable[..., Target]) -> Target:
    """Return a database with the first sample system and its data."""
    return make_database("skintwin")


@pytest.fixture
async def session(database: Target) -> AsyncIterator[Session]:
    """Return a session open on the fresh database."""
    async with await Session.open(database, what="test") as opened:
        yield opened
