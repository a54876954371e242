"""`dbconsole report`: the synchronisation report, as Markdown or as a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options, shadowing
from console.cli.call.shadowing import Shadowing
from console.cli.terminal.telling import answer, tell
from console.text import sanitize

if TYPE_CHECKING:
    from console.cli.migrations.project import Project
    from console.migrations.report.facts import Report


@click.command()
@options.words
@options.directory
@click.option("-o", "--output", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write it to a file.")
@click.option("--batch", type=click.IntRange(min=1), metavar="N", help="Only what one run applied: its batch.")
@shadowing.option
@options.yes
@options.confirm
@options.as_json
def report(
    words: tuple[str, ...],
    folder: Path | None,
    file: Path | None,
    batch: int | None,
    shadow: str | None,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Write the synchronisation report of TARGET: what its migrations made of it, measured now.

    Phases with every object, final state, metrics, verification, the way back, health, next steps. Nothing is written
    to the target; which object a migration makes is found out in a throw-away PostgreSQL beside it. --yes and --confirm
    are for the scratch database of --shadow same-server.
    """
    from console.cli.call.running import run
    from console.cli.migrations.project import Project
    from console.migrations.report import markdown, shapes, writing

    if file is not None:
        writing.must_be_writable(file)
    project = Project.of(words, folder)
    found = run(lambda: _gathered(project, batch, Shadowing(shadow, yes, confirm)))
    text = markdown.render(found)
    if file is not None:
        writing.write(file, text)
        tell(f"The report is in {sanitize(str(file))}.")
    code = 0 if found.in_step else 1
    if as_json:
        answer(shapes.of(found), target=project.target.name, ok=code == 0)
    elif file is None:
        sys.stdout.write(text)
    if file is not None or as_json:
        tell(found.summary)
    return code


async def _gathered(project: Project, batch: int | None, said: Shadowing) -> Report:
    import os

    from console.config import files
    from console.migrations.report import gathering, neighbours

    configuration = files.load(environ=os.environ, cwd=Path.cwd())
    async with project.session("report") as session:
        where = said.where(session.target)
        others = neighbours.others(session.target, project.folder.path, configuration, os.environ)
        return await gathering.gather(session, project.folder, batch=batch, others=others, where=where)
