"""A server as a user has it, with the sample system kimbleai on it: a commit returns when it lies on the disk.

The bench's other server is set to be quick, which would flatter whatever writes.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import FileIO
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from console.config.profile import Guard, Target
from console.db.guard import consent
from console.db.local.embedded import Embedded
from console.db.session import Session
from console.demo import filling
from console.sql import queries
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.filling import declared
from console.vectors.filling import filling as embedding
from tests.bench import recombined
from tests.systems import steps
from tests.systems.kimbleai import SYSTEM

_PAGE = 8192
_SQL = Path(__file__).parent / "sql" / "kimbleai"


@cache
def statement(name: str) -> bytes:
    """Return one of the statements about kimbleai."""
    return (_SQL / f"{name}.sql").read_bytes()


@dataclass(frozen=True, slots=True)
class Durable:
    """The running server; `kimbleai` is the name of a database that was made anew."""

    server: Embedded
    kimbleai: str = "kimbleai"

    def connect(self, database: str, **options: Any) -> psycopg.Connection[Any]:
        """Connect as the owner of everything."""
        return psycopg.connect(self.server.url(database), autocommit=True, **options)

    def fresh(self, database: str) -> str:
        """Make a database anew, empty, and return its URL; what that has written is on the disk then."""
        name = sql.Identifier(database)
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        self.settle()
        return self.server.url(database)

    def settle(self) -> None:
        """Write everything to the disk now, so that it does not fall into what is measured next."""
        with self.connect("postgres") as connection:
            connection.execute("CHECKPOINT")

    def make(self) -> int:
        """Make kimbleai with its data and embeddings; return by how many bytes those made its tables grow."""
        self.fresh(self.kimbleai)
        with self.connect(self.kimbleai) as connection:
            steps.up(connection, SYSTEM)
            empty = _bytes(connection)
        self.fresh(self.kimbleai)
        asyncio.run(filling.fill(self._target))
        with self.connect(self.kimbleai) as connection:
            return _bytes(connection) - empty

    def top_up(self, wanted: int) -> None:
        """Add to the knowledge of the person who is measured until there are so many pieces, embedded as all are."""
        with self.connect(self.kimbleai) as connection:
            (known,) = connection.execute(statement("known")).fetchone()
            more = recombined.texts(self.sentences(), wanted - known)
            rows = [{"subject": subject, "title": subject, "content": text} for subject, text in more]
            connection.cursor().executemany(statement("top_up"), rows)
            asyncio.run(self._embed())
            (known,) = connection.execute(statement("known")).fetchone()
            assert known == wanted, f"{known} pieces of knowledge, not {wanted}"

    def disk(self, rounds: int) -> list[float]:
        """Write pages beside the database, each until the disk has it; return the milliseconds."""
        path = self.server.data.parent / "written"
        try:
            with path.open("wb", buffering=0) as file:
                return [_written(file) for _ in range(rounds)]
        finally:
            path.unlink(missing_ok=True)

    def sentences(self) -> dict[str, list[str]]:
        """Return the sentences of the sample's knowledge by subject."""
        with self.connect(self.kimbleai) as connection:
            return recombined.by_subject(connection.execute(statement("sentences")).fetchall())

    @property
    def _target(self) -> Target:
        name = self.kimbleai
        return Target(name=name, params=self.server.params(name), guard=Guard.OPEN, origin="the bench", demo=name)

    async def _embed(self) -> None:
        word = consent(self._target, action="fill in embeddings")
        columns = declared.read(SYSTEM.folder)
        async with await Session.open(self._target, what="bench") as session:
            async for _ in embedding.fill(session, columns, HashingEmbedder(), word):
                pass
            async with session.alone(word, doing="gathering statistics") as writer:
                await writer.execute(queries.load("demo/vacuum"))


@contextmanager
def durable(folder: Path) -> Iterator[Durable]:
    """Run the server below `folder`, with PostgreSQL's own settings for what is written."""
    server = Embedded.start(folder / "durable")
    try:
        found = Durable(server)
        with found.connect("postgres") as connection:
            loose = [said for (said,) in connection.execute(statement("durability"))]
            assert not loose, f"commits are not safe here: {', '.join(loose)}"
        yield found
    finally:
        server.leave()


def _written(file: FileIO) -> float:
    started = time.perf_counter()
    file.write(bytes(_PAGE))
    os.fdatasync(file.fileno())
    return (time.perf_counter() - started) * 1000


def _bytes(connection: psycopg.Connection[Any]) -> int:
    (size,) = connection.execute(statement("bytes")).fetchone()
    return size
