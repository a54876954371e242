"""Goes on with a drift that was compared before: proves its statements, and saves them as a migration."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from console.catalog.model import Extension
from console.config.shadow import Wish
from console.drift import hazards
from console.drift.drift import Drift
from console.drift.events import DriftFinished, Event, Preparing, Proving
from console.drift.proving.proof import OFF, State, prove
from console.drift.proving.shadow import Shadow, Wanted
from console.drift.reporting import reported
from console.drift.saving import Saving, save
from console.drift.wishes import Wishes
from console.migrations.rehearsal.shadows import Beside
from console.text import sanitize


@dataclass(frozen=True, slots=True)
class Wanting:
    """What is wanted of a drift; the other fields as those of `drifting.Asked`.

    `identity` is that of the first side's server, empty where it is none.
    """

    drift: Drift
    wishes: Wishes = field(default_factory=Wishes)
    wish: Wish = ""
    beside: Beside | None = None
    identity: str = ""
    saving: Saving | None = None


async def finish(wanting: Wanting) -> AsyncGenerator[Event, None]:
    """Prove the statements, unless they are, and save them where that is asked; the last event holds the drift.

    What keeps them from being proved is said in the proof. Raises Interrupted when the task that iterates is cancelled,
    ConnectionLost, and what `saving.save` raises.
    """
    async with aclosing(reported(lambda tell: _finish(wanting, tell))) as events:
        async for event in events:
            yield event


async def _finish(wanting: Wanting, tell: Callable[[Event], None]) -> None:
    began = time.perf_counter()
    found = wanting.drift
    async with Shadow(wanting.wish, wanting.beside, lambda what: tell(Preparing(sanitize(what)))) as shadow:
        shadow.wanted = _wanted(found, wanting.identity)
        if found.proof.state is not State.EQUAL and found.plan.statements:
            tell(Preparing("proving the statements"))
            found = await _proved(shadow, found, wanting.wishes, tell)
        if wanting.saving is not None and found.plan.statements:
            tell(Preparing("saving it as a migration, and trying that"))
            found = replace(found, files=await save(shadow, found, wanting.saving))
    tell(DriftFinished(found, time.perf_counter() - began))


async def _proved(shadow: Shadow, found: Drift, wishes: Wishes, tell: Callable[[Event], None]) -> Drift:
    found = replace(found, proof=OFF)
    proved = await prove(shadow, found.a, found.b, found.plan, wishes, lambda *at: tell(Proving(*at)))
    said = found.hazards
    if len(proved.plan.statements) > len(found.plan.statements):
        said = hazards.of_statements(found.pair.a, found.pair.b, proved.plan.statements)
    return replace(found, plan=proved.plan, proof=proved.proof, hazards=said)


def _wanted(found: Drift, identity: str) -> Wanted:
    """Return which shadow is the best for both sides."""
    extensions = {each.key.name for side in (found.a, found.b) for each in side.catalog.of(Extension)}
    return Wanted(max(found.a.major, found.b.major), frozenset(extensions), identity)
