"""Databases in SQL_ASCII, which take any bytes as they come: what is no UTF-8 there is read as `\\xff`, never refused.

Asked for UTF-8, such a server refuses to send what is none; asked for SQL_ASCII, it sends everything as it is, and the
driver then neither decodes texts nor encodes statements. Both are done here.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, LiteralString, cast

import psycopg
from psycopg.abc import Buffer
from psycopg.rows import TupleRow
from psycopg.sql import Composable
from psycopg.types.string import TextLoader

from console.db.connecting.connection import Connection

_AS_IT_IS: LiteralString = "SET client_encoding = 'SQL_ASCII'"  # poolers know this one setting as each client's own
_ANY_OTHER = 0  # the oid under which the driver keeps the loader of types it does not know
_TEXTUAL = ("text", "varchar", "bpchar", "name", '"char"', _ANY_OTHER)


class TolerantLoader(TextLoader):
    """Gives bytes that are not UTF-8 as escapes, where the driver would raise or give bytes."""

    def load(self, data: Buffer) -> str:
        return bytes(data).decode("utf-8", "backslashreplace")


class _Cursor(psycopg.AsyncCursor[TupleRow]):
    async def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return await super().execute(_as_bytes(query), *args, **kwargs)

    async def stream(self, query: Any, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        coming = cast("AsyncGenerator[Any, None]", super().stream(_as_bytes(query), *args, **kwargs))
        async with contextlib.aclosing(coming) as rows:
            async for row in rows:
                yield row


class _ServerCursor(psycopg.AsyncServerCursor[TupleRow]):
    async def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return await super().execute(_as_bytes(query), *args, **kwargs)


def holds(connection: psycopg.AsyncConnection[Any]) -> bool:
    """Tell whether a connection leads to a database whose bytes nobody has checked."""
    return connection.info.parameter_status("server_encoding") == "SQL_ASCII"


async def prepare(connection: Connection) -> Connection:
    """Make a connection read whatever bytes its server sends, where that is needed, and return it."""
    if holds(connection):
        await connection.execute(_AS_IT_IS)
        connection.cursor_factory, connection.server_cursor_factory = _Cursor, _ServerCursor
        for name in _TEXTUAL:
            connection.adapters.register_loader(name, TolerantLoader)
    return connection


def _as_bytes(query: Any) -> bytes:
    text = query.as_string() if isinstance(query, Composable) else query
    return text if isinstance(text, bytes) else text.encode()
