"""Makes the databases of the demo's server: one after the other, whoever asks, each of them whole or not at all.

Roles belong to the whole server, so two databases are never filled at the same time: whoever makes one holds a lock of
the server. It ends with its connection, however that ends. A database is filled under another name and renamed at the
end; what is found under such a name by the next one who has the lock was left behind by one who was killed.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from console.config.profile import Target
from console.db.compose import SQL, Identifier
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.db.writer import Writer
from console.errors import ConsoleError
from console.sql import queries

_HALF = "_being_built"
_HOWEVER_LONG = 0.0  # seconds: as a lock_timeout, no end
_DROP = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
_CREATE = SQL("CREATE DATABASE {} TEMPLATE template0")
_RENAME = SQL("ALTER DATABASE {} RENAME TO {}")


def half(database: str) -> str:
    """Return the name under which a database is filled."""
    return f"{database}{_HALF}"


def is_half(database: str) -> bool:
    """Tell whether a database is being filled, or was left half-way."""
    return database.endswith(_HALF)


@dataclass(frozen=True, slots=True)
class Building:
    """Makes databases on one server; `postgres` is the database that is there from the beginning."""

    postgres: Target

    async def databases(self) -> frozenset[str]:
        """Return the names of all databases, the half ones included."""
        async with await Session.open(self.postgres, what="demo") as session:
            [rows] = await session.read(Query(queries.load("demo/databases")), doing="looking for the demos")
            return frozenset(name for (name,) in rows)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Wait until nobody else makes databases here, and keep it so for as long as the block lasts."""
        async with self._writer("waiting for another demo to be built", lock_timeout=_HOWEVER_LONG) as writer:
            await writer.execute(queries.load("demo/alone"))
            yield

    async def clear(self) -> None:
        """Drop what somebody who was killed has left half-way; only for who is `alone`."""
        for left in filter(is_half, await self.databases()):
            await self._run(_DROP, left)

    async def settle(self) -> None:
        """Have everything on the disk: a server that was just filled takes seconds to stop otherwise."""
        async with self._writer("writing the demo to the disk") as writer:
            await writer.execute(queries.load("demo/checkpoint"))

    async def make(self, target: Target, fill: Callable[[Target], Awaitable[None]]) -> None:
        """Make a database and have it filled, in place of the one that is there; only for who is `alone`."""
        unfinished = replace(target, params={**target.params, "dbname": half(target.database)})
        try:
            await self.clear()
            await self._run(_CREATE, unfinished.database)
            await fill(unfinished)
            await self._run(_DROP, target.database)
            await self._run(_RENAME, unfinished.database, target.database)
        except BaseException:
            with contextlib.suppress(ConsoleError):  # a server that is gone; the next one who builds finds it
                await self._run(_DROP, unfinished.database)
            raise

    async def _run(self, statement: SQL, *databases: str) -> None:
        async with self._writer("making a demo database") as writer:
            await writer.execute(statement.format(*map(Identifier, databases)))

    @asynccontextmanager
    async def _writer(self, doing: str, *, lock_timeout: float | None = None) -> AsyncIterator[Writer]:
        word = consent(self.postgres, action="make a demo database")
        session = Session(self.postgres, what="demo")
        async with session.alone(word, lock_timeout=lock_timeout, doing=doing) as writer:
            yield writer
