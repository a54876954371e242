"""Every version of PostgreSQL that is supported, one after the other, beneath tests that other rooms run on one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from console.db.local.embedded import Embedded
from tests import servers
from tests.catalog.conftest import Tortured, made
from tests.databases import Databases
from tests.db.conftest import database, shared  # one database for all: another for each takes most of their time
from tests.pooler import Pooler

__all__ = ["database", "databases", "major", "poolers", "server", "shared", "tortured"]

_HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is here as slow, keep the tests of a version together, and leave out what its server does not know."""
    here = [item for item in items if _HERE in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.slow)
        item.add_marker(pytest.mark.xdist_group(f"PostgreSQL {_version(item)}"))
    beyond = {item for item in here if _beyond(item)}
    config.hook.pytest_deselected(items=list(beyond))
    items[:] = [item for item in items if item not in beyond]


def _version(item: pytest.Item) -> int:
    return item.callspec.params.get("databases", 0) if hasattr(item, "callspec") else 0


def _beyond(item: pytest.Item) -> bool:
    """Tell whether it wants a newer version, or pgvector, which only the wheel has."""
    since = item.get_closest_marker("since")
    return (since is not None and _version(item) < since.args[0]) or "vector" in item.keywords


@pytest.fixture(scope="session", params=servers.VERSIONS)
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Make databases on a server of each version."""
    installation = servers.installation(request.param)
    folder = tmp_path_factory.mktemp(f"pg{request.param}")
    with Databases.started(folder, version=request.param, installation=installation) as databases:
        yield databases


@pytest.fixture(scope="session")
def server(databases: Databases) -> Embedded:
    """Return the server of the version at hand."""
    return databases.server


@pytest.fixture
def major(databases: Databases) -> int:
    """Return the version at hand."""
    return databases.server.installation.version


@pytest.fixture(scope="session")
def poolers(server: Embedded) -> Iterator[Callable[[int], Pooler]]:
    """Return a maker of PgBouncers before that server."""
    with ExitStack() as running:
        yield cache(lambda size: running.enter_context(Pooler.before(server, size=size)))


@pytest.fixture(scope="session")
def tortured(databases: Databases) -> Tortured:
    """Make the torture schema on that server."""
    return made(databases)
