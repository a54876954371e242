"""Rows that tests of negative_space add to its sample data, and its tables as rows."""

from __future__ import annotations

from typing import Any, TypeAlias
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

Connection: TypeAlias = psycopg.Connection[Any]
Row: TypeAlias = dict[str, Any]


def insert(connection: Connection, table: str, **columns: Any) -> Any:
    """Insert a row and return its key."""
    statement = sql.SQL("INSERT INTO public.{} ({}) VALUES ({}) RETURNING id").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([sql.Placeholder()] * len(columns)),
    )
    values = [Jsonb(value) if isinstance(value, dict) else value for value in columns.values()]
    return value(connection, statement, values)


def user(connection: Connection, **columns: Any) -> UUID:
    """Insert a person, with another address each time."""
    given = {"email": f"{uuid4()}@example.com", "password_hash": "$2b$12$no-hash-of-a-password"}
    return insert(connection, "users", **given | columns)


def image(connection: Connection, owner: UUID, **columns: Any) -> UUID:
    """Insert an image, with other content each time."""
    given = {"file_name": "x.png", "file_path": "/x.png", "file_size": 1000, "mime_type": "image/png"}
    return insert(connection, "images", user_id=owner, **given | {"file_hash": uuid4().hex} | columns)


def result(connection: Connection, of: UUID, owner: UUID, **columns: Any) -> UUID:
    """Insert a result of an image."""
    given = {"algorithm_version": "9", "negative_space_data": {}, "confidence_score": 1, "processing_time_ms": 10}
    return insert(connection, "analysis_results", image_id=of, user_id=owner, **given | columns)


def queued(connection: Connection, of: UUID, owner: UUID, **columns: Any) -> UUID:
    """Insert an item of the queue."""
    return insert(connection, "processing_queue", image_id=of, user_id=owner, **columns)


def value(connection: Connection, query: str | sql.Composed, parameters: Any = None) -> Any:
    """Return the only value that a query answers with."""
    text = query.encode() if isinstance(query, str) else query
    [(found,)] = connection.execute(text, parameters).fetchall()
    return found


def rows(connection: Connection, relation: str) -> list[Row]:
    """Return every row of a table or view, as it comes."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(f"SELECT * FROM public.{relation}".encode()).fetchall()
