"""`dbconsole verify`: runs the checks that the migrations bring with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.call.options import Which
from console.cli.terminal.telling import answer

if TYPE_CHECKING:
    from console.cli.migrations.project import Project
    from console.migrations.verify import Verification


@click.command()
@options.targets
@options.directory
@options.as_json
def verify(which: Which, folder: Path | None, as_json: bool) -> int:
    """Run the checks that the migrations bring with them, those of pending ones too. Nothing is written.

    A verify file is SELECTs that give (check_name, ok, detail): one row is one check, an error is a failed check.
    """
    from console.cli.call.running import run
    from console.cli.migrations import several
    from console.cli.migrations.checking import verified

    asked = several.asked(which, folder)
    if which.many(len(asked), as_json=as_json):
        return verified.show(asked, which, as_json=as_json)
    project = asked[0].project
    found = run(lambda: read(project))
    if as_json:
        answer(found.as_dict(), target=project.target.name, ok=not found.failed)
    else:
        verified.print_one(found)
    return verified.code(found)


async def read(project: Project) -> Verification:
    """Run the checks of one target. Raises what opening a session raises, ConnectionLost."""
    from console.migrations import verify as verifying

    async with project.session("verify") as session:
        return await verifying.verify(session, project.folder)
