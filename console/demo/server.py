"""The demo's server and its databases: one for each sample system, made when it is first asked for."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self

from console.config import names, paths
from console.config.profile import Guard, Target
from console.db.compose import SQL, Identifier
from console.db.embedded import Embedded
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.sql import queries

Saying = Callable[[str], None]

_SETTINGS = {"synchronous_commit": "off", "track_activity_query_size": "4096"}


class Demo:
    """The running server; leave it when done. The last console that leaves stops it, unless it is to be kept."""

    def __init__(self, server: Embedded) -> None:
        self.server = server
        self.keep = False

    @classmethod
    async def start(cls, say: Saying | None = None) -> Self:
        """Start the server, or join it where another console has started it.

        Raises ConnectionFailed, and UsageError when the extra `embedded` is not installed.
        """
        if say is not None:
            say("starting the demo's server …")
        return cls(await asyncio.to_thread(Embedded.start, folder(), settings=_SETTINGS))

    def target(self, name: str) -> Target:
        """Return the target of one demo database, whether it exists yet or not."""
        return Target(
            name=f"demo:{name}",
            params=self.server.params(name.replace("-", "_")),
            guard=Guard.OPEN,
            origin="the demo",
            demo=name,
        )

    async def ready(self, name: str, say: Saying | None = None, *, reset: bool = False) -> Target:
        """Return the target of a demo database, made and filled if need be; `reset` makes it anew.

        Raises UsageError for a name that no sample system has.
        """
        if name not in names.DEMOS:
            raise UsageError(f"There is no demo named {name}.", hint=f"There are: {', '.join(names.DEMOS)}.")
        target = self.target(name)
        if reset or not await self._exists(target):
            if say is not None:
                say(f"building {name} …")
            await self._build(target)
        return target

    async def leave(self) -> None:
        """Stop using the server."""
        await asyncio.to_thread(self.server.leave, keep=self.keep)

    async def _exists(self, target: Target) -> bool:
        async with await Session.open(self._postgres(), what="demo") as session:
            found = Query(queries.load("demo/database_exists"), {"name": target.database})
            [[(exists,)]] = await session.read(found)
            return bool(exists)

    async def _build(self, target: Target) -> None:
        """Fill a database of another name and rename it, so that a half-built one is never taken for whole."""
        half = replace(target, params={**target.params, "dbname": f"{target.database}_{os.getpid()}"})
        await self._administer(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), half.database)
        await self._administer(SQL("CREATE DATABASE {}"), half.database)
        from console.demo.filling import fill  # the runner and all it needs: a start of a demo that exists is quicker

        await fill(half)
        await self._administer(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), target.database)
        await self._administer(SQL("ALTER DATABASE {} RENAME TO {}"), half.database, target.database)

    async def _administer(self, statement: SQL, *databases: str) -> None:
        async with await Session.open(self._postgres(), what="demo") as session:
            word = consent(session.target, action="make a demo database")
            async with session.alone(word, doing="making a demo database") as writer:
                await writer.execute(statement.format(*map(Identifier, databases)))

    def _postgres(self) -> Target:
        return replace(self.target("postgres"), demo=None)


def folder() -> Path:
    """Return where the demo's cluster is wanted."""
    return paths.data_dir() / "demo"
