"""Reads the full catalog: every object of a database as a frozen value, in one transaction and one round trip.

What an exclusive lock would keep us from reading is found out first, by the queries themselves, and left out by name;
a lock that comes in between ends the attempt after a moment, and the catalog is read once more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from console.catalog.collecting import uncollected
from console.catalog.model import Catalog, Key
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

LOCK_TIMEOUT = 0.3
FOCUS = "focus"  # the parameter of what is of relations: their oids, as an array's text; None for all of them
ROOM = "catalog"
_NOTHING: Mapping[int, Key] = MappingProxyType({})
NO_ROWS: Rows = MappingProxyType({name.removeprefix(f"{ROOM}/"): () for name in queries.names(ROOM)})


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
        return built(version, rows).catalog()


def built(version: int, rows: Rows, unread: Mapping[int, Key] = _NOTHING) -> Ground:
    """Return the ground with all that the rows tell; relations that are `unread`, by oid, only have a name. Pure."""
    ground = Ground.of(version, rows, unread)
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
    return ground


async def _rows(session: Session, major: int, timeout: float | None) -> Rows:
    asked = asking(ROOM, major, {FOCUS: None})
    results = await session.read(
        *asked.values(), timeout=timeout, lock_timeout=LOCK_TIMEOUT, large=True, doing="reading the catalog"
    )
    return {**NO_ROWS, **dict(zip(asked, results, strict=True))}


def asking(room: str, major: int, params: Mapping[str, object]) -> dict[str, Query]:
    """Return the statements of a room that a version knows, by name; those that take them get the values."""
    found = {}
    for name in queries.names(room):
        if _since(name) <= major:
            text = queries.load(name)
            taken = {key: value for key, value in params.items() if f"%({key})s" in text}
            found[name.removeprefix(f"{room}/")] = Query(text, taken or None)
    return found


def _since(name: str) -> int:
    """Return the version at which a statement begins to work, such as 18 for `not_nulls_18`.

    >>> _since("not_nulls_18"), _since("columns")
    (18, 0)
    """
    ending = name.rpartition("_")[2]
    return int(ending) if ending.isdigit() else 0
