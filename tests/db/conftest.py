"""Sessions on all the ways there are to a database: straight, and through poolers of one and of two connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Guard, Target
from console.db.local.embedded import Embedded
from console.db.session import Session
from tests.databases import Databases
from tests.pooler import Pooler
from tests.proxy import Proxy

WAYS = [
    pytest.param(0, id="straight"),
    pytest.param(1, id="pool of 1", marks=pytest.mark.tool),
    pytest.param(2, id="pool of 2", marks=pytest.mark.tool),
]


@pytest.fixture(scope="session")
def shared(databases: Databases) -> Iterator[Target]:
    """Make one database for all tests of this room; another for each would take most of their time."""
    target = databases.make()
    yield target
    databases.drop(target)


@pytest.fixture
def database(shared: Target, databases: Databases) -> Iterator[Target]:
    """Return the database, empty again after each test and with nobody in it."""
    yield shared
    with databases.connect(shared) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        theirs = (
            "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
        )
        for (name,) in connection.execute(theirs).fetchall():
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())
        connection.execute("CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, database: Target, poolers: Callable[[int], Pooler]) -> Target:
    """Return each way to the fresh database."""
    return poolers(request.param).target(database) if request.param else database


@pytest.fixture
async def session(way: Target) -> AsyncIterator[Session]:
    """Return a session on each way to the fresh database."""
    async with await Session.open(way, what="test") as opened:
        yield opened


@pytest.fixture
async def straight(database: Target) -> AsyncIterator[Session]:
    """Return a session on the fresh database with nothing in between."""
    async with await Session.open(database, what="test") as opened:
        yield opened


@pytest.fixture(scope="session")
def mortal_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of a server that tests may stop."""
    folder = tmp_path_factory.mktemp("mortal")
    yield folder
    Embedded.start(folder).destroy()


@pytest.fixture
def mortal(mortal_home: Path) -> Iterator[Mortal]:
    """Return a server that the test may stop and start again."""
    server = Mortal(mortal_home)
    yield server
    server.stop()


class Mortal:
    """A server that is stopped and started again, with the same socket."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.server = Embedded.start(folder)

    @property
    def target(self) -> Target:
        """The way to it."""
        return Target("mortal", self.server.params(), guard=Guard.OPEN)

    def start(self) -> None:
        """Start it again."""
        self.server = Embedded.start(self._folder)

    def stop(self) -> None:
        """Stop it under whoever is connected."""
        self.server.leave()


@pytest.fixture
def far(database: Target, proxy: Proxy) -> Target:
    """Return the way to the fresh database through the proxy."""
    return replace(database, params={**database.params, "host": proxy.host, "port": str(proxy.port)})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten what is waited for in vain; what goes well has as much time as ever."""
    for name in ("connecting.line._GRACE", "reading.LAST_WORD", "writer._LAST_WORD"):
        monkeypatch.setattr(f"console.db.{name}", 0.2)
    monkeypatch.setattr("console.db.connecting.opening._PAUSES", (0.01, 0.02, 0.05))


@pytest.fixture
def proxy(server: Embedded) -> Iterator[Proxy]:
    """Return a proxy before the server."""
    with Proxy.before(str(server.socket), server.port) as running:
        yield running
