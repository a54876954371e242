"""Sessions on databases of vectors, and columns found in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.vectors.column import VectorColumn
from console.vectors.finding import find

Opened = tuple[Session, dict[str, VectorColumn]]
Opener = Callable[..., Awaitable[Opened]]


@pytest.fixture
async def opened(make_database: Callable[..., Target]) -> AsyncIterator[Opener]:
    """Return a maker of sessions on a database made from SQL, with its vector columns by `table.column`."""
    sessions: list[Session] = []

    async def make(sql: str) -> Opened:
        session = await Session.open(make_database(sql), what="test")
        sessions.append(session)
        return session, {f"{each.table}.{each.name}": each for each in await find(session)}

    yield make
    for session in sessions:
        await session.close()
