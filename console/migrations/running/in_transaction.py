"""Runs a script in one transaction, with the record of it in the same."""

from __future__ import annotations

import time
from collections.abc import Sequence

from console.db.writer import Writer
from console.migrations.leftovers import resuming
from console.migrations.plan import Step
from console.migrations.running import overtaken
from console.migrations.running.record import record
from console.migrations.running.work import Work
from console.migrations.script import Piece, Program, bundles
from console.migrations.snapshots import nested


async def run(work: Work, step: Step, program: Program, following: str) -> None:
    """Run all statements and record the migration: all of it or nothing.

    `following` is the version that comes next, so that others see what this run is at. Raises StatementFailed and its
    kin, MigrationFailed when the lease was lost, Overtaken when another runner was there first.
    """
    label = step.migration.label

    async def attempt() -> None:
        began = time.perf_counter()
        async with work.transaction(
            following or step.migration.version,  # others see it from the commit on
            doing=f"recording {label}",
            lock_timeout=work.patience.lock_timeout,
        ) as (writer, pid):
            await overtaken.look(work, writer, step)
            await together(work, writer, label, program, program.pieces, pid)
            await nested.look(work, writer, program)
            writer.at_the_end(reset=program.sets)
            record(work, writer, step, program, time.perf_counter() - began, following)

    await work.patiently(label, attempt)


async def together(work: Work, writer: Writer, label: str, program: Program, pieces: Sequence[Piece], pid: int) -> None:
    """Run statements in the transaction that is open, in as few round trips as they let us."""
    for bundle in bundles(pieces):
        await resuming.must_be_whole(writer, label, bundle[0])
        await work.send(writer, label, program, bundle, pid)
