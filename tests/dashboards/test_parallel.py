"""A panel's statement may have parallel workers: neither its transaction nor the streaming of its rows forbids them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards.files.file import parse
from console.dashboards.reading.reader import Reader, read_all
from console.dashboards.sample import Sample
from console.db.session import Session
from tests.databases import Databases

FILE = b"""
title = "t"
layout = ["sum rows"]

[panels.sum]
title = "one row of very many"
kind = "number"
sql = "SELECT sum(n) FROM public.many"

[panels.rows]
title = "some rows of very many"
kind = "table"
sql = "SELECT n FROM public.many WHERE n % 1000 = 0"
"""
MANY = """
CREATE TABLE public.many (n int);
ALTER TABLE public.many SET (parallel_workers = 2);
INSERT INTO public.many SELECT generate_series(1, 300000);
ANALYZE public.many;
"""
_LAUNCHED = "SELECT parallel_workers_launched FROM pg_stat_database WHERE datname = current_database()"


@pytest.mark.since(18)
@pytest.mark.parametrize("panel", ["sum", "rows"])
async def test_workers_help(panel: str, make_database: Callable[..., Target], databases: Databases) -> None:
    target, here = make_database(MANY), parse(FILE, Path("t.toml"))
    with databases.connect(target) as connection:
        before = launched(connection)
        async with await Session.open(target, what="test") as session, Reader(session, here) as reader:
            [found] = (await read_all(reader, {}, [here.panels[panel]])).values()
        assert isinstance(found, Sample)
        async with asyncio.timeout(60):  # what was counted is told when the session has ended
            while launched(connection) == before:
                await asyncio.sleep(0.05)


def launched(connection: psycopg.Connection) -> int:
    row = connection.execute(_LAUNCHED).fetchone()
    assert row is not None
    return int(row[0])
