"""The two sides that a person has chosen, as words, and the sources that these stand for."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from console.db.session import Session
from console.drift.sources import choosing
from console.drift.sources.kinds import Made, Saved, Script, Source
from console.drift.sources.words import Sort, meant
from console.text import sanitize

HERE, OWN = "here:", "own:"
"""The database of the session, and what its own applied migrations make."""

_NO_VARIABLES = MappingProxyType[str, str]({})


class Opening(Protocol):
    """Opens sessions beside the one at hand."""

    async def open_beside(self, word: str, *, what: str, direct: bool = False) -> Session:
        """Open a session on what a word means."""


@dataclass(frozen=True, slots=True)
class Sides:
    """From `a` to `b`: words as `dbconsole drift` takes them, or HERE, or OWN."""

    a: str = HERE
    b: str = OWN

    @property
    def turned(self) -> Sides:
        """The other way round."""
        return Sides(self.b, self.a)

    @property
    def is_own(self) -> bool:
        """Whether the question is if anybody has touched the session's database."""
        return (self.a, self.b) == (HERE, OWN)

    @property
    def takes_shadow(self) -> bool:
        """Whether one of the sides has to be made in a throw-away server."""
        return any(_sort(word) in (Sort.FOLDER, Sort.SQL) for word in (self.a, self.b))

    def said(self, here: str) -> str:
        """Say both, `here` being the name of the session's target."""
        b = "its migrations" if self.is_own else name(self.b, here)
        return f"{name(self.a, here)} → {b}"


def name(word: str, here: str) -> str:
    """Return a side for people."""
    return {HERE: here, OWN: f"the migrations of {here}"}.get(word) or sanitize(word.removeprefix("database:"))


def is_live(word: str) -> bool:
    """Tell whether a side is a database."""
    return _sort(word) is Sort.TARGET


def _sort(word: str) -> Sort:
    if word == OWN:
        return Sort.FOLDER
    prefix = word.partition(":")[0]
    return Sort(prefix) if prefix in (Sort.FOLDER, Sort.SQL, Sort.SNAPSHOT) else Sort.TARGET


@dataclass(frozen=True, slots=True)
class Sources:
    """Both sides ready to be read; their sessions live as long as the stack that they were opened with."""

    a: Source
    b: Source


async def sources(sides: Sides, here: Session, opening: Opening, open_now: AsyncExitStack) -> Sources:
    """Return what the words stand for. Raises UsageError and its kin, Refused, ConnectionFailed, StatementFailed."""
    return Sources(*[await _source(word, here, opening, open_now) for word in (sides.a, sides.b)])


async def session_on(word: str, here: Session, opening: Opening, *, direct: bool = False) -> Session:
    """Open a session on a side that is a database. Raises ConnectionFailed and its kin, UsageError."""
    if word == HERE:
        return await here.sibling("drift", direct=direct)
    return await opening.open_beside(word, what="drift", direct=direct)


async def _source(word: str, here: Session, opening: Opening, open_now: AsyncExitStack) -> Source:
    if word == OWN:
        async with await here.sibling("drift") as own:
            return await choosing.own_migrations(own, None, _variables(here))
    if is_live(word):
        session = await open_now.enter_async_context(await session_on(word, here, opening))
        return choosing.of_session(session)
    found: Made | Script | Saved = await asyncio.to_thread(
        lambda: choosing.at_rest(meant(word, Path.cwd()), _NO_VARIABLES)
    )
    return found


def _variables(here: Session) -> MappingProxyType[str, str]:
    profile = here.target.profile
    return MappingProxyType(dict(profile.vars)) if profile is not None else _NO_VARIABLES
