"""Sessions on databases of vectors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from console.config.profile import Target
from console.db.session import Session
from tests.databases import Databases

Opener = Callable[..., Awaitable[Session]]


@pytest.fixture(scope="session", params=[18, pytest.param(16, marks=pytest.mark.slow)])
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Make databases on the two versions that come with pgvector, which the matrix of all versions has not."""
    if request.param == 18:
        yield Databases(request.getfixturevalue("server"))
        return
    with Databases.started(tmp_path_factory.mktemp("pg16"), version=request.param) as databases:
        yield databases


@pytest.fixture
async def opened(databases: Databases, make_database: Callable[..., Target]) -> AsyncIterator[Opener]:
    """Return a maker of sessions on a database made from SQL; `by_index` has even small tables read by an index."""
    sessions: list[Session] = []

    async def make(sql: str, *, by_index: bool = False) -> Session:
        target = make_database(sql)
        if by_index:
            with databases.connect(target) as connection:
                connection.execute(f'ALTER DATABASE "{target.database}" SET enable_seqscan = off'.encode())
        sessions.append(await Session.open(target, what="test"))
        return sessions[-1]

    yield make
    for session in sessions:
        await session.close()
