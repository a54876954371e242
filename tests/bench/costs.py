"""The sample system kimbleai with very many calls of models, on the bench's server, kept for the next run."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg

from console.config.profile import Guard, Target
from console.db.local.embedded import Embedded
from console.demo import filling
from tests.bench.databases import Ground, kept

_SQL = Path(__file__).parent / "sql" / "costs.sql"


def made(ground: Ground, rows: int) -> str:
    """Return the URL of kimbleai with so many rows of costs; made anew each week, as they have to reach until now."""
    week = f"{datetime.now(UTC):%G-%V}"
    text = b"%s-- %d rows, %s\n" % (_SQL.read_bytes(), rows, week.encode())
    return ground.server.url(kept(ground.server, f"costs_{rows}", text, partial(_fill, ground.server, rows, text)))


def _fill(server: Embedded, rows: int, text: bytes, name: str) -> None:
    target = Target(name=name, params=server.params(name), guard=Guard.OPEN, origin="the bench", demo="kimbleai")
    asyncio.run(filling.fill(target))
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        connection.execute("SELECT set_config('bench.rows', %s, false)", [str(rows)])
        connection.execute(text)
        connection.execute("VACUUM ANALYZE")
