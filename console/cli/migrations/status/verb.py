"""`dbconsole status`: which migrations are applied, which are pending, which differ."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.call.options import Which
from console.cli.terminal.telling import answer
from console.text import age, duration, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.cli.migrations.project import Project
    from console.cli.terminal.lines import Sign
    from console.migrations.leftovers.leftover import Leftover
    from console.migrations.states import Standing
    from console.migrations.status import Status

_OURS = "dbconsole"


@click.command()
@options.targets
@options.directory
@click.option("--check", is_flag=True, help="Exit with 1 when anything is not applied as it stands.")
@click.option("--diff", is_flag=True, help="Show what was changed in edited files, where the ledger keeps the text.")
@options.as_json
def status(which: Which, folder: Path | None, check: bool, diff: bool, as_json: bool) -> int:
    """Which migrations are applied, which are pending, which differ, and what to do about it.

    Several targets are shown side by side: a row for each version, and whether they are in step.
    """
    from console.cli.call.running import run
    from console.cli.migrations import several
    from console.errors import UsageError

    asked = several.asked(which, folder)
    if diff and len(asked) > 1:
        raise UsageError("--diff shows the files of one target.", hint="Name one.")
    if which.many(len(asked), as_json=as_json):
        from console.cli.migrations.status.statuses import show

        return show(asked, which, check=check, as_json=as_json)
    project = asked[0].project
    found = run(lambda: read(project))
    code = 1 if check and not found.up_to_date else 0
    if as_json:
        answer(found.as_dict(), target=project.target.name, ok=code == 0)
    else:
        _print(found, datetime.now(UTC), diff=diff)
    return code


async def read(project: Project) -> Status:
    """Return the status of one target. Raises what opening a session and choosing a ledger raise."""
    from console.migrations import status as statuses
    from console.migrations.ledgers.reading import recorded
    from console.migrations.leftovers import leftover

    async with project.session("status") as session:
        chosen = await project.chosen(session)
        return statuses.of(chosen, await recorded(chosen.ledger, session), await leftover.read(session))


def _print(found: Status, now: datetime, *, diff: bool) -> None:
    from console.cli.terminal import lines

    head = (sanitize(str(found.dir)), *_whose(found))
    click.echo("\n".join([*head, *_standings(found, now, diff=diff)]))  # at once: there may be thousands
    for left in found.leftovers:
        click.echo(_left_sign(left)(left.sentence))
    if found.leftovers:
        lines.print_wrapped("dbconsole repair --dry-run says what to do about it, and does nothing.", indent=2)
    if found.holder is not None:
        click.echo(lines.RUNNING(f"{sanitize(found.holder.holder)} is running migrations right now."))
    summary = lines.GOOD if found.up_to_date else lines.WAITING
    click.echo(summary(found.summary))


def _standings(found: Status, now: datetime, *, diff: bool) -> Iterator[str]:
    """Yield the line of each migration, and below it what there is to say of it."""
    from console.cli.migrations.status.states import SIGNS
    from console.cli.terminal import lines

    rows = [_row(standing, now) for standing in found.migrations]
    for standing, line in zip(found.migrations, lines.columns(rows, right={2, 3}), strict=True):
        yield SIGNS[standing.state](line)
        if standing.reason:
            yield from lines.below(sanitize(standing.reason))
        if diff:
            yield from (f"      {changed}" for changed in lines.differing(standing.difference))


def _left_sign(left: Leftover) -> Sign:
    """A constraint may be meant not to be proved; what is invalid is not."""
    from console.cli.terminal import lines
    from console.migrations.leftovers.leftover import Kind

    return lines.WAITING if left.kind is Kind.CONSTRAINT else lines.ODD


def _whose(found: Status) -> Iterator[str]:
    """Say which format and which ledger, and of another tool's why."""
    there = "" if found.exists else f", which is made by {found.made_by}"
    if found.format == found.ledger == _OURS:
        yield f"format {found.format}, ledger {found.ledger}{there}"
    else:
        yield f"format {found.format}: {found.format_why}"
        yield f"ledger {found.ledger} in {sanitize(found.table)}{there}: {sanitize(found.why)}"
    yield from found.notes


def _row(standing: Standing, now: datetime) -> tuple[str, ...]:
    from console.cli.migrations.status.states import word
    from console.cli.terminal.lines import short

    applied = standing.applied
    at = applied.applied_at if applied else None
    took = applied.duration_ms if applied else None
    return (
        short(sanitize(standing.label)),
        word(standing.state),
        duration(took / 1000) if took is not None else "",
        f"{age((now - at).total_seconds())} ago" if at else "",
        f"batch {applied.batch}" if applied and applied.batch is not None else "",
    )
