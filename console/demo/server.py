"""The demo's server and its databases: one for each sample system, made when it is first asked for."""

from __future__ import annotations

import asyncio
import contextlib
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
from console.errors import ConnectionFailed, UsageError
from console.sql import queries

Saying = Callable[[str], None]

_DROP = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
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
        starting = asyncio.ensure_future(asyncio.to_thread(Embedded.start, folder(), settings=_SETTINGS))
        try:
            return cls(await asyncio.shield(starting))
        except asyncio.CancelledError:
            # A thread is not stopped half-way: what it starts after all must not stay behind.
            await cls(await starting).leave()
            raise

    def target(self, name: str) -> Target:
        """Return the target of one demo database, whether it exists yet or not."""
        return Target(
            name=f"demo:{name}",
            params=self.server.params(name.replace("-", "_")),
            guard=Guard.OPEN,
            origin="the demo",
            demo=name,
        )

    async def session(self, name: str, say: Saying | None = None, *, what: str, reset: bool = False) -> Session:
        """Open a session on a demo database. One that is there already costs no look whether it is."""
        if not reset and name in names.DEMOS:
            with contextlib.suppress(ConnectionFailed):
                return await Session.open(self.target(name), what=what)
        return await Session.open(await self.ready(name, say, reset=reset), what=what)

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
            await self._build(target, reset=reset)
        return target

    async def leave(self) -> None:
        """Stop using the server."""
        await asyncio.to_thread(self.server.leave, keep=self.keep)

    async def _exists(self, target: Target) -> bool:
        async with await Session.open(self._postgres(), what="demo") as session:
            found = Query(queries.load("demo/database_exists"), {"name": target.database})
            [[(exists,)]] = await session.read(found)
            return bool(exists)

    async def _build(self, target: Target, *, reset: bool) -> None:
        """Fill a database of another name and rename it, so that a half-built one is never taken for whole.

        Another console that has built the same meanwhile, and may use it by now, keeps its own.
        """
        half = replace(target, params={**target.params, "dbname": f"{target.database}_{os.getpid()}"})
        await self._administer(_DROP, half.database)
        await self._administer(SQL("CREATE DATABASE {}"), half.database)
        from console.demo.filling import fill  # the runner and all it needs: a start of a demo that exists is quicker

        try:
            await fill(half)
            if reset:
                await self._administer(_DROP, target.database)
            if not await self._exists(target):
                await self._administer(SQL("ALTER DATABASE {} RENAME TO {}"), half.database, target.database)
        finally:
            await self._administer(_DROP, half.database)

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
