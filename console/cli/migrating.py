"""The verbs that change what is applied: up, down, redo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import options
from console.cli.options import How
from console.cli.telling import answer, tell, tell_error
from console.text import plural

if TYPE_CHECKING:
    from console.cli.project import Project
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.plan import Plan

    Planning = Callable[[Recorded], Plan]


@click.command()
@options.words
@options.directory
@click.option("--to", metavar="V", help="Apply up to and including this version.")
@click.option("--out-of-order", is_flag=True, help="Also apply what stands below the newest applied one.")
@options.how
def up(words: tuple[str, ...], folder: Path | None, to: str | None, out_of_order: bool, how: How) -> int:
    """Apply pending migrations, each in one transaction with the record of it."""
    from console.cli.project import Project
    from console.migrations import plan

    project = Project.of(words, folder, writes=True)
    return _run(project, lambda recorded: plan.up(project.folder, recorded, to=to, out_of_order=out_of_order), how)


@click.command()
@options.words
@options.directory
@click.option("--steps", type=int, metavar="N", help="Roll back the last N (1 without any option).")
@click.option("--to", metavar="V", help="Roll back all that came after V, which stays applied; 0 is everything.")
@click.option("--batch", is_flag=True, help="Roll back what the last run applied.")
@click.option("--all", "everything", is_flag=True, help="Roll back everything.")
@options.how
def down(
    words: tuple[str, ...],
    folder: Path | None,
    steps: int | None,
    to: str | None,
    batch: bool,
    everything: bool,
    how: How,
) -> int:
    """Roll migrations back, the one applied last first."""
    from console.cli.project import Project
    from console.errors import UsageError
    from console.migrations import plan

    if sum((steps is not None, to is not None, batch, everything)) > 1:
        raise UsageError("--steps, --to, --batch and --all say different things; give one of them.")
    if steps is not None and steps < 1:
        raise UsageError(f"{steps} is no number of migrations to roll back.", hint="--steps takes 1 or more.")
    project = Project.of(words, folder, writes=True)

    def planning(recorded: Recorded) -> Plan:
        return plan.down(project.folder, recorded, steps=steps or 1, to=to, batch=batch, everything=everything)

    return _run(project, planning, how)


@click.command()
@options.words
@options.directory
@options.how
def redo(words: tuple[str, ...], folder: Path | None, how: How) -> int:
    """Roll the migration applied last back, and apply it again."""
    from console.cli.project import Project
    from console.migrations import plan

    project = Project.of(words, folder, writes=True)
    return _run(project, lambda recorded: plan.redo(project.folder, recorded), how)


def _run(project: Project, planning: Planning, how: How) -> int:
    """Plan, ask, run, tell: what up, down and redo share."""
    from console.cli import planned
    from console.cli.consenting import ask
    from console.cli.progress import Progress
    from console.cli.running import run
    from console.errors import ConsoleError
    from console.migrations import runner
    from console.migrations.ledgers.native import Native

    progress = Progress(quiet=how.as_json)

    async def work() -> Plan:
        async with project.session("migrations", direct=True) as session:
            wanted = planning(await Native().read(session))
            planned.warn(wanted)
            if wanted.steps and not how.dry_run:
                said = ask(
                    session.target, _action(wanted), yes=how.yes, confirm=how.confirm, lines=planned.steps(wanted)
                )
                async for event in runner.run(session, wanted, said):
                    progress.take(event)
        return wanted

    try:
        wanted = run(work)
    except ConsoleError as error:
        if not (how.as_json and progress.outcomes.found):
            raise
        tell_error(error)
        answer(progress.outcomes.as_dict(), target=project.target.name, ok=False, error=error.as_dict())
        return error.exit_code
    if how.as_json:
        shape = planned.as_dict(wanted) if how.dry_run else progress.outcomes.as_dict()
        answer(shape, target=project.target.name, ok=True)
        return 0
    if how.dry_run:
        planned.print_statements(wanted)
    tell(wanted.summary if how.dry_run or not wanted.steps else progress.outcomes.summary)
    return 0


def _action(wanted: Plan) -> str:
    """Say what a plan does, as the end of a question."""
    from console.migrations.ledgers.ledger import Direction

    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    both = [f"roll back {plural(downs, 'migration')}"] if downs else []
    return " and ".join([*both, *([f"apply {plural(ups, 'migration')}"] if ups else [])])
