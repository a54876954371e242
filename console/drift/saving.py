"""Saves a drift as a migration, with the way back; what was written is run both ways in the shadow before it stays."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from console.catalog.compare import Change
from console.catalog.model import Catalog
from console.drift.drift import Drift
from console.drift.ordering.writing import Statement
from console.drift.planning import planning
from console.drift.proving import settling
from console.drift.proving.proof import State
from console.drift.proving.shadow import Shadow
from console.drift.proving.trial import Trial, differing, run
from console.drift.script import reset
from console.drift.segments import segments
from console.drift.sources.kinds import Made, Source
from console.errors import ConsoleError, Incomplete, UsageError
from console.migrations import new
from console.migrations.files import formats
from console.migrations.files.folder import Folder, Migration
from console.migrations.filled import Content
from console.migrations.ledgers.ledger import Direction
from console.sql import outside, statements
from console.text import sanitize


def must_lead_on(folder: Path, a: Source, b: Source) -> None:
    """Raise UsageError for a migration that would undo, in the folder that makes it, what the second side is made of.

    A database that is set up by that folder has nothing of the first side, from which the migration would lead away.
    """
    if _is_of(b, folder) and not _is_of(a, folder):
        raise UsageError(
            f"{sanitize(b.label)} makes that already: a migration there could not run on a new database.",
            detail="Nothing was compared, and nothing was saved.",
            hint=f"drift {sanitize(b.label)} {sanitize(a.label)} --write NAME keeps what is there as a migration;"
            " --sql prints what undoes it.",
        )


def _is_of(source: Source, folder: Path) -> bool:
    return isinstance(source, Made) and source.folder.path.resolve() == folder.resolve()


@dataclass(frozen=True, slots=True)
class Saving:
    """Where a migration is to be made, and what it is to be called; `variables` are those of the folder's files."""

    folder: Path
    name: str
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


async def save(shadow: Shadow, found: Drift, wanted: Saving) -> tuple[Path, ...]:
    """Write a proved drift and the way back into a folder, and return the files; none of them stays that does not run.

    Raises Incomplete when there is no proof, or when what was written does not lead there and back; UsageError,
    BadMigrations for the folder.
    """
    if found.proof.state is not State.EQUAL or found.unhandled or found.kept:
        raise Incomplete(f"Nothing was saved: {found.summary}.", hint="Only what is wholly proved becomes a migration.")
    contents = await _contents(shadow, found)
    files: list[Path] = []
    try:
        before = _versions(wanted)
        for number, content in enumerate(contents, 1):
            name = wanted.name if len(contents) == 1 else f"{wanted.name}_{number}"
            files += new.create(wanted.folder, name, content=content)
        folder = formats.read(wanted.folder, None, wanted.variables)
        await _try(shadow, found, folder, [each for each in folder.migrations if each.version not in before])
    except BaseException:
        _remove(files)
        raise
    return tuple(files)


def _versions(wanted: Saving) -> set[str]:
    if not wanted.folder.is_dir() or not any(wanted.folder.iterdir()):
        return set()
    return {each.version for each in formats.scan(wanted.folder, None, wanted.variables).migrations}


async def _contents(shadow: Shadow, found: Drift) -> list[Content]:
    """Return a file's content for each run of statements: what must not share a transaction has a file of its own.

    The way back of each leads to where it began.
    """
    ups = [each.statements for each in segments(found.plan.statements)]
    states = [found.pair.a, found.pair.b] if len(ups) == 1 else await _states(shadow, found)
    note = f"From {sanitize(found.a.label)} to {sanitize(found.b.label)}, by dbconsole drift."
    contents = []
    for number, up in enumerate(ups):
        back = planning.plan(states[number + 1], states[number], found.pair.scope)
        ways = _way(found.plan.preamble, up), _way(back.preamble, back.statements)
        contents.append(Content(*ways, note, alone=any(map(_alone, (*up, *back.statements)))))
    return contents


async def _states(shadow: Shadow, found: Drift) -> list[Catalog]:
    """Return what there is before the statements and after each run of them, in the shadow."""
    trial = Trial(shadow, found.a, found.b)
    await trial.prepare()
    async with shadow.database() as stage:
        await trial.lay(stage)
        states = [(await trial.seen(stage)).a]
        for segment in segments(found.plan.statements):
            way = stage.session.writing if segment.together else stage.session.alone
            async with way(stage.consent, doing="trying the statements") as writer:
                await run(writer, [*found.plan.preamble, *(each.text for each in segment.statements)])
            states.append((await trial.seen(stage)).a)
    return states


def _way(preamble: Sequence[str], way: Sequence[Statement]) -> tuple[str, ...]:
    return (*preamble, *(each.text for each in way), *reset(preamble)) if way else ()


def _alone(statement: Statement) -> bool:
    """Tell whether a statement cannot run in a transaction at all."""
    return bool(outside.reason(statements.one(statement.text)))


async def _try(shadow: Shadow, found: Drift, folder: Folder, made: Sequence[Migration]) -> None:
    """Run the files up, and down where the format has a way back; compare after each."""
    trial = Trial(shadow, found.a, found.b)
    await trial.prepare()
    async with shadow.database(order=folder.order) as stage:
        await trial.lay(stage)
        first = await trial.seen(stage)
        with _named(made):
            for migration in made:
                await stage.run(migration, Direction.UP)
        _must_be_nothing(await trial.rest(await trial.seen(stage)), "there")
        if all(migration.down is not None for migration in made):
            with _named(made):
                for migration in reversed(made):
                    await stage.run(migration, Direction.DOWN)
            rest = differing((await trial.seen(stage)).a, first.a, first.scope)
            alike = await settling.same(shadow, trial.now, found.a.catalog, rest)
            _must_be_nothing(settling.real(rest, alike), "back")


def _must_be_nothing(rest: Sequence[Change], where: str) -> None:
    if rest:
        named = ", ".join(f"{each.key.kind} {sanitize(str(each.key))}" for each in rest[:3])
        raise Incomplete(
            f"Nothing was saved: the files do not lead {where} in the shadow.", detail=f"Different: {named}"
        )


@contextlib.contextmanager
def _named(made: Sequence[Migration]) -> Iterator[None]:
    try:
        yield
    except ConsoleError as error:
        names = ", ".join(sanitize(each.label) for each in made)
        raise Incomplete(
            f"Nothing was saved: {names} does not run in the shadow. {error.title}", detail=error.detail
        ) from error


def _remove(files: Sequence[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            path.parent.rmdir()  # a folder of the migration's own; another one is not empty
