"""The library of points that these tests search in, and a search that succeeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.vectors.circle import GROUND
from tests.databases import Databases


@pytest.fixture(scope="module")
def library(databases: Databases) -> str:
    """Return the URL of a database with vectors."""
    return url(databases.make(GROUND))


@pytest.fixture
def found(console: Console, library: str) -> Callable[..., Any]:
    """Return a search that succeeds, as its document."""

    def search(*words: object) -> Any:
        done = console("search", library, *words, "--json")
        assert done.code == 0, done.err
        shapes.check("search", done.document)
        return done.document

    return search
