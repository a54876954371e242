"""What a lost connection leaves behind, said with every failure: something may remain only where nobody can know."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable

import psycopg

from console.db.connecting import failures
from console.db.connecting.connection import Connection
from console.db.query import Query
from console.errors import ConnectionLost, ConsoleError
from console.sql.parameters import numbered
from console.text import plural


@contextlib.asynccontextmanager
async def translated(
    connection: Connection, doing: str, *queries: Query, left: Callable[[], str | None] = str
) -> AsyncIterator[None]:
    """Turn what the driver raises inside into our errors, with the place in the SQL where there is one query.

    `left` says what a connection that is lost now leaves behind; None keeps what the error itself says of that.
    """
    try:
        yield
    except psycopg.Error as error:
        failure = failures.statement(error, doing, sql=_sent(*queries), stopped=connection.stopped)
        raise _told(failure, connection, doing, left()) from error
    except ConnectionLost as loss:
        raise _told(loss, connection, doing, left()) from loss.__cause__
    except UnicodeError as error:
        if not queries:
            raise
        raise failures.unreadable(error, doing) from error


def cut_off(came: int) -> str:
    """Say that a stream broke off after so many rows.

    >>> cut_off(0), cut_off(500)
    ('', '500 rows had come; the rest is missing. Run the query again.')
    """
    return f"{plural(came, 'row')} had come; the rest is missing. Run the query again." if came else ""


def _sent(*queries: Query) -> str | None:
    """Return the text in which the server's position counts, where there is one: with `$1` where a value goes."""
    if len(queries) != 1 or not isinstance(queries[0].sql, str):
        return None
    return queries[0].sql if queries[0].params is None else numbered(queries[0].sql)


def _told(failure: ConsoleError, connection: Connection, doing: str, left: str | None) -> ConsoleError:
    if left is None or not isinstance(failure, ConnectionLost) or not connection.closed:
        return failure
    detail = failure.detail
    if connection.gave_up:
        failure = ConnectionLost(f"The server did not answer in time while {doing}.")
        detail = "The connection was given up; whether the server is still at work is not known."
    failure.detail = "\n".join(part for part in (detail, left) if part)
    return failure
