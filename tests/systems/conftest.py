"""Ground of the systems' tests: one database for all that a test can take back, a fresh one for the rest.

A module says which system it is about: `SYSTEM`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from tests.databases import Databases
from tests.systems.expected import System


@pytest.fixture(scope="session", params=[18, pytest.param(16, marks=pytest.mark.slow)])
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Make databases on the two versions that come with pgvector, which the matrix of all versions has not."""
    if request.param == 18:
        yield Databases(request.getfixturevalue("server"))
        return
    with Databases.started(tmp_path_factory.mktemp("pg16"), version=request.param) as databases:
        yield databases


@pytest.fixture(scope="module")
def system(request: pytest.FixtureRequest) -> System:
    """Return the system that the module is about."""
    return request.module.SYSTEM


@pytest.fixture(scope="module")
def shared(system: System, databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return the owner's connection to the system with its data, which all tests of the module share."""
    target = databases.make(system.name)
    with databases.connect(target) as opened:
        yield opened
    databases.drop(target)


@pytest.fixture
def connection(shared: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Return the shared connection within a transaction that is rolled back."""
    with shared.transaction(force_rollback=True):
        yield shared


@pytest.fixture
def alone(
    system: System, databases: Databases, make_database: Callable[..., Target]
) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to a database of the test's own, for what no rollback takes back."""
    with databases.connect(make_database(system.name)) as opened:
        yield opened
