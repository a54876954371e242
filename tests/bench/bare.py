"""The least a Textual client can do, as a floor for ours: a tree of tables, one connection, one query.

Run as a program: `python tests/bench/bare.py URL`.
"""

from __future__ import annotations

import sys
from typing import ClassVar

import psycopg
from textual import work
from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Tree

_TABLES = "SELECT relname FROM pg_catalog.pg_class WHERE relkind = 'r' AND oid >= 16384 ORDER BY relname"


class Bare(App[None]):
    """A header, a tree and a footer."""

    BINDINGS: ClassVar = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Give the three widgets."""
        yield Header()
        yield Tree("Database")
        yield Footer()

    def on_mount(self) -> None:
        """Read as soon as the screen is there."""
        self.query_one(Tree).root.expand()
        self.read()

    @work
    async def read(self) -> None:
        """Connect and fill the tree."""
        connection = await psycopg.AsyncConnection.connect(sys.argv[1], autocommit=True)
        cursor = await connection.execute(_TABLES)
        for (name,) in await cursor.fetchall():
            self.query_one(Tree).root.add_leaf(name)


if __name__ == "__main__":
    Bare().run()
