"""The verbs that change what is applied: up, down, redo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import around as around_it
from console.cli import options, scripting, shadowing, trying
from console.cli.around import Around
from console.cli.options import How, Which
from console.cli.rehearsing import First

if TYPE_CHECKING:
    from console.migrations.files.folder import Folder
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.plan import Plan


@click.command()
@options.targets
@options.directory
@click.option("--to", metavar="V", help="Apply up to and including this version.")
@click.option("--out-of-order", is_flag=True, help="Also apply what stands below the newest applied one.")
@click.option("--rehearse", is_flag=True, help="Prove it in a shadow first, and apply only what was proved.")
@shadowing.option
@trying.options
@scripting.option
@around_it.options
@click.option(
    "--cancel-blockers",
    type=float,
    metavar="SECONDS",
    help="Cancel whoever holds a lock it has waited for so long; who is idle in a transaction is disconnected.",
)
@options.how
def up(
    which: Which,
    folder: Path | None,
    to: str | None,
    out_of_order: bool,
    rehearse: bool,
    shadow: str | None,
    trial: bool,
    max_lock: float | None,
    as_sql: bool,
    around: Around,
    cancel_blockers: float | None,
    how: How,
) -> int:
    """Apply pending migrations, each in one transaction with the record of it.

    Of several targets all are planned and agreed to first, then one after the other is changed.
    """
    from console.cli import in_order, several
    from console.cli.applying import Wishes, apply
    from console.migrations import plan

    _must_fit(how, rehearse=rehearse, shadow=shadow, trial=trial, cancel_blockers=cancel_blockers)
    most = trying.seconds(how, trial=trial, max_lock=max_lock, backup=around.backup, analyze=around.analyze)
    if as_sql:
        scripting.must_fit(
            how,
            rehearse=rehearse,
            trial=trial,
            backup=around.backup,
            analyze=around.analyze,
            cancel_blockers=cancel_blockers is not None,
        )
    asked = several.asked(which, folder, writes=True)
    around_it.must_fit(around, trial=trial, targets=len(asked))
    first = First(shadow, how.yes, how.confirm, quiet=how.as_json) if rehearse else None

    def planning(folder: Folder, recorded: Recorded) -> Plan:
        return plan.up(folder, recorded, to=to, out_of_order=out_of_order)

    wishes = Wishes(
        planning,
        how,
        first,
        as_sql=as_sql,
        trial=trial,
        max_lock=most,
        around=around,
        offers=True,
        cancel_blockers=cancel_blockers,
    )
    if which.many(len(asked), as_json=how.as_json):
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
    from console.cli import several
    from console.cli.applying import Wishes, apply
    from console.cli.project import Project
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
    from console.cli import several
    from console.cli.applying import Wishes, apply
    from console.cli.project import Project
    from console.migrations import plan

    several.refuse(words, "rolled back")
    return apply(Project.of(words, folder, writes=True), Wishes(plan.redo, how))


def _must_fit(how: How, *, rehearse: bool, shadow: str | None, trial: bool, cancel_blockers: float | None) -> None:
    """Raise UsageError for options of up that do not go together."""
    from console.errors import UsageError

    if rehearse and how.dry_run:
        raise UsageError("--dry-run runs nothing, and --rehearse does.", hint="dbconsole rehearse applies nothing.")
    if shadow is not None and not rehearse:
        raise UsageError("--shadow says where to rehearse, and nothing is rehearsed without --rehearse.")
    if cancel_blockers is not None and not 0 <= cancel_blockers < float("inf"):
        raise UsageError("--cancel-blockers takes a number of seconds.", hint="5 waits that long before it cancels.")
    if cancel_blockers is not None and (trial or how.dry_run):
        raise UsageError("--cancel-blockers is for a run, and this one leaves the target as it is.")
