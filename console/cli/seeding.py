"""`dbconsole seed`: loads the sample data of a folder of migrations."""

from __future__ import annotations

from pathlib import Path

import click

from console.cli import options
from console.cli.telling import document, tell
from console.text import duration


@click.command()
@options.words
@options.directory
@options.yes
@options.as_json
def seed(words: tuple[str, ...], folder: Path | None, yes: bool, as_json: bool) -> int:
    """Load the folder's data.sql in one transaction. Refused on production."""
    from console.cli.consenting import ask
    from console.cli.progress import Progress
    from console.cli.project import Project
    from console.cli.running import run
    from console.migrations import seed as seeding
    from console.migrations.events import Finished

    project = Project.of(words, folder, writes=True)
    progress = Progress(quiet=as_json)

    async def work() -> float:
        seconds = 0.0
        async with project.session("seed", direct=True) as session:
            seeding.prepare(session, project.folder)
            consent = ask(session.target, "load the sample data", yes=yes, confirm=None)
            async for event in seeding.run(session, project.folder, consent):
                progress.take(event)
                if isinstance(event, Finished):
                    seconds = event.seconds
        return seconds

    summary = f"sample data loaded in {duration(run(work))}"
    if as_json:
        document(project.target.name, ok=True, summary=summary)
    else:
        tell(f"✓ {summary}")
    return 0
