"""The demo's server and its databases: one for each sample system, made when it is first asked for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

from console.config import names, paths
from console.config.profile import Guard, Target
from console.db.local.embedded import Embedded
from console.db.session import Session
from console.demo.building import Building, half, is_half
from console.errors import ConnectionFailed, ConsoleError, Interrupted, UsageError

Saying = Callable[[str], None]

_SETTINGS = {
    "synchronous_commit": "off",
    "track_activity_query_size": "4096",
    "client_connection_check_interval": "1s",  # what a console that was killed had running ends with it
}


class Demo:
    """The running server; leave it when done. The last console that leaves stops it, unless it is to be kept.

    `anew` are the demos that are to be built again although they are there, `scale` how many times the usual rows a
    built one gets where its data can be of any size; `built` are those that were built through this object, and
    `failed` says of others why they could not be.
    """

    def __init__(self, server: Embedded) -> None:
        self.server = server
        self.keep = False
        self.anew: set[str] = set()
        self.scale = 1
        self.built: set[str] = set()
        self.failed: dict[str, ConsoleError] = {}
        self._begun: set[str] = set()
        self._building = Building(replace(self.target("postgres"), demo=None))

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
            params=self.server.params(database_of(name)),
            guard=Guard.OPEN,
            origin="the demo",
            demo=name,
        )

    async def session(self, name: str, say: Saying | None = None, *, what: str) -> Session:
        """Open a session on a demo database. One that is there already costs no look whether it is."""
        if name not in self.anew and name in names.DEMOS:
            with contextlib.suppress(ConnectionFailed):
                return await Session.open(self.target(name), what=what)
        return await Session.open(await self.ready(name, say), what=what)

    async def ready(self, name: str, say: Saying | None = None) -> Target:
        """Return the target of a demo database, made and filled if need be.

        Raises UsageError for a name that no sample system has.
        """
        if name not in names.DEMOS:
            raise UsageError(f"There is no demo named {name}.", hint=f"There are: {', '.join(names.DEMOS)}.")
        if await self._wanting(name):
            self._begun.add(name)
            if say is not None:
                say(f"building {name} …")
            try:
                async with self._building.alone():
                    if await self._wanting(name):  # nobody has built it while we waited
                        await self._build(name)
            finally:
                self._begun.discard(name)
        return self.target(name)

    async def missing(self) -> tuple[str, ...]:
        """Return the demos that are still to be built, in their order."""
        there = await self._building.databases()
        return tuple(name for name in names.DEMOS if name in self.anew or database_of(name) not in there)

    def not_scaled(self, name: str) -> str:
        """Return the sentence for who wants another size of a demo that is there already."""
        return f"{name} is there already, and --scale counts when a demo is built: --reset builds it anew."

    async def states(self) -> Mapping[str, str]:
        """Return a word about each demo that is not simply there: being built, not built yet, why not."""
        there = await self._building.databases()
        return {name: self._state(name, there) for name in names.DEMOS}

    async def clear(self) -> None:
        """Drop what a console that was killed has left half-way."""
        if any(map(is_half, await self._building.databases())):
            async with self._building.alone():
                await self._building.clear()

    async def settle(self) -> None:
        """Have on the disk what was built, so that the server can be stopped without delay."""
        await self._building.settle()

    async def leave(self) -> None:
        """Stop using the server."""
        await asyncio.to_thread(self.server.leave, keep=self.keep)

    async def _wanting(self, name: str) -> bool:
        return name in self.anew or database_of(name) not in await self._building.databases()

    async def _build(self, name: str) -> None:
        from console.demo.filling import fill  # the runner and all it needs: a start of a demo that exists is quicker

        try:
            await self._building.make(self.target(name), partial(fill, scale=self.scale))
        except Interrupted:
            raise
        except ConsoleError as error:
            self.failed[name] = error
            raise
        self.anew.discard(name)
        self.failed.pop(name, None)
        self.built.add(name)

    def _state(self, name: str, there: Iterable[str]) -> str:
        if name in self._begun or half(database_of(name)) in there:
            return "being built …"
        if name in self.failed:
            return "could not be built"
        if database_of(name) in there:
            return "to be built anew" if name in self.anew else ""
        return "not built yet"


def folder() -> Path:
    """Return where the demo's cluster is wanted."""
    return paths.data_dir() / "demo"


def database_of(name: str) -> str:
    """Return the name of a demo's database."""
    return name.replace("-", "_")
