"""The verbs that change what is applied: up, down, redo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.call.options import How, Which
from console.cli.migrations.applying import scripting, wishing
from console.cli.migrations.applying.wishing import Manner

if TYPE_CHECKING:
    from console.migrations.files.folder import Folder
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.plan import Plan


@click.command()
@options.targets
@options.directory
@click.option("--to", metavar="V", help="Apply up to and including this version.")
@click.option("--out-of-order", is_flag=True, help="Also apply what stands below the newest applied one.")
@wishing.wished
def up(which: Which, folder: Path | None, to: str | None, out_of_order: bool, manner: Manner) -> int:
    """Apply pending migrations, each in one transaction with the record of it.

    Of several targets all are planned and agreed to first, then one after the other is changed.
    """
    from console.cli.migrations import several
    from console.cli.migrations.applying import in_order
    from console.cli.migrations.applying.one_target import apply
    from console.migrations import plan

    asked = several.asked(which, folder, writes=True)
    manner.must_fit_to(len(asked))

    def planning(folder: Folder, recorded: Recorded) -> Plan:
        return plan.up(folder, recorded, to=to, out_of_order=out_of_order)

    wishes = manner.wishes(planning)
    if which.many(len(asked), as_json=manner.how.as_json):
        return in_order.apply(asked, which, wishes)
    return apply(asked[0].project, wishes)


@click.command()
@options.words
@options.directory
@click.option("--steps", type=int, metavar="N", help="Roll back the last N (1 without any option).")
@click.option("--to", metavar="V", help="Roll back all that came after V, which stays applied; 0 is everything.")
@click.option("--batch", is_flag=True, help="Roll back what the last run applied.")
@click.option("--all", "everything", is_flag=True, help="Roll back everything.")
@scripting.option
@options.how
def down(
    words: tuple[str, ...],
    folder: Path | None,
    steps: int | None,
    to: str | None,
    batch: bool,
    everything: bool,
    as_sql: bool,
    how: How,
) -> int:
    """Roll migrations back, the one applied last first."""
    from console.cli.migrations import several
    from console.cli.migrations.applying.one_target import apply
    from console.cli.migrations.applying.wishing import Wishes
    from console.cli.migrations.project import Project
    from console.errors import UsageError
    from console.migrations import plan

    several.refuse(words, "rolled back")
    if sum((steps is not None, to is not None, batch, everything)) > 1:
        raise UsageError("--steps, --to, --batch and --all say different things; give one of them.")
    if steps is not None and steps < 1:
        raise UsageError(f"{steps} is no number of migrations to roll back.", hint="--steps takes 1 or more.")
    if as_sql:
        scripting.must_fit(how)
    project = Project.of(words, folder, writes=True)

    def planning(folder: Folder, recorded: Recorded) -> Plan:
        return plan.down(folder, recorded, steps=steps or 1, to=to, batch=batch, everything=everything)

    return apply(project, Wishes(planning, how, as_sql=as_sql))


@click.command()
@options.words
@options.directory
@options.how
def redo(words: tuple[str, ...], folder: Path | None, how: How) -> int:
    """Roll the migration applied last back, and apply it again."""
    from console.cli.migrations import several
    from console.cli.migrations.applying.one_target import apply
    from console.cli.migrations.applying.wishing import Wishes
    from console.cli.migrations.project import Project
    from console.migrations import plan

    several.refuse(words, "rolled back")
    return apply(Project.of(words, folder, writes=True), Wishes(plan.redo, how))
