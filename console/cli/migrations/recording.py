"""The verbs that change what a ledger says and run no migration: adopt, repair."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.call.options import How
from console.cli.terminal.telling import answer, tell
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.migrations.adopt import Adoption
    from console.migrations.repair import Mending, Repair


@click.command()
@options.words
@options.directory
@click.option("--to", metavar="V", help="Up to and including this version; without it, all that is pending.")
@click.option(
    "--ledger", "word", metavar="L", help="Move to this ledger (dbconsole, or a tool's): it holds from now on."
)
@options.how
def adopt(words: tuple[str, ...], folder: Path | None, to: str | None, word: str | None, how: How) -> int:
    """Record migrations as applied without running them, in the ledger in use.

    For a database that has them already. With --ledger the project moves: what the ledger in use holds is recorded in
    the other one, which is used from then on; the former table stays as it is.
    """
    from console.cli.call.consenting import ask
    from console.cli.call.running import run
    from console.cli.migrations.project import Project
    from console.cli.terminal.progress import Progress
    from console.migrations import adopt as adopting

    project = Project.of(words, folder, writes=True)
    progress = Progress(quiet=how.as_json)

    async def work() -> Adoption:
        async with project.session("adopt", direct=True) as session:
            chosen = await project.chosen(session)
            recorded = await chosen.ledger.read(session)
            if word is None:
                wanted = adopting.plan(chosen, recorded, to=to)
            else:
                wanted = await adopting.converting(session, chosen, recorded, word, to=to)
            if (wanted.rows or wanted.leaves) and not how.dry_run:
                lines = [f"record  {sanitize(row.migration.label)}" for row in wanted.rows]
                said = ask(session.target, _recording(wanted), yes=how.yes, confirm=how.confirm, lines=lines)
                await adopting.carry_out(session, wanted, said, progress.take)
        return wanted

    found = run(work)
    if how.as_json:
        answer(found.as_dict(planned=how.dry_run), target=project.target.name, ok=True)
        return 0
    if how.dry_run:
        for row in found.rows:
            click.echo(f"record  {sanitize(row.migration.label)}")
    tell(f"Would be done: {found.summary}." if how.dry_run else found.summary)
    return 0


def _recording(wanted: Adoption) -> str:
    """Say what is done, as the end of a question."""
    move = f" and use the ledger {wanted.ledger.name} in place of {wanted.leaves}" if wanted.leaves else ""
    return f"record {plural(len(wanted.rows), 'migration')} as applied without running{move}"


def _tell_difference(mending: Mending) -> None:
    """Show what was changed in a file that is to be accepted, as far as the ledger knows."""
    from console.cli.terminal.lines import differing

    if difference := mending.standing.difference:
        tell(f"  {sanitize(mending.standing.label)}:")
        for line in differing(difference):
            tell(f"    {line}")


@click.command()
@options.words
@options.directory
@click.option("--start-over", is_flag=True, help="Also forget how far a script outside a transaction has come.")
@click.option("--reindex", is_flag=True, help="Also build invalid indexes anew that no migration is to make.")
@click.option("--validate", is_flag=True, help="Also prove constraints that are NOT VALID.")
@options.how
def repair(
    words: tuple[str, ...], folder: Path | None, start_over: bool, reindex: bool, validate: bool, how: How
) -> int:
    """Accept edited and renamed files, take failed marks away, and drop what a failed statement has left.

    It says what it will do first. No migration is run.
    """
    from console.cli.call.consenting import ask
    from console.cli.call.running import run
    from console.cli.migrations.project import Project
    from console.cli.terminal.progress import Progress
    from console.migrations import repair as repairing
    from console.migrations.leftovers import leftover

    project = Project.of(words, folder, writes=True)
    progress = Progress(quiet=how.as_json)

    async def work() -> Repair:
        async with project.session("repair", direct=True) as session:
            chosen = await project.chosen(session)
            recorded, left = await chosen.ledger.read(session), await leftover.read(session)
            wanted = repairing.plan(chosen, recorded, left, start_over=start_over, reindex=reindex, validate=validate)
            for sentence in wanted.sentences:
                tell(sanitize(sentence))
            for mending in wanted.mendings:
                _tell_difference(mending)
            if wanted.wanted and not how.dry_run:
                said = ask(session.target, wanted.action, yes=how.yes, confirm=how.confirm)
                await repairing.carry_out(session, wanted, said, progress.take)
        return wanted

    found = run(work)
    if how.as_json:
        answer(found.as_dict(planned=how.dry_run), target=project.target.name, ok=True)
        return 0
    tell("Nothing was done." if how.dry_run else found.summary)
    return 0
