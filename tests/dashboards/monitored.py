"""Ground for tests of the dashboard monitoring: its panels as the console reads them, and the server asked directly."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards.definition import Dashboard, Origin
from console.dashboards.files import finding
from console.dashboards.fits import Fit, asked, fit, there
from console.dashboards.parameters import chosen
from console.dashboards.reading.reader import Reader
from console.dashboards.sample import Sample, Value
from console.db.session import Session
from console.sql import queries
from tests.databases import Databases

MONITORING: Dashboard = finding.read(queries.folder("queries") / "dashboards" / "monitoring.toml", Origin.SHIPPED)
_PATIENCE = 60.0


@dataclass(frozen=True)
class Monitored:
    """The panels over a session, and a plain connection beside it."""

    reader: Reader
    direct: psycopg.Connection[Any]

    async def sample(self, panel: str, **said: str) -> Sample:
        """Return what a panel gives with these choices."""
        return await self.reader.read(MONITORING.panels[panel], chosen(MONITORING, said))

    async def rows(self, panel: str, **said: str) -> list[dict[str, Value]]:
        """Return the rows of a panel by column."""
        sample = await self.sample(panel, **said)
        return [dict(zip((head.name for head in sample.heads), row, strict=True)) for row in sample.rows]

    async def row(self, panel: str, **said: str) -> dict[str, Value]:
        """Return the only row of a panel."""
        [row] = await self.rows(panel, **said)
        return row

    async def fit(self) -> Fit:
        """Return which panels fit the server and the role."""
        return fit(MONITORING, await there(self.reader.session, asked([MONITORING])))

    def ask(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Return the rows of a direct query."""
        return self.direct.execute(sql.encode(), params).fetchall()

    def one(self, sql: str, *params: object) -> Any:
        """Return the only value of a direct query."""
        [(value,)] = self.ask(sql, *params)
        return value

    def until(self, sql: str, *params: object) -> None:
        """Wait for a direct query to say true: statistics and other sessions come when they come."""
        end = time.monotonic() + _PATIENCE
        while not self.one(sql, *params):
            assert time.monotonic() < end, sql
            time.sleep(0.01)

    @contextmanager
    def between(self, sql: str, *params: object) -> Iterator[list[tuple[Any, ...]]]:
        """Ask directly before and after the block, where counters only grow; the list then has both answers."""
        [before] = self.ask(sql, *params)
        found = [before]
        yield found
        [after] = self.ask(sql, *params)
        found.append(after)


@pytest.fixture
async def monitored(database: Target, databases: Databases) -> AsyncIterator[Monitored]:
    """Return the dashboard on a fresh database."""
    async with monitoring(database) as reader:
        with databases.connect(database) as direct:
            yield Monitored(reader, direct)


@pytest.fixture
def other(databases: Databases) -> Iterator[Target]:
    """Return another database, in which nobody is unless the test is."""
    target = databases.make()
    yield target
    databases.drop(target)


@asynccontextmanager
async def monitoring(target: Target) -> AsyncIterator[Reader]:
    """Open a session on a target, and a reader of the dashboard on it."""
    async with await Session.open(target, what="test") as session, Reader(session, MONITORING) as reader:
        yield reader


def as_role(target: Target, role: str) -> Target:
    """Return the target for another role."""
    return replace(target, params={**target.params, "user": role})


@contextmanager
def busy(databases: Databases, target: Target, sql: str) -> Iterator[int]:
    """Run a statement on a connection of its own for as long as the block lasts, and yield its pid."""
    with closing(databases.connect(target)) as connection:
        connection.pgconn.send_query(sql.encode())
        pid = connection.info.backend_pid
        try:
            yield pid
        finally:
            with databases.connect() as killer:
                killer.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
