"""Cursors that give every value as PostgreSQL writes it.

Loading into Python objects fails on what Python cannot hold (`infinity` timestamps, years BC) and hides what the
server said; a console shows the server's own text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import psycopg
from psycopg.pq.abc import PGresult
from psycopg.types.string import TextLoader

from console.db.connecting import unchecked
from console.db.query import Column, Query, Row

_ANY_OTHER = 0  # the oid under which the driver keeps the loader of types it does not know


def text_cursor(connection: psycopg.AsyncConnection[Any]) -> psycopg.AsyncCursor[Row]:
    """Return a cursor whose rows are tuples of `str | None`."""
    cursor = connection.cursor()
    read_as_text(cursor)
    return cursor


def read_as_text(cursor: psycopg.AsyncCursor[Any]) -> None:
    """Make a cursor that has not run yet give text."""
    loader = _loader(cursor)
    for oid in _loaded_oids():
        cursor.adapters.register_loader(oid, loader)


def give_as_text(cursor: psycopg.AsyncCursor[Any], columns: Iterable[Column]) -> None:
    """Make a cursor that has run give text: only its columns' types are told so, and not every type there is."""
    loader = _loader(cursor)
    for oid in {column.type_oid for column in columns}:
        cursor.adapters.register_loader(oid, loader)


async def describe(connection: psycopg.AsyncConnection[Any], query: Query) -> tuple[Column, ...]:
    """Return the columns of a SELECT that gave no rows, without running it; psycopg's stream does not keep them then.

    A portal knows its columns before its first row is asked for, and ends with the transaction. A statement that no
    cursor can be declared for has no columns here.
    """
    cursor = connection.cursor(name="dbconsole_head")
    try:
        await cursor.execute(query.sql, query.params)
        return columns_of(cursor)
    except psycopg.errors.SyntaxError:
        return ()
    finally:
        await psycopg.AsyncCursor.close(cursor)  # nothing is asked of the server, which may be gone


def columns_of(cursor: psycopg.AsyncCursor[Any] | psycopg.AsyncServerCursor[Any]) -> tuple[Column, ...]:
    """Return the columns of a cursor's result; none where the statement gives none."""
    result = cursor.pgresult
    return tuple(_column(result, index) for index in range(result.nfields)) if result is not None else ()


def _column(result: PGresult, index: int) -> Column:
    name = (result.fname(index) or b"").decode("utf-8", "backslashreplace")
    return Column(name, result.ftype(index), result.fmod(index))


def _loader(cursor: psycopg.AsyncCursor[Any]) -> type[TextLoader]:
    return unchecked.TolerantLoader if unchecked.holds(cursor.connection) else TextLoader


@cache
def _loaded_oids() -> tuple[int, ...]:
    """Return the types that psycopg would turn into objects; of all others it gives text already."""
    types = psycopg.adapters.types
    return (_ANY_OTHER, *{oid for info in types for oid in (info.oid, info.array_oid) if oid})
