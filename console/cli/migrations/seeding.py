"""`dbconsole seed`: loads the sample data of a folder of migrations, and fills the embeddings that belong to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.terminal.telling import document, tell
from console.text import duration, plural, sanitize

if TYPE_CHECKING:
    from console.db.guard import Consent
    from console.db.session import Session
    from console.vectors.filling.declared import Declared
    from console.vectors.filling.filling import Filled


@click.command()
@options.words
@options.directory
@click.option(
    "--scale",
    type=click.IntRange(1, 100),
    default=1,
    metavar="N",
    help="N times the rows, where the data can be of any size.",
)
@options.yes
@options.as_json
def seed(words: tuple[str, ...], folder: Path | None, scale: int, yes: bool, as_json: bool) -> int:
    """Load the folder's data.sql in one transaction, then fill the embeddings it declares. Refused on production."""
    from console.cli.call.consenting import ask
    from console.cli.call.running import run
    from console.cli.migrations.project import Project
    from console.cli.terminal.progress import Progress
    from console.migrations import seed as seeding
    from console.migrations.running.events import Finished
    from console.vectors.filling import declared

    project = Project.of(words, folder, writes=True)
    progress = Progress(quiet=as_json)

    async def work() -> tuple[float, list[Filled]]:
        seconds = 0.0
        columns = declared.read(project.folder.path)
        async with project.session("seed", direct=True) as session:
            seeding.prepare(session, project.folder)
            consent = ask(session.target, "load the sample data", yes=yes, confirm=None)
            async for event in seeding.run(session, project.folder, consent, scale=scale):
                progress.take(event)
                if isinstance(event, Finished):
                    seconds = event.seconds
            return seconds, await _filled(session, columns, consent)

    seconds, filled = run(work)
    summary = f"sample data loaded in {duration(seconds)}"
    if as_json:
        embeddings = [{"column": each.column.name, "filled": each.rows} for each in filled]
        document(project.target.name, ok=True, summary=summary, embeddings=embeddings)
        return 0
    tell(f"✓ {summary}")
    for each in filled:
        table = sanitize(f"{each.column.schema}.{each.column.table}")
        tell(f"✓ filled {plural(each.rows, 'embedding')} of {table}")
    return 0


async def _filled(session: Session, columns: tuple[Declared, ...], consent: Consent) -> list[Filled]:
    """Fill what the folder declares; a failure says that the data is there all the same."""
    from console.errors import ConsoleError
    from console.vectors.embedders.hashing import HashingEmbedder
    from console.vectors.filling.filling import fill

    try:
        return [each async for each in fill(session, columns, HashingEmbedder(), consent) if each.finished]
    except ConsoleError as error:
        error.detail = f"The sample data is loaded. {error.detail}".strip()
        raise
