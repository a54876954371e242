"""A second database, on which a real tool does what we do on the first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from console.config.profile import Target
from console.db.session import Session


@pytest.fixture
async def twin(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    """Return a session on another empty database."""
    async with await Session.open(make_database(), what="test") as opened:
        yield opened
