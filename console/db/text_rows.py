"""Cursors that give every value as PostgreSQL writes it.

Loading into Python objects fails on what Python cannot hold (`infinity` timestamps, years BC) and hides what the
server said; a console shows the server's own text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg
from psycopg.types.string import TextLoader

from console.db.query import Column, Query, Row


def text_cursor(connection: psycopg.AsyncConnection[Any]) -> psycopg.AsyncCursor[Row]:
    """Return a cursor whose rows are tuples of `str | None`."""
    cursor = connection.cursor()
    read_as_text(cursor)
    return cursor


def read_as_text(cursor: psycopg.AsyncCursor[Any]) -> None:
    """Make a cursor that has not run yet give text."""
    for oid in _loaded_oids():
        cursor.adapters.register_loader(oid, TextLoader)


async def describe(connection: psycopg.AsyncConnection[Any], query: Query) -> tuple[Column, ...]:
    """Return the columns of a query that gave no rows; psycopg's stream does not keep them then.

    The statement is run once more, inside the transaction that is open: it has no rows, and nothing it could change.
    """
    cursor = text_cursor(connection)
    async with connection.pipeline():
        await cursor.execute(query.sql, query.params)
    return columns_of(cursor.description)


def columns_of(description: Sequence[psycopg.Column] | None) -> tuple[Column, ...]:
    """Return a cursor's description in our words."""
    return tuple(Column(column.name, column.type_code) for column in description or ())


@cache
def _loaded_oids() -> tuple[int, ...]:
    """Return the types that psycopg would turn into objects; of all others it gives text already."""
    types = psycopg.adapters.types
    return tuple({oid for info in types for oid in (info.oid, info.array_oid) if oid})
