"""The shadow of a comparison: one throw-away server, started when it is first needed, with a database for each use."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from console.config.shadow import Wish
from console.db.compose import SQL, Identifier
from console.db.guard import Consent, consent
from console.db.local import standins
from console.db.scratch import scratch
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations.files.folder import Order, Ordering
from console.migrations.rehearsal import shadows, stage
from console.migrations.rehearsal.shadows import Beside, Place
from console.migrations.rehearsal.stage import Stage

_DROP_ROLE = SQL("DROP ROLE {}")
_NEWEST = 18


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which server would be the best: its version, what it has, and the identity of the one that it may be beside."""

    major: int = _NEWEST
    extensions: frozenset[str] = frozenset()
    identity: str = ""


class Shadow:
    """An asynchronous context, at whose end nothing of the server is left behind."""

    def __init__(self, wish: Wish, beside: Beside | None, tell: Callable[[str], None] = lambda _: None) -> None:
        """Take which shadow a person wishes; `tell` hears a sentence when it is started."""
        self.wanted = Wanted()
        self._wish, self._beside, self._tell = wish, beside, tell
        self._open_now = AsyncExitStack()
        self._place: Place | None = None
        self._version = ""
        self._major = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open_now.aclose()

    @property
    def started(self) -> bool:
        """Whether there was a need of it so far."""
        return self._place is not None

    @property
    def sentence(self) -> str:
        """Say where it is: `PostgreSQL 18.4 (embedded)`; an empty text before it is started."""
        return f"PostgreSQL {self._version} ({self._place.source})" if self._place is not None else ""

    @property
    def stood_in(self) -> frozenset[str]:
        """The extensions that it has as functions of ours only."""
        return self._place.standins if self._place is not None else frozenset()

    async def place(self) -> Place:
        """Return where it is; the first one who asks waits until it is up.

        Raises UsageError when there is none of that kind, ConnectionFailed and its kin.
        """
        if self._place is None:
            self._tell("starting the shadow")
            wanted = self.wanted
            place = await self._open_now.enter_async_context(
                shadows.opened(
                    self._wish,
                    self._beside,
                    major=wanted.major,
                    extensions=wanted.extensions,
                    identity=wanted.identity,
                )
            )
            async with await Session.open(place.target, what="shadow") as session:
                await session.read()
                assert session.server is not None
                self._version, self._major = session.server.version, session.server.major
            self._place = place
        return self._place

    async def major(self) -> int:
        """Return its major version, such as 18. Raises as `place` does."""
        await self.place()
        return self._major

    @contextlib.asynccontextmanager
    async def database(self, role: str = "", order: Ordering = Order.NUMBER) -> AsyncIterator[Stage]:
        """Have an empty database for as long as the block lasts; the roles that come with it go with it.

        On a server of ours it belongs to nobody else, and `role`, which may do everything, is who works there. Raises
        as `place` does, StatementFailed when no database can be made.
        """
        place = await self.place()
        word = consent(place.target, action="compare")
        before = await _roles(place)
        try:
            async with scratch(place.target, word) as target:
                if role and place.own:
                    async with await Session.open(target, what="shadow") as session:
                        first = Stage(session, order)
                        await first.make_roles([role])
                        await first.let_in(role)
                    target = replace(target, params={**target.params, "user": role})
                async with await Session.open(target, what="shadow") as session:
                    await session.read()
                    yield Stage(session, order)
        finally:
            if not place.shared:
                await _drop(place, word, before)


def said(stood_in: frozenset[str]) -> tuple[str, ...]:
    """Say which extensions are functions of ours only."""
    return tuple(f"{name} stood in for by {standins.functions(name)} functions" for name in sorted(stood_in))


async def _roles(place: Place) -> frozenset[str]:
    async with await Session.open(place.target, what="shadow", direct=True) as session:
        return await stage.roles(session)


async def _drop(place: Place, word: Consent, before: frozenset[str]) -> None:
    """Drop the roles that have come; one that something else needs by now stays."""
    async with await Session.open(place.target, what="shadow", direct=True) as session:
        for name in await stage.roles(session) - before:
            with contextlib.suppress(ConsoleError):
                async with session.writing(word, doing="dropping a role") as writer:
                    await writer.execute(_DROP_ROLE.format(Identifier(name)))
