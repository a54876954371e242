"""`dbconsole drift`: what differs between two schemas, the SQL that mends it, and the proof that it does."""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import options
from console.cli.shadowing import option as shadow_option
from console.cli.streams import on_terminal
from console.cli.telling import answer, document, tell
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.drift.drift import Drift
    from console.drift.sources.kinds import Read
    from console.drift.wishes import Wishes

_RENAME = "OLD is called NEW on the other side: rename it, and keep what is in it. May be repeated."


@click.command()
@options.words_of("FROM [TO]")
@options.directory
@click.option("--sql", "as_sql", is_flag=True, help="Only SQL on standard output, for psql -v ON_ERROR_STOP=1 -f.")
@click.option("--snapshot", metavar="FILE", type=click.Path(path_type=Path), help="Save the catalog of FROM as JSON.")
@click.option("--write", "name", metavar="NAME", help="Save what is proved as a migration, with its way back.")
@click.option("--no-proof", is_flag=True, help="Do not run the statements in a throw-away PostgreSQL.")
@click.option("--rename", "renames", metavar="OLD=NEW", multiple=True, help=_RENAME)
@click.option("--ignore-generated-names", is_flag=True, help="Names that the server has chosen may differ.")
@click.option("--keep-data", is_flag=True, help="Leave out what loses rows or values.")
@click.option("--online", is_flag=True, help="Take the forms that let others go on working.")
@shadow_option
@options.yes
@options.confirm
@options.as_json
def drift(
    words: tuple[str, ...],
    folder: Path | None,
    as_sql: bool,
    snapshot: Path | None,
    name: str | None,
    no_proof: bool,
    renames: tuple[str, ...],
    ignore_generated_names: bool,
    keep_data: bool,
    online: bool,
    shadow: str | None,
    yes: bool,
    confirm: str | None,
    as_json: bool,
) -> int:
    """Compare two schemas: the changes that turn FROM into TO.

    Each is a target, dir:FOLDER (what its migrations make), dir:FOLDER@REVISION of git, sql:FILE or snapshot:FILE. With
    FROM alone: from the target to what its applied migrations have made. Nothing is written to either side.
    """
    from console.cli.running import run
    from console.drift.wishes import Rename, Wishes
    from console.errors import UsageError

    if as_sql and as_json:
        raise UsageError("--sql and --json are two forms of one output.", hint="Say one of them.")
    if name is not None and no_proof:
        raise UsageError("--write saves only what is proved, and --no-proof leaves that out.")
    wishes = Wishes(tuple(map(Rename.of, renames)), ignore_generated_names, keep_data, online)
    if snapshot is not None:
        from console.migrations.report import writing

        writing.must_be_writable(snapshot, "snapshot")
    how = How(folder, shadow, yes, confirm, wishes, not no_proof, name, quiet=as_json)
    if snapshot is not None and len(words) < 2 and name is None and not as_sql:
        taken = run(lambda: _take(words, how))
        _save(taken, snapshot)
        if as_json:
            document(taken.label, ok=True, summary=_saved(taken, snapshot), files=[sanitize(str(snapshot))])
        return 0
    found = run(lambda: _compare(words, how))
    if snapshot is not None:
        _save(found.a, snapshot)
    _print(found, as_sql=as_sql, as_json=as_json)
    return found.exit_code


@dataclass(frozen=True, slots=True)
class How:
    """How the comparison is made: where the migrations lie, in which shadow, with whose word, to what end."""

    folder: Path | None
    shadow: str | None
    yes: bool
    confirm: str | None
    wishes: Wishes
    proof: bool
    name: str | None
    quiet: bool


async def _compare(words: tuple[str, ...], how: How) -> Drift:
    from console.cli.comparing import Comparing
    from console.cli.progress import Progress
    from console.drift import drifting, events

    progress = Progress(quiet=how.quiet)
    async with AsyncExitStack() as open_now:
        asked = await Comparing(how, open_now).asked(words)
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
    from console.cli.comparing import Comparing
    from console.drift import drifting

    async with AsyncExitStack() as open_now:
        comparing = Comparing(how, open_now)
        source = await comparing.one(words[0] if words else None)
        return await drifting.take(source, comparing.wish(), comparing.beside())


def _save(taken: Read, file: Path) -> None:
    from console.catalog import snapshot
    from console.migrations.report import writing

    writing.write(file, snapshot.dump(taken.catalog), "snapshot")
    tell(_saved(taken, file))


def _saved(taken: Read, file: Path) -> str:
    objects = plural(len(taken.catalog.objects), "object")
    return f"The catalog of {sanitize(taken.label)}, {objects}, is in {sanitize(str(file))}."


def _print(found: Drift, *, as_sql: bool, as_json: bool) -> None:
    from console.cli import drifted

    if as_json:
        answer(found.as_dict(), target=sanitize(found.a.label), ok=found.exit_code == 0)
    elif as_sql:
        from console.drift.script import script

        text = script(found)
        # A terminal acts on control signs; a file has to hold them as they are, or the statements would lie.
        sys.stdout.write(sanitize(text, lines=True) if on_terminal(sys.stdout) else text)
    else:
        drifted.print_drift(found)
    if as_sql:
        drifted.tell_rest(found)
    for file in found.files:
        tell(f"Saved: {sanitize(str(file))}")
