"""Rows of the second sample system as tests want them: by column, and quotients as the database rounds them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]


def rows(connection: psycopg.Connection[Any], query: str) -> list[Row]:
    """Return what a query answers."""
    return connection.cursor(row_factory=dict_row).execute(query.encode()).fetchall()


def table(connection: psycopg.Connection[Any], name: str) -> list[Row]:
    """Return a table of schema public."""
    return rows(connection, f"SELECT * FROM public.{name}")


def columns(connection: psycopg.Connection[Any], name: str) -> set[str]:
    """Return the columns of a table."""
    found = connection.execute(f"SELECT * FROM {name} LIMIT 0".encode())
    return {column.name for column in found.description or ()}


def quotient(part: object, whole: object, places: str) -> Decimal:
    """Return a quotient as exact as `places`.

    >>> quotient(2, 3, "0.01")
    Decimal('0.67')
    """
    return (Decimal(str(part)) / Decimal(str(whole))).quantize(Decimal(places), ROUND_HALF_UP)
