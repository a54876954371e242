"""`dbconsole lint`: what migrations may lock, rewrite or lose, before anything runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.call.invocation import current
from console.cli.terminal.telling import answer, tell
from console.text import sanitize

if TYPE_CHECKING:
    from console.migrations.hazards.lint import Lint


@click.command()
@options.words_and("[DIR]")
@options.directory
@options.as_json
def lint(words: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Say what migrations may lock, rewrite or lose. Nothing runs.

    Of a DIR all up files, without a server. Of a TARGET those that are pending, with the sizes of its tables.
    """
    from console.cli.call.running import run

    if _is_target(words):
        from console.cli.migrations.project import Project
        from console.migrations.hazards import lint as linting

        project = Project.of(words, folder)

        async def look() -> Lint:
            async with project.session("lint") as session:
                chosen = await project.chosen(session)
                return await linting.target(session, chosen.folder, await chosen.ledger.read(session))

        found, name = run(look), project.target.name
    else:
        found, name = _files(words, folder), ""
    code = 1 if found.bad else 0
    if as_json:
        answer(found.as_dict(), target=name, ok=code == 0)
    else:
        _print(found)
    return code


def _is_target(words: Sequence[str]) -> bool:
    from console.config import files, target

    return bool(words) and target.is_target(words[0], files.load(environ=os.environ, cwd=Path.cwd()).profiles)


def _files(words: Sequence[str], given: Path | None) -> Lint:
    from console.errors import UsageError
    from console.migrations.files import formats, locate
    from console.migrations.hazards import lint as linting

    if len(words) + (given is not None) > 1:
        raise UsageError("There is more than one folder to lint.", hint="Name one folder, or a target and its --dir.")
    chosen = Path(words[0]) if words else given
    return linting.files(formats.of_profile(locate.folder(None, chosen, Path.cwd()), None, current().variables))


def _print(found: Lint) -> None:
    from console.cli.migrations import hazards
    from console.cli.terminal import lines
    from console.migrations.hazards.hazard import Severity

    for each in found.looked:
        if each.hazards or each.problem:
            click.echo(sanitize(each.migration.label))
            for line in hazards.said(each, least=Severity.INFO, indent=2):
                click.echo(line)
    click.echo((lines.BAD if found.bad else lines.GOOD)(found.summary))
    tell(found.linter)
