"""Rehearses migrations in order, in a shadow that holds what the target holds, or in an empty one."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace

from console.catalog.model import Catalog
from console.config.shadow import SAME_SERVER, Wish
from console.db.local import standins
from console.db.session import Session
from console.db.telling import told
from console.migrations.files.folder import Folder, Migration
from console.migrations.plan import Plan
from console.migrations.rehearsal import laying, shadows, supabase
from console.migrations.rehearsal.events import (
    Event,
    MigrationRehearsed,
    Preparing,
    RehearsalFinished,
    ShadowReady,
)
from console.migrations.rehearsal.laying import Surroundings
from console.migrations.rehearsal.rounds import Conditions, Round, blank, extensions
from console.migrations.rehearsal.shadows import Beside, Place
from console.migrations.rehearsal.stage import Stage, named
from console.migrations.rehearsal.verdict import LeftOut, Rehearsal, Shadowed, StandIn, Verdict
from console.text import plural, sanitize

_NEWEST = 18  # without a target, the version that is looked for


def rehearse(
    folder: Folder, wanted: Plan, *, found: Surroundings | None = None, wish: Wish = "", beside: Beside | None = None
) -> AsyncGenerator[Event, None]:
    """Run a plan that applies migrations, each up, verify, down and up again, in a shadow; yield what happens.

    `found` is what the target holds, None to begin with an empty database; `beside` is the target where the wish is
    `same-server`. What fails is said in the verdicts; the last event holds them all. Raises Interrupted when the task
    that iterates is cancelled, UsageError when there is no shadow, ConnectionFailed and its kin.
    """
    said = shadows.stopped("Stopped while migrations were being rehearsed", "Nothing was written to the target.")
    return told(lambda tell: _Rehearsal(folder, wanted, found, wish, beside, tell).run(), stopped=said)


@dataclass(slots=True)
class _Rehearsal:
    folder: Folder
    plan: Plan
    found: Surroundings | None
    wish: Wish
    beside: Beside | None
    tell: Callable[[Event], None]
    verdicts: list[Verdict] = field(default_factory=list)
    shadow: Shadowed | None = None
    stood_in: set[str] = field(default_factory=set)
    began: float = field(default_factory=time.perf_counter)

    async def run(self) -> None:
        if self.plan.steps:
            await self._in_shadow()
        standing_in = tuple(StandIn(name, standins.functions(name)) for name in sorted(self.stood_in))
        result = Rehearsal(self.shadow, standing_in, tuple(self.verdicts))
        self.tell(RehearsalFinished(result, time.perf_counter() - self.began))

    @property
    def migrations(self) -> list[Migration]:
        return [step.migration for step in self.plan.steps]

    async def _in_shadow(self) -> None:
        self.tell(Preparing("starting the shadow"))
        major = self.found.server.major if self.found is not None else _NEWEST
        known = self.found.identity if self.found is not None else ""
        wanted = named(self.migrations) | (self.found.extensions if self.found is not None else set())
        async with AsyncExitStack() as open_now:
            place = await open_now.enter_async_context(
                shadows.opened(self.wish, self.beside, major=major, extensions=wanted, identity=known)
            )
            self.tell(Preparing("making what the target has" if self.found is not None else "making what is needed"))
            stage = await self._prepared(place, open_now)
            assert self.shadow is not None
            self.tell(ShadowReady(self.shadow))
            await self._rounds(stage, place, await self._conditions(stage, place))

    async def _prepared(self, place: Place, open_now: AsyncExitStack) -> Stage:
        """Lay the ground, and open the session in which the migrations run."""
        objects, left_out, added = None, tuple[LeftOut, ...](), tuple[str, ...]()
        async with await Session.open(place.target, what="shadow") as session:
            stage = Stage(session, self.folder.order)
            if self.found is not None:
                if not place.shared:
                    await stage.make_roles(self.found.roles | self.found.catalog.roles.keys())
                laid = await laying.lay(stage, self.found)
                objects, left_out = laid.objects, laid.left_out
                if place.own:
                    await stage.let_in(self.found.server.role)
            elif supabase.belongs_to(self.folder):
                added = await supabase.lay(stage, place, [each.up.text for each in self.migrations])
            await laying.offers(session)
            assert session.server is not None
            server = session.server
        target = self.found.server if self.found is not None else None
        self.shadow = Shadowed(server.version, server.major, place.source, target, objects, left_out, added)
        way = place.target
        if place.own and target is not None:
            way = replace(way, params={**way.params, "user": target.role})
        return Stage(await open_now.enter_async_context(await Session.open(way, what="shadow")), self.folder.order)

    async def _conditions(self, stage: Stage, place: Place) -> Conditions:
        assert self.shadow is not None
        return Conditions(
            available=await laying.offers(stage.session),
            shared=place.shared,
            free_roles=self.found is None and not place.shared,
            left_out=_left_out(self.shadow.left_out),
            serving=self._serving,
        )

    async def _rounds(self, stage: Stage, place: Place, conditions: Conditions) -> None:
        before: Catalog | None = await stage.catalog()
        for number, step in enumerate(self.plan.steps, 1):
            reason = _HALF_WAY if step.resume is not None else ""
            if before is None or reason:
                reason = reason or f"{self.verdicts[-1].label}, before it, is not there to build upon."
                before = None
                self._take(blank(step.migration, reason))
            else:
                one = Round(stage, self.folder, step.migration, conditions, before, self.tell, number, self.total)
                await one.run()
                self._take(one.verdict)
                self._mark(one, place)
                before = one.after
            self.tell(MigrationRehearsed(self.verdicts[-1], number, self.total))

    @property
    def total(self) -> int:
        return len(self.plan.steps)

    def _take(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)

    def _mark(self, one: Round, place: Place) -> None:
        """Remember what stood in, and which roles were made for it."""
        if one.after is not None:
            self.stood_in |= extensions(one.after) & place.standins
        if one.made_roles and self.shadow is not None:
            said = f"{plural(len(one.made_roles), 'role')}: {', '.join(one.made_roles)}"
            self.shadow = replace(self.shadow, added=(*self.shadow.added, said))

    def _serving(self, extension: str) -> str:
        major = f" {self.found.server.major}" if self.found is not None else ""
        said = (
            f"The shadow does not have it. A PostgreSQL{major} with {sanitize(extension)} would serve:"
            " give it as --shadow URL, or as `shadow` in the profile."
        )
        if self.found is not None and extension in self.found.offers:
            said += f" The target's own server has it: --shadow {SAME_SERVER}."
        return said


_HALF_WAY = "It stopped half-way on the target; what it has done so far cannot be made again in a shadow."


def _left_out(some: Sequence[LeftOut]) -> str:
    if not some:
        return ""
    named_ = ", ".join(each.what for each in some[:3])
    more = f" and {plural(len(some) - 3, 'other')}" if len(some) > 3 else ""
    return f"The shadow lacks what the target has: {named_}{more}."
