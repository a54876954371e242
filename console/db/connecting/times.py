"""Reads times as ISO writes them, whatever the server says of its DateStyle.

Each of our transactions sets DateStyle for itself. In a pipeline the server tells of that only behind the rows, and
psycopg (3.3), which goes by what it was told, would refuse them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import psycopg
from psycopg.adapt import Buffer, Loader


class _Iso(Loader):
    """`2026-11-21 15:05:34.607351+00`; what Python cannot hold (infinity, years BC) is an error, as psycopg has it."""

    def load(self, data: Buffer) -> Any:
        text = bytes(data).decode()
        try:
            return self.read(text)
        except ValueError as error:
            raise psycopg.DataError(f"{text} is a time that Python cannot hold") from error

    def read(self, text: str) -> Any:
        return datetime.fromisoformat(text)


class _Date(_Iso):
    def read(self, text: str) -> Any:
        return date.fromisoformat(text)


def prepare(connection: psycopg.AsyncConnection[Any]) -> None:
    """Make a connection read times so."""
    for name in ("timestamptz", "timestamp"):
        connection.adapters.register_loader(name, _Iso)
    connection.adapters.register_loader("date", _Date)
