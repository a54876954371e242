"""The verbs that tell what was done and whether it worked: history, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from console.cli import options
from console.cli.telling import document
from console.text import duration, sanitize

if TYPE_CHECKING:
    from console.migrations.history import Entry, History
    from console.migrations.verify import Verification


@click.command()
@click.argument("words", nargs=-1, metavar="[TARGET] [N]")
@options.as_json
def history(words: tuple[str, ...], as_json: bool) -> int:
    """What was run here, newest first: when, by whom, with what outcome. N is how many entries (50)."""
    from console.cli.running import run
    from console.cli.targeting import opened, resolve, sort_words
    from console.errors import UsageError
    from console.migrations import history as histories

    sorted_words = sort_words(words, at_most=1)
    number = sorted_words.rest[0] if sorted_words.rest else "50"
    if not number.isdecimal():
        raise UsageError(f"{sanitize(number)} is neither a target nor a number of entries.")
    target = resolve(sorted_words.target)

    async def read() -> History:
        async with opened(target, "history") as session:
            return await histories.read(session, limit=int(number))

    found = run(read)
    if as_json:
        document(target.name, ok=True, **_shape(found.as_dict()))
        return 0
    for entry in found.entries:
        _tell_entry(entry)
    click.echo(found.summary)
    return 0


def _tell_entry(entry: Entry) -> None:
    sign = "✓" if entry.outcome in ("applied", "rolled_back") else "✗"
    took = duration(entry.duration_ms / 1000) if entry.duration_ms is not None else ""
    name = sanitize(f"{entry.version}_{entry.name}" if entry.name else entry.version)
    batch = f"batch {entry.batch}" if entry.batch is not None else ""
    who = sanitize(f"{entry.database_user} ({entry.operator})")
    outcome = entry.outcome.replace("_", " ")
    click.echo(f"{sign} {entry.at.astimezone():%Y-%m-%d %H:%M:%S}  {name}  {outcome}  {took}  {batch}  {who}")
    if entry.error:
        click.echo(f"    {sanitize(entry.error)}")


@click.command()
@options.words
@options.directory
@options.as_json
def verify(words: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Run the checks that the migrations bring with them, those of pending ones too; exit with 1 if one fails."""
    from console.cli.running import run
    from console.cli.targeting import opened, resolve, sort_words
    from console.migrations import verify as verifying
    from console.migrations.files import locate, native

    target = resolve(sort_words(words, at_most=0).target)

    async def check() -> Verification:
        async with opened(target, "verify") as session:
            return await verifying.verify(session, native.read(locate.folder(session.target, folder, Path.cwd())))

    found = run(check)
    code = 1 if found.failed else 0
    if as_json:
        document(target.name, ok=code == 0, **_shape(found.as_dict()))
        return code
    for failed in (each for each in found.checks if not each.ok):
        click.echo(f"✗ {failed.migration}: {failed.name}" + (f"\n    {failed.detail}" if failed.detail else ""))
    click.echo(found.summary)
    return code


def _shape(found: dict[str, object]) -> dict[str, Any]:
    return {"summary": found.pop("summary"), **found}
