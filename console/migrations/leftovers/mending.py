"""Carries out what was agreed to about leftovers, one after the other; what is no longer there is left alone."""

from __future__ import annotations

import time
from collections.abc import Sequence

from console.errors import ConsoleError
from console.migrations.leftovers import leftover
from console.migrations.leftovers.cures import Action, Cure
from console.migrations.running.events import Notice, StatementFinished, StatementStarted
from console.migrations.running.one_by_one import heartbeat
from console.migrations.running.work import Work
from console.migrations.script import Piece
from console.sql.queries import load

_ALONE = (Action.DROP, Action.REINDEX)


async def carry_out(work: Work, wanted: Sequence[Cure]) -> None:
    """Mend one thing after the other, under the lease. Raises what a statement raises, with what is done by then."""
    still = await leftover.read(work.session) if wanted else ()
    for number, cure in enumerate(wanted, 1):
        if cure.leftover not in still:
            work.tell(Notice(cure.leftover.shown, "NOTICE", f"{cure.leftover.shown} has been mended meanwhile."))
            continue
        try:
            await _mend(work, cure, number, len(wanted))
        except ConsoleError as error:
            done = f"{number - 1} of {len(wanted)} leftovers are mended, and stay so."
            error.detail = "\n".join(part for part in (error.detail, done) if part)
            raise


async def _mend(work: Work, cure: Cure, number: int, total: int) -> None:
    label, began = cure.leftover.shown, time.perf_counter()
    work.piece = Piece(number, cure.sql, cure.sql, start=0, at=0, line=1, column=1)
    work.tell(StatementStarted(label, number, total, cure.sql, 1))
    version = cure.standing.version if cure.standing is not None else ""
    if cure.action in _ALONE:
        await _alone(work, cure, version)
    else:
        async with work.transaction(version, doing=f"mending {label}") as (writer, pid):
            with work.watched(pid, label):
                await writer.execute(cure.sql)
    work.tell(StatementFinished(label, number, total, cure.sql, time.perf_counter() - began, ""))


async def _alone(work: Work, cure: Cure, version: str) -> None:
    """Run what stands in nobody's way while it waits: outside a transaction, for as long as it takes."""
    label = cure.leftover.shown
    alone = work.session.alone(work.consent, lock_timeout=0, doing=f"mending {label}")
    async with alone as writer, heartbeat(work, version):
        pid = int((await writer.execute(load("ledger/pid"))).rows[0][0] or 0)
        with work.watched(pid, label):
            await writer.execute(cure.sql)
