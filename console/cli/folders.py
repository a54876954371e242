"""The verbs that need no server: validate, new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from console.cli import options
from console.cli.telling import document, tell
from console.text import sanitize


@click.command()
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@options.as_json
def validate(folder: Path | None, as_json: bool) -> int:
    """Check a folder of migrations, files only: numbers, duplicates, missing downs, syntax. 1 if there are findings."""
    from console.migrations import validate as validating
    from console.migrations.files import locate

    found = validating.validate(locate.folder(None, folder, Path.cwd()))
    code = 2 if found.fatal else 1 if found.findings else 0
    if as_json:
        shape: dict[str, Any] = dict(found.as_dict())
        document("", ok=code == 0, summary=shape.pop("summary"), **shape)
        return code
    for finding in found.findings:
        file = sanitize(finding.path.name) if finding.path else ""
        place = f"{file}:{finding.line}:{finding.column}" if finding.line else file
        click.echo(f"{'✗' if finding.fatal else '!'} {place + '  ' if place else ''}{finding.sentence}")
    click.echo(found.summary)
    return code


@click.command()
@click.argument("name")
@options.directory
def new(name: str, folder: Path | None) -> int:
    """Make the files of the next migration: up, down and verify."""
    from console.migrations import new as making
    from console.migrations.files import locate

    place = folder if folder is not None else _place(locate)
    for path in making.create(place, name):
        click.echo(path)
    tell("Fill them in; `dbconsole validate` looks them over.")
    return 0


def _place(locate: Any) -> Path:
    """The usual folder, or migrations/ where there is none yet."""
    from console.errors import UsageError

    try:
        found: Path = locate.folder(None, None, Path.cwd())
    except UsageError:
        return Path("migrations")
    return found
