"""`dbconsole history`: what was run here, by whom, when, with what outcome."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.terminal.telling import answer
from console.text import age, duration, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.migrations.history import Entry, History

_USUAL = "50"
_MOST = 9  # digits of N


@click.command()
@options.words_and("[N]")
@options.as_json
def history(words: tuple[str, ...], as_json: bool) -> int:
    """What was run here, newest first: when, by whom, with what outcome. N is how many entries (50)."""
    from console.cli.call.running import run
    from console.cli.call.targeting import opened, resolve, sort_words
    from console.migrations import history as histories

    said = sort_words(words, at_most=1)
    limit = _number(*said.rest or (_USUAL,))
    target = resolve(said.target)

    async def read() -> History:
        async with opened(target, "history") as session:
            return await histories.read(session, limit=limit)

    found = run(read)
    if as_json:
        answer(found.as_dict(), target=target.name, ok=True)
        return 0
    for _, entries in groupby(found.entries, key=lambda entry: (entry.batch, entry.by)):
        _print_run(tuple(entries), datetime.now(UTC))
    click.echo(found.summary)
    return 0


def _number(text: str) -> int:
    """Return N. Raises UsageError, as for a target that does not exist, when it is no number."""
    from console.errors import UsageError

    if not (text.isascii() and text.isdecimal()):
        raise UsageError(
            f"{sanitize(text)} is neither a target nor a number of entries.",
            hint="dbconsole profiles lists the targets that have a name.",
        )
    if len(text) > _MOST or int(text) < 1:
        raise UsageError(f"{text[:_MOST]} is no number of entries to show.", hint=f"Say 1 to {'9' * _MOST}.")
    return int(text)


def _print_run(entries: tuple[Entry, ...], now: datetime) -> None:
    """Print what one person did in one run: a line on when and who, and a line for each migration."""
    from console.cli.terminal import lines
    from console.migrations.history import GOOD

    newest = entries[0]
    ago = age((now - newest.at).total_seconds())
    batch = f"  batch {newest.batch}" if newest.batch is not None else ""
    who = sanitize(newest.by)
    click.echo(f"{newest.at.astimezone():%Y-%m-%d %H:%M:%S} ({ago} ago){batch}  {who}")
    for entry, line in zip(entries, lines.columns(list(_rows(entries)), right={2}), strict=True):
        sign = lines.GOOD if entry.outcome in GOOD else lines.BAD
        click.echo("  " + sign(line))
        if entry.error:
            lines.print_wrapped(sanitize(entry.error), indent=6)


def _rows(entries: Iterable[Entry]) -> Iterable[tuple[str, str, str]]:
    from console.cli.terminal.lines import short

    for entry in entries:
        label = f"{entry.version}_{entry.name}" if entry.name else entry.version
        took = duration(entry.duration_ms / 1000) if entry.duration_ms is not None else ""
        yield short(sanitize(label)), entry.outcome.replace("_", " "), took
