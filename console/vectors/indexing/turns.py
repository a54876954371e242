"""Builds of one table's indexes in turn: two at once, CONCURRENTLY, wait for each other until PostgreSQL ends one.

The second waits for the table with a snapshot in its hands, and the first, at its end, for all snapshots that are
older than its own. Whoever asks again and again holds none in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from console.db.query import Query
from console.db.writer import Writer
from console.sql import queries

_EVERY = 0.5  # seconds between two looks


async def turn(writer: Writer, table: int, say: Callable[[str], None]) -> None:
    """Wait until nobody builds an index of a table, and say once for whom.

    Other builds of this console are kept from it as long as the writer's connection lasts.
    """
    mine = said = False
    while True:
        asked = Query(queries.load("vectors/turn"), {"table": table, "mine": mine})
        [[(mine, builder)]] = await writer.read(asked)
        if mine and not builder:
            return
        if not said:
            said = True
            say(_waiting(builder))
        await asyncio.sleep(_EVERY)


def _waiting(builder: int) -> str:
    who = f"process {builder} builds" if builder else "somebody is about to build"
    return f"Waiting: {who} an index of this table, and two at once would end in a deadlock."
