"""The verbs that need no server: validate, new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.terminal.telling import answer, document, tell
from console.migrations.files.naming import shown
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.migrations.files.folder import Finding


@click.command()
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@options.as_json
def validate(folder: Path | None, as_json: bool) -> int:
    """Check a folder of migrations, files only: numbers, duplicates, missing downs, syntax."""
    from console.cli.terminal import lines
    from console.migrations import validate as validating
    from console.migrations.files import locate

    found = validating.validate(locate.folder(None, folder, Path.cwd()))
    code = 2 if found.fatal else 1 if found.findings else 0
    if as_json:
        answer(found.as_dict(), target="", ok=code == 0)
        return code
    for finding in found.findings:
        click.echo((lines.BAD if finding.fatal else lines.ODD)(_line(finding)))
    click.echo(found.summary)
    return code


def _line(finding: Finding) -> str:
    """Say a finding, its place before it in the way that editors understand."""
    sentence = sanitize(finding.sentence)
    if finding.path is None or finding.path.is_dir():
        return sentence
    name = shown(finding.path)
    place = ":".join([name, *(str(part) for part in (finding.line, finding.column) if part)])
    return f"{place}  {sentence.removeprefix(name).lstrip(': ,')}"


@click.command()
@click.argument("name")
@options.place
@options.as_json
def new(name: str, folder: Path | None, as_json: bool) -> int:
    """Make the files of the next migration, in the format of the folder; in ours up, down and verify.

    Without --dir in the usual folder; where there is none, in migrations/, which is made.
    """
    from console.migrations import new as making

    files = [sanitize(str(path)) for path in making.create(folder or _usual(), name)]
    if as_json:
        document("", ok=True, summary=f"{plural(len(files), 'file')} made", files=files)
        return 0
    for file in files:
        click.echo(file)
    tell("Fill them in; `dbconsole validate` looks them over.")
    return 0


def _usual() -> Path:
    """The usual folder, or migrations/ where there is none yet."""
    from console.errors import UsageError
    from console.migrations.files import locate

    try:
        return locate.folder(None, None, Path.cwd())
    except UsageError:
        return Path(locate.USUAL[0])
