"""Databases with columns of vectors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.config.profile import Target
from tests.databases import Databases
from tests.ui.vectors.garden import garden, hashing


@pytest.fixture(scope="module")
def notes(databases: Databases) -> Iterator[Target]:
    """Return a database with notes about a garden that nobody changes, and a profile that names the embedder."""
    target = databases.make(garden())
    yield hashing(target)
    databases.drop(target)
