"""`dbconsole verify`: runs the checks that the migrations bring with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import options
from console.cli.telling import answer
from console.text import sanitize

if TYPE_CHECKING:
    from console.migrations.verify import Verification


@click.command()
@options.words
@options.directory
@options.as_json
def verify(words: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Run the checks that the migrations bring with them, those of pending ones too. Nothing is written.

    A verify file is SELECTs that give (check_name, ok, detail): one row is one check, an error is a failed check.
    """
    from console.cli.project import Project
    from console.cli.running import run
    from console.migrations import verify as verifying

    project = Project.of(words, folder)

    async def check() -> Verification:
        async with project.session("verify") as session:
            return await verifying.verify(session, project.folder)

    found = run(check)
    code = 1 if found.failed else 0
    if as_json:
        answer(found.as_dict(), target=project.target.name, ok=code == 0)
    else:
        _print(found)
    return code


def _print(found: Verification) -> None:
    from console.cli import lines

    for check in found.checks:
        if not check.ok:
            click.echo(lines.BAD(f"{sanitize(check.migration)}: {check.name}"))
            lines.print_wrapped(check.detail)
    summary = lines.BAD if found.failed else lines.GOOD if found.total else lines.ODD
    click.echo(summary(found.summary))
