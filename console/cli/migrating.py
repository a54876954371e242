"""The verbs that look at and change what is applied: status, up, down, redo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from console.cli import options
from console.cli.telling import document
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.migrations.files.folder import Folder
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.plan import Plan
    from console.migrations.status import Status

Planning = Callable[["Folder", "Recorded"], "Plan"]


@click.command()
@options.words
@options.directory
@click.option("--check", is_flag=True, help="Exit with 1 when anything is not applied as it stands.")
@options.as_json
def status(words: tuple[str, ...], folder: Path | None, check: bool, as_json: bool) -> int:
    """Which migrations are applied, which are pending, which differ, and what to do about it."""
    from console.cli.running import run
    from console.cli.targeting import opened, resolve, sort_words
    from console.migrations import status as statuses
    from console.migrations.files import locate, native

    target = resolve(sort_words(words, at_most=0).target)

    async def read() -> Status:
        async with opened(target, "status") as session:
            migrations = native.read(locate.folder(session.target, folder, Path.cwd()))
            return await statuses.read(session, migrations)

    found = run(read)
    code = 1 if check and not found.up_to_date else 0
    if as_json:
        document(target.name, ok=code == 0, **_shape(found.as_dict()))
    else:
        _tell_status(found)
    return code


def _tell_status(found: Status) -> None:
    from datetime import UTC, datetime

    from console.migrations.states import State
    from console.text import age

    signs = {State.APPLIED: "✓", State.PENDING: "●", State.EDITED: "≠", State.MISSING: "?", State.FAILED: "✗"}
    width = max((len(sanitize(standing.label)) for standing in found.migrations), default=0)
    click.echo(f"{sanitize(str(found.dir))} · format {found.format} · ledger {found.ledger}")
    for standing in found.migrations:
        applied = standing.applied
        at = applied.applied_at if applied else None
        when = f"{age((datetime.now(UTC) - at).total_seconds())} ago" if at else ""
        state = standing.state.value.replace("_", " ")
        click.echo(f"{signs.get(standing.state, '!')} {sanitize(standing.label):{width}}  {state:12} {when}".rstrip())
        if standing.reason:
            click.echo(f"    {standing.reason}")
    if found.holder is not None:
        click.echo(f"▸ {sanitize(found.holder.holder)} is running migrations right now.")
    click.echo(found.summary or "There are no migrations.")


@click.command()
@options.words
@options.directory
@click.option("--to", metavar="V", help="Apply up to and including this version.")
@click.option("--out-of-order", is_flag=True, help="Also apply what stands below the newest applied one.")
@options.dry_run
@options.yes
@options.confirm
@options.as_json
def up(
    words: tuple[str, ...],
    folder: Path | None,
    to: str | None,
    out_of_order: bool,
    dry_run: bool,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Apply pending migrations, each in one transaction with the record of it."""
    from console.migrations import plan

    def planning(migrations: Folder, recorded: Recorded) -> Plan:
        return plan.up(migrations, recorded, to=to, out_of_order=out_of_order)

    return _run(words, folder, planning, dry_run=dry_run, yes=yes, confirm=confirm, as_json=as_json)


@click.command()
@options.words
@options.directory
@click.option("--steps", type=int, metavar="N", help="Roll back the last N (1 without any option).")
@click.option("--to", metavar="V", help="Roll back all that came after V, which stays applied; 0 is everything.")
@click.option("--batch", is_flag=True, help="Roll back what the last run applied.")
@click.option("--all", "everything", is_flag=True, help="Roll back everything.")
@options.dry_run
@options.yes
@options.confirm
@options.as_json
def down(
    words: tuple[str, ...],
    folder: Path | None,
    steps: int | None,
    to: str | None,
    batch: bool,
    everything: bool,
    dry_run: bool,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Roll migrations back, the one applied last first."""
    from console.errors import UsageError
    from console.migrations import plan

    if sum((steps is not None, to is not None, batch, everything)) > 1:
        raise UsageError("--steps, --to, --batch and --all say different things; give one of them.")

    def planning(migrations: Folder, recorded: Recorded) -> Plan:
        return plan.down(
            migrations, recorded, steps=1 if steps is None else steps, to=to, batch=batch, everything=everything
        )

    return _run(words, folder, planning, dry_run=dry_run, yes=yes, confirm=confirm, as_json=as_json)


@click.command()
@options.words
@options.directory
@options.dry_run
@options.yes
@options.confirm
@options.as_json
def redo(
    words: tuple[str, ...], folder: Path | None, dry_run: bool, yes: bool, confirm: str | None, as_json: bool
) -> int:
    """Roll the migration applied last back, and apply it again."""
    from console.migrations import plan

    return _run(words, folder, plan.redo, dry_run=dry_run, yes=yes, confirm=confirm, as_json=as_json)


def _run(
    words: tuple[str, ...],
    folder: Path | None,
    planning: Planning,
    *,
    dry_run: bool,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Plan, ask, run, tell: what up, down and redo share."""
    from console.cli.consenting import ask
    from console.cli.progress import Progress
    from console.cli.running import run
    from console.cli.targeting import opened, resolve, sort_words
    from console.errors import ConsoleError
    from console.migrations import runner
    from console.migrations.files import locate, native
    from console.migrations.ledgers.native import Native

    target = resolve(sort_words(words, at_most=0).target, writes=True)
    progress = Progress(quiet=as_json)

    async def work() -> None:
        async with opened(target, "migrations", direct=True) as session:
            migrations = native.read(locate.folder(session.target, folder, Path.cwd()))
            wanted = planning(migrations, await Native().read(session))
            progress.planned(wanted)
            if dry_run or not wanted.steps:
                return
            lines = [f"{step.direction.value:4}  {sanitize(step.migration.label)}" for step in wanted.steps]
            consent = ask(session.target, _action(wanted), yes=yes, confirm=confirm, lines=lines)
            async for event in runner.run(session, wanted, consent):
                progress.take(event)

    try:
        run(work)
    except ConsoleError as error:
        if as_json and progress.outcomes.found:
            tell_failure(target.name, progress, error)
            return error.exit_code
        raise
    if as_json:
        document(target.name, ok=True, **_shape(progress.as_dict(dry_run=dry_run)))
    else:
        progress.end(dry_run=dry_run)
    return 0


def tell_failure(name: str, progress: Any, error: Any) -> None:
    """Print the document of a run that failed: what was done before, and the error."""
    from console.cli.telling import tell_error

    tell_error(error, as_json=False)
    document(name, ok=False, **_shape(progress.as_dict(dry_run=False)), error=error.as_dict())


def _shape(found: dict[str, object]) -> dict[str, Any]:
    return {"summary": found.pop("summary"), **found}


def _action(wanted: Plan) -> str:
    from console.migrations.ledgers.ledger import Direction

    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    both = [f"roll back {plural(downs, 'migration')}"] if downs else []
    return " and ".join([*both, *([f"apply {plural(ups, 'migration')}"] if ups else [])])
