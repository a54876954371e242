"""`dbconsole drift`: what differs between two schemas, the SQL that mends it, and the proof that it does."""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.drift.wishing import Form, How, wished
from console.cli.terminal.streams import on_terminal
from console.cli.terminal.telling import answer, document, tell
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.drift.drift import Drift
    from console.drift.sources.kinds import Read


@click.command()
@options.words_of("FROM [TO]")
@wished
def drift(words: tuple[str, ...], how: How, form: Form) -> int:
    """Compare two schemas: the changes that turn FROM into TO.

    Each is a target, dir:FOLDER (what its migrations make), dir:FOLDER@REVISION of git, sql:FILE or snapshot:FILE. With
    FROM alone: from the target to what its applied migrations have made. Nothing is written to either side.
    """
    from console.cli.call.running import run

    if form.snapshot is not None and form.only_saves(words, how):
        taken = run(lambda: _take(words, how))
        said = _save(taken, form.snapshot)
        if form.as_json:
            document(sanitize(taken.label), ok=True, summary=said, files=[sanitize(str(form.snapshot))])
        return 0
    found = run(lambda: _compare(words, how, whole=form.snapshot is not None))
    found = replace(found, files=(*found.files, *_saved(found, form)))
    _print(found, form)
    return found.exit_code


async def _compare(words: tuple[str, ...], how: How, *, whole: bool) -> Drift:
    from console.cli.drift.sources import Comparing
    from console.cli.terminal.progress import Progress
    from console.drift import drifting, events

    progress = Progress(quiet=how.quiet)
    async with AsyncExitStack() as open_now:
        asked = replace(await Comparing(how, open_now).asked(words), whole=whole)
        async with aclosing(drifting.drift(asked)) as coming:
            async for event in coming:
                match event:
                    case events.Preparing():
                        progress.show(f"  {event.what} …")
                    case events.Proving():
                        progress.show(f"  proving {event.number}/{event.total}")
        progress.clear()
    assert isinstance(event, events.DriftFinished)
    return event.drift


async def _take(words: tuple[str, ...], how: How) -> Read:
    from console.cli.drift.sources import Comparing
    from console.drift import drifting

    async with AsyncExitStack() as open_now:
        comparing = Comparing(how, open_now)
        source = await comparing.one(words[0] if words else None)
        return await drifting.take(source, comparing.wish(), comparing.beside())


def _saved(found: Drift, form: Form) -> list[Path]:
    """Save what is to be saved besides a migration; return the files."""
    from console.drift import markdown
    from console.migrations.report import writing

    if form.snapshot is not None:
        _save(found.a, form.snapshot)
    if form.report is not None:
        writing.write(form.report, markdown.render(found))
    return [each for each in (form.snapshot, form.report) if each is not None]


def _save(taken: Read, file: Path) -> str:
    """Save a catalog, say so, and return what was said."""
    from console.catalog import snapshot
    from console.migrations.report import writing

    writing.write(file, snapshot.dump(taken.catalog), "snapshot")
    objects = plural(len(taken.catalog.objects), "object")
    said = f"The catalog of {sanitize(taken.label)}, {objects}, is in {sanitize(str(file))}."
    tell(said)
    return said


def _print(found: Drift, form: Form) -> None:
    from console.cli.drift import showing

    if form.as_json:
        answer(found.as_dict(), target=sanitize(found.a.label), ok=found.exit_code == 0)
    elif form.as_sql:
        from console.drift.script import script

        text = script(found)
        # A terminal acts on control signs; a file has to hold them as they are, or the statements would lie.
        sys.stdout.write(sanitize(text, lines=True) if on_terminal(sys.stdout) else text)
        showing.tell_rest(found)
    else:
        showing.print_drift(found)
    for file in found.files:
        if file != form.snapshot:
            tell(f"Saved: {sanitize(str(file))}")
