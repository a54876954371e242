"""After a script that did not go through: asks the database what is there now, writes it down, and says it."""

from __future__ import annotations

import asyncio
import contextlib

from console.errors import CommitUnknown, ConnectionLost, ConsoleError
from console.migrations import explain, history
from console.migrations.ledgers.ledger import Recorded
from console.migrations.leftovers import cures, leftover
from console.migrations.plan import Step
from console.migrations.running.record import record_failure
from console.migrations.running.work import Work
from console.migrations.script import Program

Stop = ConsoleError | asyncio.CancelledError


async def of(work: Work, step: Step, program: Program, stop: Stop, seconds: float) -> ConsoleError:
    """Return what to raise: what stopped the script after so many seconds, and what the state is now."""
    recorded, left = await _look(work, step, stop, seconds)
    undone = program.transaction and isinstance(stop, ConnectionLost) and not isinstance(stop, CommitUnknown)
    state = explain.state(step, recorded, work.done, work.order, work.lasting, undone=undone)
    state = f"{state} {left}".strip()
    if isinstance(stop, asyncio.CancelledError):
        return explain.interruption(step, state)
    return explain.failure(stop, program, work.piece, state, work.watch.last)


async def _look(work: Work, step: Step, stop: Stop, seconds: float) -> tuple[Recorded | None, str]:
    """Return what is recorded, None where the database cannot be asked, and what a statement has left behind."""
    recorded, left = None, ""
    piece = work.piece
    by_person = isinstance(stop, asyncio.CancelledError)
    outcome, said = (history.INTERRUPTED, "stopped by a person") if by_person else (history.FAILED, str(stop))
    with contextlib.suppress(ConsoleError):
        recorded = await work.ledger.read(work.session)
        await record_failure(work, step, outcome, piece.number - 1 if piece else 0, seconds, said)
        if piece is not None and piece.alone:
            left = cures.told(await leftover.read(work.session), piece)
    return recorded, left
