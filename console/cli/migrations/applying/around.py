"""What `up` does before and after a run where that is asked for: a backup, and new statistics."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from console.text import duration, plural, sanitize, size

if TYPE_CHECKING:
    from console.cli.terminal.progress import Progress
    from console.db.dumping import Dumped
    from console.db.guard import Consent
    from console.db.session import Session
    from console.migrations.analyzing import Analyzed
    from console.migrations.plan import Plan

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Around:
    """What was asked for: a backup, into a file or a folder (a Path() is where we are), and ANALYZE."""

    backup: Path | None = None
    analyze: bool = False


def options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of what comes before and after a run, and hand them over as one `around`."""

    @click.option("--backup", is_flag=True, help="Make a backup with pg_dump first; one that fails stops the run.")
    @click.option(
        "--backup-to",
        metavar="PATH",
        type=click.Path(path_type=Path),
        help="The same, into this file, or this folder.",
    )
    @click.option("--analyze", is_flag=True, help="Gather the statistics of the tables it changed, after the run.")
    @functools.wraps(function)
    def gathered(*, backup: bool, backup_to: Path | None, analyze: bool, **rest: Any) -> int:
        return function(around=Around(backup_to or (Path() if backup else None), analyze), **rest)

    return gathered


def must_fit(around: Around, *, trial: bool, targets: int) -> None:
    """Raise UsageError beside a trial, of which nothing remains, and where one file would be for several targets."""
    from console.errors import UsageError

    if trial and (around.backup is not None or around.analyze):
        raise UsageError("--trial leaves everything as it is: neither a backup nor ANALYZE goes with it.")
    if around.backup is not None and targets > 1 and not around.backup.is_dir():
        raise UsageError(
            f"{sanitize(str(around.backup))} is one file, and there are {targets} targets.",
            hint="Name a folder that is there: each gets a file of its own in it.",
        )


async def check(around: Around, session: Session) -> None:
    """See to it that a backup can be made, before anybody is asked. Raises Refused and UsageError."""
    from console.migrations import backup

    if around.backup is not None:
        await backup.must_be_possible(session)
        _file(around.backup, session)


async def back_up(around: Around, session: Session, progress: Progress) -> dict[str, object] | None:
    """Make the backup that was asked for, tell of it, and return its JSON shape; None when none was."""
    import asyncio

    from console.db.dumping import Growing
    from console.errors import Interrupted
    from console.migrations import backup

    if around.backup is None:
        return None
    path = _file(around.backup, session)
    made: Dumped | None = None
    try:
        async with aclosing(backup.make(session, path)) as events:
            async for event in events:
                if isinstance(event, Growing):
                    progress.over(f"  backing up to {sanitize(str(path))}: {size(event.bytes)}")
                else:
                    made = event
    except asyncio.CancelledError:
        raise Interrupted("The backup was stopped. Nothing has run, and no file was left.") from None
    finally:
        progress.clear()
    assert made is not None
    took = f"{size(made.bytes)}, {duration(made.seconds)}, by pg_dump {made.version}"
    progress.line(f"✓ backup  {sanitize(str(made.path))}, {took}")
    return {"path": str(made.path), "bytes": made.bytes, "duration_ms": round(made.seconds * 1000)}


async def analyze(
    around: Around, session: Session, consent: Consent, plan: Plan, progress: Progress
) -> list[dict[str, object]]:
    """Gather new statistics, or say how, where a run has made them old; return the list `analyze` of the document.

    That the server is gone by then is told, and no failure of the run.
    """
    from console.errors import ConnectionFailed

    try:
        return await _analyze(around, session, consent, plan, progress)
    except ConnectionFailed as error:
        progress.line(f"! no statistics were gathered: {error.title}")
        return []


async def _analyze(
    around: Around, session: Session, consent: Consent, plan: Plan, progress: Progress
) -> list[dict[str, object]]:
    from console.migrations import analyzing
    from console.migrations.analyzing import Analyzed

    tables = await analyzing.there(session, analyzing.touched(plan.steps))
    if not around.analyze:
        tables = tuple(table for table in tables if table.worth_offering)
        if tables:
            progress.line(_offer(analyzing.statement(tables[:_NAMED]), len(tables)))
        return [Analyzed(table).as_dict() for table in tables]
    done: list[Analyzed] = []
    async with aclosing(analyzing.analyze(session, consent, tables)) as found:
        async for each in found:
            done.append(each)
            progress.over(f"  analyzed {each.table.said}")
            if each.error:
                progress.line(f"! {each.table.said} was not analyzed: {each.error}")
    progress.clear()
    if done:
        seconds = sum(each.seconds or 0 for each in done)
        good = sum(not each.error for each in done)
        progress.line(f"✓ analyzed {plural(good, 'table')}, {duration(seconds)}")
    return [each.as_dict() for each in done]


def _offer(sql: str, tables: int) -> str:
    """Say in one line how statistics are gathered anew."""
    more = f" and {plural(tables - _NAMED, 'other')}" if tables > _NAMED else ""
    return f"→ statistics are old now; up --analyze gathers them at once, else: {sql}{more}"


def _file(wanted: Path, session: Session) -> Path:
    from console.migrations import backup

    assert session.server is not None
    return backup.file(session.server.database, wanted, datetime.now(UTC))
