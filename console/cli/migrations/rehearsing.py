"""`dbconsole rehearse`: proves pending migrations in a shadow; `up --rehearse` does so before it applies them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options, shadowing
from console.cli.call.invocation import current
from console.cli.call.shadowing import Shadowing
from console.cli.terminal.telling import answer, tell
from console.text import duration, plural, sanitize

if TYPE_CHECKING:
    from console.db.session import Session
    from console.migrations.files.folder import Folder
    from console.migrations.plan import Plan
    from console.migrations.rehearsal.events import Event
    from console.migrations.rehearsal.verdict import Rehearsal, Shadowed, Verdict

_TOLD = 10  # of what was left out


@click.command()
@options.words
@options.directory
@click.option("--to", metavar="V", help="Rehearse up to and including this version.")
@shadowing.option
@options.yes
@options.confirm
@options.as_json
def rehearse(
    words: tuple[str, ...],
    folder: Path | None,
    to: str | None,
    shadow: str | None,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Prove migrations in a throw-away PostgreSQL: up, verify, down, and all is as before.

    With TARGET: what is pending there, upon its schema as it is now, without its rows. With --dir alone: the whole
    folder, from an empty database. Nothing is written to the target; --yes and --confirm are for the scratch database
    of --shadow same-server.
    """
    from console.cli.call.running import run
    from console.cli.migrations.project import Project
    from console.migrations import plan
    from console.migrations.files import formats, locate
    from console.migrations.ledgers.ledger import Recorded

    first = First(shadow, yes, confirm, quiet=as_json)
    if folder is not None and not words:
        alone = formats.of_profile(locate.folder(None, folder, Path.cwd()), None, current().variables)
        name, work = "", lambda: first.prove(None, alone, plan.up(alone, Recorded(), to=to))
    else:
        project = Project.of(words, folder)
        name = project.target.name

        async def work() -> Rehearsal:
            async with project.session("rehearsal") as session:
                chosen = await project.chosen(session)
                wanted = plan.up(chosen.folder, await chosen.ledger.read(session), to=to)
                return await first.prove(session, chosen.folder, wanted)

    found = run(work)
    if as_json:
        answer(found.as_dict(), target=name, ok=found.proved)
    else:
        _print_summary(found)
    return found.exit_code


@dataclass(frozen=True, slots=True)
class First:
    """How migrations are rehearsed before anything else: where, and with whose word."""

    shadow: str | None
    yes: bool
    confirm: str | None
    quiet: bool

    async def prove(self, session: Session | None, folder: Folder, wanted: Plan) -> Rehearsal:
        """Rehearse a plan and tell of it while it goes on. Raises what rehearsing raises, Refused without consent."""
        from console.migrations.rehearsal import laying
        from console.migrations.rehearsal.events import RehearsalFinished
        from console.migrations.rehearsal.rehearsing import rehearse as rehearsing

        said = Shadowing(self.shadow, self.yes, self.confirm)
        wish = said.wish(session.target if session is not None else None)
        beside = said.beside(wish, session.target) if session is not None else None
        surroundings = await laying.survey(session) if session is not None and wanted.steps else None
        tell_of = _telling(quiet=self.quiet)
        async with aclosing(rehearsing(folder, wanted, found=surroundings, wish=wish, beside=beside)) as events:
            async for event in events:
                tell_of(event)
        assert isinstance(event, RehearsalFinished)
        return event.rehearsal


def must_be_proved(found: Rehearsal) -> None:
    """Raise what keeps migrations from being applied that were not proved; its exit code is the rehearsal's."""
    from console.errors import ConsoleError, Incomplete, MigrationFailed

    if found.proved:
        return
    kind = {4: MigrationFailed, 6: Incomplete}.get(found.exit_code, ConsoleError)
    raise kind(
        f"Nothing was applied: {found.summary}.",
        hint="dbconsole rehearse shows it again; without --rehearse, up applies it all the same.",
    )


def _telling(*, quiet: bool) -> Callable[[Event], None]:
    """Return what tells of each event: a line for a migration, and meanwhile the statement that runs."""
    from console.cli.terminal.progress import Progress
    from console.migrations.rehearsal import events as rehearsed
    from console.migrations.running import events

    progress = Progress(quiet=quiet)
    told = 0

    def take(event: Event) -> None:
        nonlocal told
        match event:
            case events.StatementStarted() | events.Notice(severity="WARNING"):
                progress.take(event)
            case rehearsed.ShadowReady() if not quiet:
                _tell_shadow(event.shadow)
                told = len(event.shadow.added)
            case rehearsed.MigrationRehearsed():
                progress.clear()
                if not quiet:
                    _print(event.verdict)
            case rehearsed.RehearsalFinished() if not quiet and event.rehearsal.shadow is not None:
                _tell_added(event.rehearsal.shadow.added[told:])

    return take


def _tell_shadow(found: Shadowed) -> None:
    objects = f", with {plural(found.objects, 'object')} of the target" if found.objects is not None else ""
    tell(f"Rehearsing {found.sentence}{objects}.")
    _tell_added(found.added)
    for left in found.left_out[:_TOLD]:
        tell(f"! left out: {left.what}: {left.reason}", style="yellow")
    if len(found.left_out) > _TOLD:
        tell(f"! left out: {plural(len(found.left_out) - _TOLD, 'other')}; --json has all of them", style="yellow")


def _tell_added(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        tell(f"! added: {sanitize(sentence)}", style="yellow")


def _print(verdict: Verdict) -> None:
    from console.cli.terminal import lines

    sign = lines.GOOD if verdict.exit_code == 0 else lines.ODD if verdict.exit_code == 6 else lines.BAD
    click.echo(sign(f"{verdict.label}  {verdict.marks}  {duration(verdict.seconds)}"))
    for sentence in verdict.sentences:
        lines.print_wrapped(sentence)
    for line in verdict.excerpt:
        click.echo(f"    {line}")


def _print_summary(found: Rehearsal) -> None:
    from console.cli.terminal import lines

    sign = {0: lines.GOOD, 6: lines.ODD}.get(found.exit_code, lines.BAD)
    click.echo(sign(found.summary) if found.verdicts else found.summary)
