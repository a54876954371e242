"""What is known of a drift on the screen, and what is taken of it; reading and proving, as events."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from console.catalog.compare import Change
from console.catalog.model import Key
from console.config.profile import Target
from console.config.shadow import Wish, wished
from console.db.guard import Consent
from console.db.session import Session
from console.drift import drifting, lines
from console.drift.drift import Drift
from console.drift.drifting import Asked
from console.drift.events import Event
from console.drift.finishing import Wanting, finish
from console.drift.ground import Side
from console.drift.ordering.writing import Statement
from console.drift.part import part
from console.drift.part.bonds import Bonds, Mark, mark
from console.drift.planning import renames
from console.drift.saving import Saving
from console.drift.sources.kinds import Live, Made
from console.drift.wishes import Wishes
from console.migrations.hazards.hazard import Hazard
from console.migrations.rehearsal.shadows import Beside
from console.migrations.rehearsal.stage import identity
from console.ui.screens.drift.sides import Opening, Sides, Sources, sources

Said: TypeAlias = tuple[str, str, tuple[str, ...]]
"""Sign, detail and hazards of an object."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Whence a drift is: the words, what these stand for, the target that the first side is and its server's identity.

    The sessions of the sources are closed by now.
    """

    sides: Sides
    sources: Sources
    target: Target | None = None
    identity: str = ""

    @property
    def made(self) -> Path | None:
        """The folder that a side is made of, the second one's first."""
        found = (each.folder.path for each in (self.sources.b, self.sources.a) if isinstance(each, Made))
        return next(found, None)


@dataclass(eq=False)
class Known:
    """All changes that were found, with a person's wishes; what is left of them is not taken."""

    ground: Ground
    drift: Drift
    wishes: Wishes = field(default_factory=Wishes)
    left: frozenset[Mark] = frozenset()
    taken: Drift | None = None
    """What is taken as a drift of its own, once it is planned; with its proof, once it has one."""

    @cached_property
    def grouped(self) -> Mapping[Key, tuple[Change, ...]]:
        """The changes by object, in the order in which they are shown."""
        return {whole: tuple(changes) for whole, changes in lines.grouped(self.drift).items()}

    @cached_property
    def hazards(self) -> Mapping[Key, tuple[Hazard, ...]]:
        """The hazards by what they are for."""
        return self.drift.hazards_of()

    @cached_property
    def statements(self) -> Mapping[Key, tuple[Statement, ...]]:
        """The statements by what they are for."""
        return self.drift.statements_of()

    @cached_property
    def said(self) -> dict[tuple[Key, int], Said]:
        """What stands on the lines of objects, by how many of their changes are in sight; filled when it is shown."""
        return {}

    @cached_property
    def bonds(self) -> Bonds:
        """Which changes come together."""
        pair = self.drift.pair
        before = renames.applied(pair.a, renames.confirmed(pair.a, self.wishes.renames))
        return Bonds(Side(before), Side(pair.b), self.drift.changes)

    @property
    def marks(self) -> frozenset[Mark]:
        """The changes that are taken."""
        return frozenset(mark(each) for each in self.drift.changes) - self.left

    def toggled(self, changes: Iterable[Change]) -> tuple[frozenset[Mark], bool]:
        """Return what is left once these are taken, or, when all of them are, left; and whether they are taken."""
        marks = {mark(each) for each in changes}
        if marks & self.left:
            return self.left - self.bonds.with_needs(marks), True
        return self.left | self.bonds.with_needing(marks), False

    def leaving(self, left: frozenset[Mark]) -> Known:
        """Return the same with other changes left."""
        return self._again(left=left & {mark(each) for each in self.drift.changes})

    def proved(self, taken: Drift) -> Known:
        """Return the same with what is taken planned, or proved."""
        found = replace(self)
        found.__dict__.update({name: self.__dict__[name] for name in _FOUND if name in self.__dict__})
        found.taken = taken
        return found

    def wishing(self, wishes: Wishes) -> Known:
        """Return the same, planned as somebody wishes it now. Raises UsageError for a rename that cannot be."""
        drift = part.again(self.drift, wishes)
        found = Known(self.ground, drift, wishes)
        left = self.left & found.marks
        return found.leaving(found.bonds.with_needing(left)) if left else found

    def plan(self) -> Drift:
        """Return what is taken as a drift of its own."""
        return self.taken or part.part(self.drift, self.marks, self.wishes)

    def _again(self, *, left: frozenset[Mark]) -> Known:
        found = replace(self, left=left, taken=None)
        found.__dict__.update({name: self.__dict__[name] for name in _FOUND if name in self.__dict__})
        return found


_FOUND = ("grouped", "hazards", "statements", "bonds", "said")


@dataclass(frozen=True, slots=True)
class Shadowing:
    """The shadow that the profile wishes, and the word that one on the target's own server needs."""

    wish: Wish = ""
    consent: Consent | None = None

    def beside(self, session: Session) -> Beside:
        """Return the target for a shadow beside it."""
        return Beside(session.target, self.consent)


def variables(session: Session) -> Mapping[str, str]:
    """Return the variables of the files in the folder of the session's profile."""
    profile = session.target.profile
    return profile.vars if profile is not None else {}


async def wish_of(session: Session) -> Wish:
    """Return the shadow that the session's profile wishes. Raises UsageError and its kin."""
    profile = session.target.profile
    return await asyncio.to_thread(lambda: wished(None, profile, environ=os.environ, cwd=Path.cwd()))


async def compare(
    sides: Sides, wishes: Wishes, session: Session, opening: Opening, shadowing: Shadowing
) -> AsyncGenerator[Event | Ground, None]:
    """Read both sides and compare them, without a proof; the ground comes first, the drift with the last event.

    Raises what the sources and `drifting.drift` raise.
    """
    async with AsyncExitStack() as open_now:
        found = await sources(sides, session, opening, open_now)
        live = found.a.session if isinstance(found.a, Live) else None
        number = await identity(live) if live is not None else ""
        yield Ground(sides, found, live.target if live is not None else None, number)
        asked = Asked(found.a, found.b, wishes, False, shadowing.wish, shadowing.beside(session))
        async with aclosing(drifting.drift(asked)) as events:
            async for event in events:
                yield event


def finishing(
    known: Known, taken: Drift, session: Session, shadowing: Shadowing, saving: Saving | None = None
) -> AsyncGenerator[Event, None]:
    """Prove what is taken, and save it where that is asked; the last event holds it."""
    wanting = Wanting(taken, known.wishes, shadowing.wish, shadowing.beside(session), known.ground.identity, saving)
    return finish(wanting)
