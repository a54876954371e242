"""Loads random schemas, and keeps what the server takes."""

from __future__ import annotations

from collections.abc import Iterable

import psycopg

from console.config.profile import Target
from tests.databases import Databases


def load(databases: Databases, texts: Iterable[str]) -> tuple[Target, tuple[str, ...]]:
    """Make a database of statements; return those that the server has taken."""
    target = databases.make()
    taken = []
    with databases.connect(target) as connection:
        for text in texts:
            try:
                connection.execute(text.encode())
            except psycopg.Error:
                continue
            taken.append(text)
    return target, tuple(taken)
