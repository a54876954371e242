"""Databases with columns of vectors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.config.profile import Target
from tests.ui.vectors.garden import garden, hashing


@pytest.fixture
def notes(make_database: Callable[..., Target]) -> Target:
    """Return a database with notes about a garden, and a profile that names the embedder."""
    return hashing(make_database(garden()))
