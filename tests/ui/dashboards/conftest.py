"""A database with sales, and a folder of dashboards of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.ui.dashboards.going import SALES, SHOP


@pytest.fixture
def shop(make_database: Callable[..., Target]) -> Target:
    """Return a database with sales: 16 in North, 32 in South, 10 each."""
    return make_database(SHOP)


@pytest.fixture
def write(home: Path) -> Callable[[str, str], Path]:
    """Return a way to write a dashboard of the user's own."""
    folder = home / "config" / "dashboards"
    folder.mkdir(parents=True)

    def written(name: str, text: str) -> Path:
        path = folder / f"{name}.toml"
        path.write_text(text)
        return path

    return written


@pytest.fixture
def sales(write: Callable[[str, str], Path]) -> Path:
    """Return the file of a dashboard on the sales."""
    return write("sales", SALES)
