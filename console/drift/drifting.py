"""Compares two sources: reads both, plans what turns the first into the second, and proves it. Writes to neither."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from console.catalog.model import Catalog, Extension, Key
from console.config.shadow import Wish
from console.drift import hazards
from console.drift.authorship.attribution import Attribution
from console.drift.authorship.remembering import attributed
from console.drift.coverage import Count, count, coverage
from console.drift.drift import Drift
from console.drift.events import Compared, DriftFinished, Event, Preparing, Proving
from console.drift.planning import planning
from console.drift.planning.planning import Plan
from console.drift.proving import settling
from console.drift.proving.proof import prove
from console.drift.proving.settling import Same
from console.drift.proving.shadow import Shadow, Wanted
from console.drift.reporting import reported
from console.drift.saving import Saving, save
from console.drift.scope import Pair, narrowed
from console.drift.sources import dumps, live, making
from console.drift.sources.kinds import Live, Made, Read, Saved, Script, Source
from console.drift.wishes import Wishes
from console.errors import ConnectionLost, ConsoleError, Interrupted
from console.migrations.hazards.hazard import Hazard
from console.migrations.rehearsal.shadows import Beside
from console.migrations.rehearsal.stage import identity, spoken_of
from console.text import sanitize

_NEWEST = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """Two sources to be compared. `beside` is the target where the shadow wished for is `same-server`.

    `whole` has two databases read wholly, where a part would do for the comparison.
    """

    a: Source
    b: Source
    wishes: Wishes = field(default_factory=Wishes)
    proof: bool = True
    wish: Wish = ""
    beside: Beside | None = None
    saving: Saving | None = None
    whole: bool = True


async def drift(asked: Asked) -> AsyncGenerator[Event, None]:
    """Compare two sources and yield what happens; the last event holds what came of it.

    What keeps the statements from being proved is said in the proof. Raises Interrupted when the task that iterates is
    cancelled; where a side cannot be had ConnectionFailed and its kin, StatementFailed, MigrationFailed, BadSql,
    Incomplete, and UsageError when there is no shadow to make it in.
    """
    async with aclosing(reported(lambda tell: _Comparison(asked, tell).run())) as events:
        async for event in events:
            yield event


async def take(source: Source, wish: Wish = "", beside: Beside | None = None) -> Read:
    """Read one source alone, for a snapshot. Raises as `drift` does."""
    async with Shadow(wish, beside) as shadow:
        found = await _at_once(source)
        if found is not None:
            return found
        shadow.wanted = await _wanted((source,), [None])
        return await _made(shadow, source, "")


@dataclass(slots=True)
class _Comparison:
    asked: Asked
    tell: Callable[[Event], None]
    as_read: list[Read | None] = field(default_factory=list)

    async def run(self) -> None:
        try:
            await self._run()
        except ConnectionLost as error:
            error.detail = "\n".join(filter(None, (error.detail, "Nothing was written to either side.")))
            raise

    async def _run(self) -> None:
        began = time.perf_counter()
        async with Shadow(self.asked.wish, self.asked.beside, self._prepare) as shadow:
            found = await self._counted(await self._compared(shadow))
            found = replace(found, hazards=_hazards(found), attributions=await self._attributed(found))
            self.tell(Compared(found))
            if self.asked.proof and found.plan.statements:
                self._prepare("proving the statements")
                proved = await prove(
                    shadow, found.a, found.b, found.plan, self.asked.wishes, lambda *at: self.tell(Proving(*at))
                )
                longer = len(proved.plan.statements) > len(found.plan.statements)
                found = replace(found, plan=proved.plan, proof=proved.proof)
                found = replace(found, hazards=_hazards(found)) if longer else found
            if self.asked.saving is not None and found.plan.statements:
                self._prepare("saving it as a migration, and trying that")
                found = replace(found, files=await save(shadow, found, self.asked.saving))
        self.tell(DriftFinished(found, time.perf_counter() - began))

    async def _compared(self, shadow: Shadow) -> Drift:
        a, b = await self._read(shadow)
        self._prepare("comparing")
        pair, plan = await self._planned(a, b)
        alike = await self._alike(shadow, a, b, plan)
        if alike:
            b = replace(b, catalog=settling.likened(b.catalog, a.catalog, alike))
            pair, plan = await self._planned(a, b)
        return Drift(a, b, pair, plan)

    async def _counted(self, found: Drift) -> Drift:
        """Count what either side has, as far as that is not done: what is not compared is named."""
        sides = ((found.a, self.asked.a), (found.b, self.asked.b))
        a, b = await asyncio.gather(*(_count(source, one) for one, source in sides))
        return replace(found, coverage=coverage(a, b))

    async def _attributed(self, found: Drift) -> Mapping[Key, Attribution]:
        """Say whose the changes are between a database and its own migrations."""
        sources, sides = (self.asked.a, self.asked.b), (found.a, found.b)
        own = next((place for place, each in enumerate(sources) if isinstance(each, Live)), 0)
        mine, other, known = sources[own], sources[1 - own], self.as_read[own]
        if not (found.changes and isinstance(mine, Live) and isinstance(other, Made) and known is not None):
            return {}
        return await attributed(found.changes, mine.session, known.catalog, other, sides[1 - own].makers)

    async def _planned(self, a: Read, b: Read) -> tuple[Pair, Plan]:
        pair = narrowed(a, b)
        return pair, await asyncio.to_thread(planning.plan, pair.a, pair.b, pair.scope, self.asked.wishes)

    async def _alike(self, shadow: Shadow, a: Read, b: Read, plan: Plan) -> frozenset[Same]:
        """Return the texts that only look different; none where there is no shadow to load them in."""
        if not settling.doubtful(plan.changes):
            return frozenset()
        self._prepare("loading both sides of what differs in its text")
        try:
            return await settling.same(shadow, a.catalog, b.catalog, plan.changes)
        except (ConnectionLost, Interrupted):
            raise
        except (ConsoleError, OSError):
            return frozenset()

    async def _read(self, shadow: Shadow) -> tuple[Read, Read]:
        """Read what needs no shadow first: it tells which shadow would be the best for the rest."""
        sources = (self.asked.a, self.asked.b)
        self._prepare("reading")
        known = await self._at_once(*sources)
        self.as_read = known
        shadow.wanted = await _wanted(sources, known)
        role = next((source.session.server.role for source in sources if _has_server(source)), "")  # type: ignore[union-attr]
        found = [one or await self._in_shadow(shadow, source, role) for one, source in zip(known, sources, strict=True)]
        if found[0].major != found[1].major or shadow.started:
            for place, one in enumerate(found):
                if one.major != await shadow.major():
                    self._prepare(f"making {one.label} again in the shadow")
                    found[place] = await making.rebuilt(shadow, one)
        return found[0], found[1]

    async def _at_once(self, a: Source, b: Source) -> list[Read | None]:
        """Read what needs no shadow; of two databases, unless more is wanted, only what has to do with a difference."""
        if isinstance(a, Live) and isinstance(b, Live) and self._is_enough:
            found = await live.both(a, b)
            if found is not None:
                return [*found]
        # One after the other: the rows of two large catalogs at a time would take twice the memory.
        return [await _at_once(source) for source in (a, b)]

    @property
    def _is_enough(self) -> bool:
        """Tell whether a part of both sides will do: a person's rename may name what does not differ."""
        asked = self.asked
        return not (asked.whole or asked.saving is not None or asked.wishes.renames)

    async def _in_shadow(self, shadow: Shadow, source: Source, role: str) -> Read:
        await shadow.place()
        self._prepare(f"making {source.label} in the shadow")
        traced = any(isinstance(each, Live) for each in (self.asked.a, self.asked.b))
        return await _made(shadow, source, role, traced=traced)

    def _prepare(self, what: str) -> None:
        self.tell(Preparing(sanitize(what)))


async def _made(shadow: Shadow, source: Source, role: str, *, traced: bool = False) -> Read:
    if isinstance(source, Made):
        return await making.of_folder(shadow, source, role, traced=traced)
    assert isinstance(source, Script)
    return await making.of_script(shadow, source, role)


async def _count(source: Source, found: Read) -> Count | None:
    return await count(source.session) if isinstance(source, Live) else found.count


def _hazards(found: Drift) -> tuple[tuple[Hazard, ...], ...]:
    return hazards.of_statements(found.pair.a, found.pair.b, found.plan.statements)


def _has_server(source: Source) -> bool:
    return isinstance(source, Live) and source.session.server is not None


async def _at_once(source: Source) -> Read | None:
    """Read what needs no shadow."""
    if isinstance(source, Live):
        return await live.read(source)
    return live.of_snapshot(source) if isinstance(source, Saved) else None


async def _wanted(sources: Sequence[Source], known: Sequence[Read | None]) -> Wanted:
    """Return which shadow would be the best: of the newest version in play, with all extensions that are named."""
    majors = [one.major for one in known if one is not None]
    said = [found for each in sources if isinstance(each, Script) and (found := dumps.version(each.text)) is not None]
    extensions = {name for one in known if one is not None for name in _extensions(one.catalog)}
    for source in sources:
        extensions |= spoken_of(_texts(source))
    number = [await identity(each.session) for each in sources if isinstance(each, Live)]
    return Wanted(max(majors or said or [_NEWEST]), frozenset(extensions), next(iter(number), ""))


def _extensions(catalog: Catalog) -> set[str]:
    return {each.key.name for each in catalog.of(Extension)}


def _texts(source: Source) -> list[str]:
    match source:
        case Made():
            return [migration.up.text for migration in source.migrations]
        case Script():
            return [source.text]
    return []
