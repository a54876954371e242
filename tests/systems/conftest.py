"""Ground of the systems' tests: one database for all that a test can take back, a fresh one for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from tests.databases import Databases


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return the owner's connection to the first system, which all tests of a module share."""
    target = databases.make("skintwin")
    with databases.connect(target) as opened:
        yield opened
    databases.drop(target)


@pytest.fixture
def connection(shared: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Return the shared connection within a transaction that is rolled back."""
    with shared.transaction(force_rollback=True):
        yield shared


@pytest.fixture
def alone(databases: Databases, skintwin: Target) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to a database of the test's own, for what no rollback takes back."""
    with databases.connect(skintwin) as opened:
        yield opened
