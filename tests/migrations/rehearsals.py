"""What the tests of rehearsals share: one is carried out, and its verdicts are taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any

from console.config.profile import Target
from console.db.session import Session
from console.migrations import plan
from console.migrations.files import native
from console.migrations.ledgers.ledger import Recorded
from console.migrations.ledgers.native import Native
from console.migrations.rehearsal import laying
from console.migrations.rehearsal.events import RehearsalFinished
from console.migrations.rehearsal.rehearsing import rehearse
from console.migrations.rehearsal.shadows import Beside
from console.migrations.rehearsal.verdict import Part, Rehearsal, Verdict
from tests.migrations.project import agreed


async def from_nothing(path: Path, **options: Any) -> Rehearsal:
    """Rehearse a whole folder, from an empty database."""
    folder = native.read(path)
    return await _carried_out(rehearse(folder, plan.up(folder, Recorded()), **options))


async def upon(target: Target, path: Path, **options: Any) -> Rehearsal:
    """Rehearse what is pending on a target."""
    folder = native.read(path)
    async with await Session.open(target, what="rehearsal") as session:
        wanted = plan.up(folder, await Native().read(session))
        found = await laying.survey(session)
    beside = Beside(target, agreed(target))
    return await _carried_out(rehearse(folder, wanted, found=found, beside=beside, **options))


async def _carried_out(events: Any) -> Rehearsal:
    async with aclosing(events) as coming:
        *_, last = [event async for event in coming]
    assert isinstance(last, RehearsalFinished)
    return last.rehearsal


def verdicts(found: Rehearsal) -> Mapping[str, Verdict]:
    """Return the verdicts by their versions."""
    return {verdict.version: verdict for verdict in found.verdicts}


def parts(verdict: Verdict) -> str:
    """Return the parts in a line, + for what went well, - for what did not, . for what was not tried.

    up, verify, down, equal, again: `+.++` and `+` make `+.+++`.
    """
    return "".join({True: "+", False: "-", None: "."}[getattr(verdict, part.value)] for part in Part)


def left(verdict: Verdict) -> list[str]:
    """Return the differences as sentences."""
    return [each.sentence for each in verdict.difference]
