"""`dbconsole status`: which migrations are applied, which are pending, which differ."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import options
from console.cli.telling import answer
from console.text import age, duration, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.cli.lines import Sign
    from console.migrations.states import Standing
    from console.migrations.status import Status

_OURS = "dbconsole"


@click.command()
@options.words
@options.directory
@click.option("--check", is_flag=True, help="Exit with 1 when anything is not applied as it stands.")
@options.as_json
def status(words: tuple[str, ...], folder: Path | None, check: bool, as_json: bool) -> int:
    """Which migrations are applied, which are pending, which differ, and what to do about it."""
    from console.cli.project import Project
    from console.cli.running import run
    from console.migrations import status as statuses

    project = Project.of(words, folder)

    async def read() -> Status:
        async with project.session("status") as session:
            chosen = await project.chosen(session)
            return statuses.of(chosen, await chosen.ledger.read(session))

    found = run(read)
    code = 1 if check and not found.up_to_date else 0
    if as_json:
        answer(found.as_dict(), target=project.target.name, ok=code == 0)
    else:
        _print(found, datetime.now(UTC))
    return code


def _print(found: Status, now: datetime) -> None:
    from console.cli import lines

    click.echo(sanitize(str(found.dir)))
    for line in _whose(found):
        click.echo(line)
    rows = [_row(standing, now) for standing in found.migrations]
    for standing, line in zip(found.migrations, lines.columns(rows, right={2, 3}), strict=True):
        click.echo(_sign(standing)(line))
        if standing.reason:
            lines.print_wrapped(sanitize(standing.reason))
    if found.holder is not None:
        click.echo(lines.RUNNING(f"{sanitize(found.holder.holder)} is running migrations right now."))
    summary = lines.GOOD if found.up_to_date else lines.WAITING
    click.echo(summary(found.summary))


def _whose(found: Status) -> Iterator[str]:
    """Say which format and which ledger, and of another tool's why."""
    there = "" if found.exists else ", which is made by the first up"
    if found.format == found.ledger == _OURS:
        yield f"format {found.format}, ledger {found.ledger}{there}"
    else:
        yield f"format {found.format}: {found.format_why}"
        yield f"ledger {found.ledger} in {sanitize(found.table)}{there}: {sanitize(found.why)}"
    yield from found.notes


def _row(standing: Standing, now: datetime) -> tuple[str, ...]:
    from console.cli.lines import short

    applied = standing.applied
    at = applied.applied_at if applied else None
    took = applied.duration_ms if applied else None
    return (
        short(sanitize(standing.label)),
        standing.state.value.replace("_", " "),
        duration(took / 1000) if took is not None else "",
        f"{age((now - at).total_seconds())} ago" if at else "",
        f"batch {applied.batch}" if applied and applied.batch is not None else "",
    )


def _sign(standing: Standing) -> Sign:
    from console.cli import lines
    from console.migrations.states import State

    signs = {
        State.APPLIED: lines.GOOD,
        State.PENDING: lines.WAITING,
        State.EDITED: lines.EDITED,
        State.MISSING: lines.GONE,
        State.OUT_OF_ORDER: lines.ODD,
        State.FAILED: lines.BAD,
        State.RUNNING: lines.RUNNING,
        State.RENAMED: lines.EDITED,
        State.UNSUPPORTED: lines.ODD,
    }
    return signs[standing.state]
