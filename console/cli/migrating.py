"""The verbs that change what is applied: up, down, redo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import options
from console.cli.options import How
from console.cli.rehearsing import First
from console.cli.rehearsing import shadow as shadow_option
from console.cli.telling import answer, tell, tell_error
from console.text import plural

if TYPE_CHECKING:
    from console.cli.project import Project
    from console.migrations.files.folder import Folder
    from console.migrations.hazards.looking import Looked
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.plan import Plan
    from console.migrations.rehearsal.verdict import Rehearsal

    Planning = Callable[[Folder, Recorded], Plan]


@click.command()
@options.words
@options.directory
@click.option("--to", metavar="V", help="Apply up to and including this version.")
@click.option("--out-of-order", is_flag=True, help="Also apply what stands below the newest applied one.")
@click.option("--rehearse", is_flag=True, help="Prove it in a shadow first, and apply only what was proved.")
@shadow_option
@options.how
def up(
    words: tuple[str, ...],
    folder: Path | None,
    to: str | None,
    out_of_order: bool,
    rehearse: bool,
    shadow: str | None,
    how: How,
) -> int:
    """Apply pending migrations, each in one transaction with the record of it."""
    from console.cli.project import Project
    from console.errors import UsageError
    from console.migrations import plan

    if rehearse and how.dry_run:
        raise UsageError("--dry-run runs nothing, and --rehearse does.", hint="dbconsole rehearse applies nothing.")
    if shadow is not None and not rehearse:
        raise UsageError("--shadow says where to rehearse, and nothing is rehearsed without --rehearse.")
    project = Project.of(words, folder, writes=True)
    first = First(shadow, how.yes, how.confirm, quiet=how.as_json) if rehearse else None
    return _run(
        project, lambda folder, recorded: plan.up(folder, recorded, to=to, out_of_order=out_of_order), how, first
    )


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

    def planning(folder: Folder, recorded: Recorded) -> Plan:
        return plan.down(folder, recorded, steps=steps or 1, to=to, batch=batch, everything=everything)

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
    return _run(project, plan.redo, how)


def _run(project: Project, planning: Planning, how: How, first: First | None = None) -> int:
    """Plan, rehearse `first`, ask, run, tell: what up, down and redo share."""
    from console.cli import planned
    from console.cli.consenting import ask
    from console.cli.progress import Progress
    from console.cli.rehearsing import must_be_proved
    from console.cli.running import run
    from console.errors import ConsoleError
    from console.migrations import runner
    from console.migrations.hazards import server

    progress = Progress(quiet=how.as_json)
    looked: list[Looked] = []
    rehearsed: list[Rehearsal] = []

    async def work() -> Plan:
        async with project.session("migrations", direct=True) as session:
            chosen = await project.chosen(session)
            recorded = await chosen.ledger.read(session)
            wanted = planning(chosen.folder, recorded)
            planned.warn(wanted, recorded.notes)
            if first is not None and wanted.steps:
                rehearsed.append(await first.prove(session, chosen.folder, wanted))
                must_be_proved(rehearsed[0])
            if how.dry_run or not (how.yes or how.confirm):
                looked.extend(await server.steps(session, wanted.steps))
            if wanted.steps and not how.dry_run:
                lines = planned.steps(wanted, looked)
                said = ask(session.target, _action(wanted), yes=how.yes, confirm=how.confirm, lines=lines)
                async for event in runner.run(session, wanted, said, ledger=chosen.ledger):
                    progress.take(event)
        return wanted

    try:
        wanted = run(work)
    except ConsoleError as error:
        if not (how.as_json and (progress.outcomes.found or rehearsed)):
            raise
        tell_error(error)
        shape = {**progress.outcomes.as_dict(), **_before(rehearsed)}
        answer(shape, target=project.target.name, ok=False, error=error.as_dict())
        return error.exit_code
    if how.as_json:
        shape = (
            planned.as_dict(wanted, looked) if how.dry_run else {**progress.outcomes.as_dict(), **_before(rehearsed)}
        )
        answer(shape, target=project.target.name, ok=True)
        return 0
    if how.dry_run:
        planned.print_statements(wanted, looked)
    tell(wanted.summary if how.dry_run or not wanted.steps else progress.outcomes.summary)
    return 0


def _before(rehearsed: list[Rehearsal]) -> dict[str, object]:
    """Return what the document says of the rehearsal before a run, if there was one."""
    return {"rehearsal": rehearsed[0].as_dict()} if rehearsed else {}


def _action(wanted: Plan) -> str:
    """Say what a plan does, as the end of a question."""
    from console.migrations.ledgers.ledger import Direction

    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    both = [f"roll back {plural(downs, 'migration')}"] if downs else []
    return " and ".join([*both, *([f"apply {plural(ups, 'migration')}"] if ups else [])])
