"""The dashboards that are shipped for the sample systems, read on databases that hold these."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards import parameters
from console.dashboards.definition import Dashboard, Origin
from console.dashboards.files.finding import FOLDER, read
from console.dashboards.reading.reading import read_panel
from console.dashboards.reading.sharing import only
from console.dashboards.sample import Sample
from console.db.session import Session
from console.sql import queries
from tests.dashboards.direct import analyticase, graph, kimbleai, negative_space, skintwin
from tests.systems.every import EVERY

SYSTEMS = {
    "activity": "kimbleai",
    "analyticase": "analyticase",
    "audit": "negative_space",
    "cost": "kimbleai",
    "graph": "graph",
    "kimbleai": "kimbleai",
    "negative_space": "negative_space",
    "skintwin": "skintwin",
}
DIRECT: Mapping[str, Mapping[str, str]] = {
    "activity": kimbleai.ACTIVITY,
    "analyticase": analyticase.ANALYTICASE,
    "audit": negative_space.AUDIT,
    "cost": kimbleai.COST,
    "graph": graph.GRAPH,
    "kimbleai": kimbleai.KIMBLEAI,
    "negative_space": negative_space.NEGATIVE_SPACE,
    "skintwin": skintwin.SKINTWIN,
}
ONE = {
    "activity": {"user": "user"},
    "analyticase": {"run": "SELECT md5('run 56')::uuid", "metric": "cpu_load"},
    "audit": {"user": "SELECT id FROM public.users WHERE email = 'admin@example.com'"},
    "cost": {"user": "admin", "period": "90d"},
    "graph": {"user": "SELECT id FROM public.profiles WHERE email = 'user@example.com'", "period": "24h"},
    "kimbleai": {"user": "admin", "project": "project_renovation"},
    "negative_space": {"metric": "api_request_duration_ms", "period": "7d"},
    "skintwin": {"period": "30d"},
}
"""What is chosen beside the defaults; a statement gives the value of its one cell."""


def param(name: str, *more: str) -> object:
    """Return a dashboard (and what of it) as parameters of a test, marked with what its system needs."""
    system = next(each for each in EVERY if each.name == SYSTEMS[name])
    marks = [pytest.mark.since(system.since), *([pytest.mark.vector] if system.vector else [])]
    return pytest.param(name, *more, id="-".join((name, *more)), marks=marks)


def dashboard(name: str) -> Dashboard:
    """Return a shipped dashboard."""
    return read(queries.folder("queries") / FOLDER / f"{name}.toml", Origin.SHIPPED)


@dataclass(frozen=True)
class Reading:
    """All samples of a dashboard, and the values that its statements got."""

    samples: Mapping[str, Sample]
    values: Mapping[str, Any]


@contextmanager
def opened(url: Callable[..., psycopg.Connection[Any]], target: Target) -> Iterator[psycopg.Connection[Any]]:
    """Open a plain connection where days are those of UTC, as for panels."""
    with url(target) as connection:
        connection.execute("SET timezone = 'UTC'")
        connection.execute("SET search_path = ''")
        yield connection


def choose(connection: psycopg.Connection[Any], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return what is chosen, statements answered."""
    return {name: _answer(connection, word) for name, word in wanted.items()}


def _answer(connection: psycopg.Connection[Any], word: str) -> str:
    if not word.startswith("SELECT"):
        return word
    row = connection.execute(word.encode()).fetchone()
    assert row is not None
    return str(row[0])


def reading(target: Target, of: Dashboard, said: Mapping[str, str]) -> Reading:
    """Read every panel of a dashboard at one moment, which is among the values."""
    now = datetime.now(UTC)
    values = parameters.values(of, parameters.chosen(of, said), now)
    return Reading(asyncio.run(_samples(target, of, values)), {**values, "now": now})


async def _samples(target: Target, of: Dashboard, values: Mapping[str, object]) -> dict[str, Sample]:
    async with await Session.open(target, what="test") as session:
        return {name: only(await read_panel(session, each, values), each) for name, each in of.panels.items()}
