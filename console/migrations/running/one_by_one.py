"""Runs a script outside a transaction: statement by statement, with the position recorded.

What can run in a transaction shares one with the record of its position, so that a crash cannot come between; so does
what the file itself puts between BEGIN and COMMIT. What cannot runs alone on a direct connection of its own, is
recorded as started before and as done after, and is doubtful when nothing follows. Each statement sees the SETs that
stand before it in the file, and nothing else of its neighbours. Where schema dbconsole is not to be made there is no
position: what is left half-way begins anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

from console.db import pooling
from console.db.query import Query, sendable
from console.db.writer import Writer
from console.errors import ConnectionLost, ConsoleError, Refused
from console.migrations.ledgers.ledger import Note
from console.migrations.leftovers import resuming
from console.migrations.leftovers.resuming import Earlier, Untouched
from console.migrations.plan import Step
from console.migrations.running import doubtful, in_transaction, overtaken, unfinished
from console.migrations.running.events import Notice
from console.migrations.running.record import record
from console.migrations.running.work import Work
from console.migrations.script import Piece, Program, settings_before, units
from console.migrations.snapshots import nested
from console.sql.queries import load


async def run(work: Work, step: Step, program: Program, following: str) -> None:
    """Run the statements that are not done yet, and record the migration after the last one.

    Raises StatementFailed and its kin; what is done then stays and is recorded. Raises Overtaken when another runner
    was there first.
    """
    async with work.holding(step.migration.label) as still_held:
        await _go_through(work, step, program, following, still_held)


async def _go_through(
    work: Work, step: Step, program: Program, following: str, still_held: Callable[[], Awaitable[None]]
) -> None:
    began = time.perf_counter()
    version = step.migration.version
    done = unfinished.resume_at(step.migration.label, step.direction, program, step.resume)
    if step.resume is None:
        await _start(work, step, program)
    elif step.resume.doubtful and done < len(program.pieces) and await _settle(work, step, program.pieces[done]):
        done += 1
        await _record_position(work, step, program, done, doubtful=False)
    for unit in units(program.pieces[done:]):
        await still_held()
        try:
            await (_alone if unit[0].alone else _in_transaction)(work, step, program, unit)
        except (ConnectionLost, Untouched):
            raise
        except ConsoleError as error:
            await _record_failure(work, step, error, time.perf_counter() - began)
            raise
        work.lasting = unit[-1].number
    async with work.transaction(version, doing=f"recording {step.migration.label}") as (writer, _):
        _at_the_end(work, writer, unfinished.ended(version))
        record(work, writer, step, program, time.perf_counter() - began, following)


async def _start(work: Work, step: Step, program: Program) -> None:
    """Write what the tool itself writes before the first statement, so that it knows of a run that never ends.

    With it goes the position, so that we know the mark for our own.
    """
    version = step.recorded_as or step.migration.version
    queries = work.ledger.start(Note(version, step.migration, step.direction, work.batch, 0, 0))
    if queries or not work.remembers:
        async with work.transaction(step.migration.version, doing="recording the beginning") as (writer, _):
            await overtaken.look(work, writer, step)
            writer.at_the_end(*queries)
            _at_the_end(work, writer, _reached(step, program, 0, doubtful=False))


def _at_the_end(work: Work, writer: Writer, query: Query) -> None:
    """Write with COMMIT what belongs to the positions, where these are kept."""
    if work.remembers:
        writer.at_the_end(query)


async def _in_transaction(work: Work, step: Step, program: Program, unit: Sequence[Piece]) -> None:
    async def attempt() -> None:
        async with work.transaction(
            step.migration.version, doing="recording the position", lock_timeout=work.patience.lock_timeout
        ) as (writer, pid):
            await writer.together(*_settings(program, unit[0]))
            await in_transaction.together(work, writer, step.migration.label, program, unit, pid)
            await nested.look(work, writer, program)
            writer.at_the_end(reset=program.sets)
            _at_the_end(work, writer, _reached(step, program, unit[-1].number, doubtful=False))

    await work.patiently(step.migration.label, attempt)


async def _alone(work: Work, step: Step, program: Program, unit: Sequence[Piece]) -> None:
    [piece] = unit
    await _record_position(work, step, program, piece.number - 1, doubtful=True)
    work.trail.alone(piece.text)
    # A CONCURRENTLY that gave up waiting would leave an invalid index, and while it waits it stands in nobody's way.
    waits = 0.0 if "concurrently" in piece.text.lower() else work.patience.lock_timeout

    async def attempt() -> None:
        async with (
            work.session.alone(work.consent, lock_timeout=waits) as writer,
            heartbeat(work, step.migration.version),
        ):
            await writer.together(*_settings(program, piece))
            pid = int((await writer.execute(load("ledger/pid"))).rows[0][0] or 0)
            earlier = _earlier(step, piece, again=work.attempt > 1)
            work.piece = piece
            if not await resuming.settle(work, writer, step.migration.label, piece, pid, earlier):
                await work.send(writer, step.migration.label, program, (piece,), pid)

    try:
        await work.patiently(step.migration.label, attempt)
    except Untouched:
        await _record_position(work, step, program, piece.number - 1, doubtful=False)
        raise
    await _record_position(work, step, program, piece.number, doubtful=False)


def _settings(program: Program, piece: Piece) -> Iterator[Query]:
    """Return the SETs that a statement would see if the file ran in one go."""
    return (Query(sendable(each)) for each in settings_before(program.pieces, piece.number))


def _earlier(step: Step, piece: Piece, *, again: bool) -> Earlier:
    """Say what an earlier attempt, of this run or of one before, has done about a statement."""
    stopped = step.resume
    reached = stopped is not None and stopped.done == piece.number - 1
    doubtful = reached and stopped is not None and stopped.doubtful
    failed = reached and stopped is not None and stopped.error is not None
    return Earlier(begun=again or doubtful or failed, doubtful=doubtful and not again)


async def _record_position(work: Work, step: Step, program: Program, done: int, *, doubtful: bool) -> None:
    async with work.transaction(step.migration.version, doing="recording the position") as (writer, pid):
        if doubtful:
            _must_be_direct(work, step, writer, pid)
        _at_the_end(work, writer, _reached(step, program, done, doubtful=doubtful))


def _must_be_direct(work: Work, step: Step, writer: Writer, pid: int) -> None:
    """Refuse what needs plain SETs, which through a transaction pooler would reach other clients."""
    target = work.session.target
    another = writer.greeted_by != pid
    if target.direct is None and pooling.shared(target.params, greeted_by_another=another):
        raise Refused(
            f"{step.migration.label} has statements outside a transaction, and a pooler is in between.",
            detail="Their timeouts and settings would reach other clients of the pooler. This statement has not run.",
            hint="Give the profile a direct_url, the address of the server itself.",
        )


def _reached(step: Step, program: Program, done: int, *, doubtful: bool) -> Query:
    migration = step.migration
    return unfinished.reached(migration.version, migration.name, step.direction, program, done, doubtful=doubtful)


async def _record_failure(work: Work, step: Step, error: ConsoleError, seconds: float) -> None:
    """Write down where it stopped, and what the tool itself writes of a failure."""
    version = step.recorded_as or step.migration.version
    note = Note(version, step.migration, step.direction, work.batch, round(seconds * 1000), 0)
    said = "\n".join(part for part in (error.title, error.detail) if part)
    with contextlib.suppress(ConsoleError):
        async with work.session.writing(work.consent, doing="recording the failure") as writer:
            writer.at_the_end(*work.ledger.fail(note, said))
            _at_the_end(work, writer, unfinished.failed(step.migration.version, error.title))


async def _settle(work: Work, step: Step, piece: Piece) -> bool:
    """Tell whether a statement is done already that was started by a run which then fell silent.

    Raises Refused while it still runs, and when nobody can know and it must not run twice.
    """
    label = step.migration.label
    [still] = await work.session.read(Query(load("ledger/still_running"), {"query": piece.text}))
    if still:
        raise Refused(
            f"{label}: statement {piece.number} still runs on the server, as pid {still[0][0]}.",
            detail="The run that started it is gone. Nothing else has run.",
            hint="Wait until it ends, then start again: the console goes on there.",
        )
    if not piece.repeatable:
        raise Refused(
            f"{label}: statement {piece.number} ({piece.title}) was started, and how it ended is not known.",
            detail="Running it twice might do its work twice. Nothing else has run.",
            hint="Look whether it was done. If so: UPDATE dbconsole.unfinished SET doubtful = false, done = done + 1;"
            " if not: UPDATE dbconsole.unfinished SET doubtful = false; then start again.",
        )
    done = await doubtful.done(work.session, piece)
    what = "it is done, and is not run again" if done else "it is run again"
    work.tell(Notice(label, "WARNING", f"Statement {piece.number} was started by a run that fell silent; {what}."))
    return done


@contextlib.asynccontextmanager
async def heartbeat(work: Work, version: str) -> AsyncIterator[None]:
    """Renew the lease while a statement runs on another connection; `version` is what is worked on."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(work.lease.seconds / 3)
            # If the lease is lost, the record after the statement will find out and say so.
            with contextlib.suppress(ConsoleError):
                renewal = work.lease.renewal(version)
                async with work.session.writing(work.consent, first=renewal, doing="renewing the lease"):
                    pass

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
