"""Reads the full catalog: every object of a database as a frozen value, in one transaction and one round trip.

What an exclusive lock would keep us from reading is found out first, by the queries themselves, and left out by name;
a lock that comes in between ends the attempt after a moment, and the catalog is read once more.
"""

from __future__ import annotations

import asyncio

from console.catalog.collecting import uncollected
from console.catalog.model import Catalog
from console.catalog.reading import (
    columns,
    database,
    edges,
    foreign,
    languages,
    operators,
    parts,
    relations,
    routines,
    types,
)
from console.catalog.reading.ground import Ground, Rows
from console.db.query import Query
from console.db.session import Session
from console.errors import LockNotAvailable
from console.sql import queries

_LOCK_TIMEOUT = 0.3
_ROOM = "catalog"


async def read(session: Session, *, timeout: float | None = None) -> Catalog:
    """Read everything except the system's own objects and the members of extensions.

    `timeout` (seconds) is for each statement. Objects behind a lock are in `Catalog.locked`. Two round trips; one more
    on a session that has not read yet, to learn the server's version. Raises StatementFailed, ConnectionFailed.
    """
    if session.server is None:
        await session.read()
    assert session.server is not None
    version = session.server.version_num
    try:
        rows = await _rows(session, version // 10000, timeout)
    except LockNotAvailable:
        rows = await _rows(session, version // 10000, timeout)
    return await asyncio.to_thread(build, version, rows)


def build(version: int, rows: Rows) -> Catalog:
    """Make the catalog of the rows of all statements, by name. Pure."""
    with uncollected():
        return _build(Ground.of(version, rows))


def _build(ground: Ground) -> Catalog:
    database.build(ground)
    ours = relations.ours(ground)
    columns_of = columns.build(ground, ours)
    relations.build(ground, ours, columns_of)
    types.build(ground, ours, columns_of)
    routines.build(ground)
    parts.build(ground)
    operators.build(ground)
    languages.build(ground)
    foreign.build(ground)
    edges.build(ground)
    return ground.catalog()


async def _rows(session: Session, major: int, timeout: float | None) -> Rows:
    names = [name.removeprefix(f"{_ROOM}/") for name in queries.names(_ROOM)]
    asked = [name for name in names if _since(name) <= major]
    texts = [Query(queries.load(f"{_ROOM}/{name}")) for name in asked]
    results = await session.read(
        *texts, timeout=timeout, lock_timeout=_LOCK_TIMEOUT, large=True, doing="reading the catalog"
    )
    return {name: [] for name in names} | dict(zip(asked, results, strict=True))


def _since(name: str) -> int:
    """Return the version at which a statement begins to work, such as 18 for `not_nulls_18`.

    >>> _since("not_nulls_18"), _since("columns")
    (18, 0)
    """
    ending = name.rpartition("_")[2]
    return int(ending) if ending.isdigit() else 0
