"""The torture schema on several versions of PostgreSQL, and its catalog as the reader sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from console.catalog import reader
from console.catalog.model import Catalog
from console.config.profile import Target
from console.db.local import installations
from console.db.session import Session
from tests.catalog import torture
from tests.databases import Databases


@dataclass(frozen=True)
class Tortured:
    """A database with the torture schema: where it is, its server's major version, and its catalog."""

    databases: Databases
    target: Target
    major: int
    catalog: Catalog


def _installed() -> installations.Installation:
    own = [one for one in installations.found() if not one.embedded]
    assert own, "No PostgreSQL is installed beside the embedded one: run scripts/install-test-tools."
    return own[-1]


_SLOW_16 = pytest.param(16, marks=pytest.mark.slow)
_SLOW_INSTALLED = pytest.param("installed", marks=[pytest.mark.tool, pytest.mark.slow])


@pytest.fixture(scope="session", params=[18, _SLOW_16, _SLOW_INSTALLED])
def tortured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tortured]:
    """Make the torture schema on PostgreSQL 18, 16 and the oldest that is installed."""
    if request.param == 18:
        databases: Databases = request.getfixturevalue("databases")
        yield made(databases)
        return
    installation = _installed() if request.param == "installed" else installations.embedded(request.param)
    folder = tmp_path_factory.mktemp(f"pg{installation.version}")
    with Databases.started(folder, version=installation.version, installation=installation) as databases:
        yield made(databases)


def made(databases: Databases) -> Tortured:
    """Make the torture schema on a server and read it."""
    major = databases.server.installation.version
    target = databases.make(torture.text(major))
    return Tortured(databases, target, major, asyncio.run(_read(target)))


async def _read(target: Target) -> Catalog:
    async with await Session.open(target, what="test") as session:
        return await reader.read(session)


@pytest.fixture
async def session(tortured: Tortured) -> AsyncIterator[Session]:
    """Return a session open on the torture schema."""
    async with await Session.open(tortured.target, what="test") as opened:
        yield opened


@pytest.fixture
def catalog(tortured: Tortured) -> Catalog:
    """Return the catalog of the torture schema."""
    return tortured.catalog
