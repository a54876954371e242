"""Runs the migrations one by one in a shadow, and compares the catalogs before and after each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from console.catalog.compare import Change, compare
from console.catalog.model import Catalog
from console.db.session import Session
from console.errors import ConsoleError, Interrupted, MigrationFailed
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers.ledger import Direction
from console.migrations.rehearsal import supabase
from console.migrations.rehearsal.refusing import refusal
from console.migrations.rehearsal.shadows import Place, Where, opened
from console.migrations.rehearsal.stage import Stage, named
from console.text import duration

_PATIENCE = 120.0
_NO_SUCH_OBJECT = "42704"
_ANYWHERE = Where()


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What the steps made. `steps` are the changes of each by its version, as far as it came.

    `applied` is the catalog after the applied steps, None when they did not all run. `stopped` is the version of the
    step that did not run, `reason` why, in a sentence; without a shadow there is only a reason.
    """

    version: str = ""
    major: int = 0
    steps: Mapping[str, tuple[Change, ...]] = field(default_factory=lambda: MappingProxyType({}))
    applied: Catalog | None = None
    stopped: str = ""
    reason: str = ""


async def rehearse(
    folder: Folder,
    applied: Sequence[Migration],
    pending: Sequence[Migration],
    *,
    major: int,
    extensions: Iterable[str],
    roles: Iterable[str] = (),
    where: Where = _ANYWHERE,
    identity: str = "",
    patience: float = _PATIENCE,
    doing: str = "the report was being made",
) -> Rehearsed:
    """Run the applied migrations in the order of their application, then the pending ones, in a shadow of its own.

    `major`, `extensions`, `roles` and `identity` are the target's; a role that a step misses is made in the shadow,
    unless that is on the target's own server, where a step that speaks of what databases share is not run. `doing` is
    what a person stops when the task is cancelled: Interrupted is raised then. That there is no shadow, or that a step
    does not run in it, is no error.
    """
    said, clock = _Said(), asyncio.timeout(patience)
    wanted = {*extensions, *named((*applied, *pending))}
    try:
        async with (
            clock,
            opened(where.wish, where.beside, major=major, extensions=wanted, identity=identity) as place,
        ):
            await _lay(folder, place)
            async with await Session.open(place.target, what="shadow") as session:
                stage = Stage(session, folder.order)
                await _run(stage, (applied, pending), None if place.shared else frozenset(roles), said)
    except (Interrupted, TimeoutError):
        if not clock.expired():
            raise Interrupted(f"Stopped while {doing}. Nothing was written to the target.") from None
        said.reason = f"the shadow had not come to its end after {duration(patience)}"
    except (ConsoleError, OSError) as error:
        said.reason = error.title if isinstance(error, ConsoleError) else f"the shadow did not start: {error.strerror}"
    return said.result()


@dataclass(slots=True)
class _Said:
    """What is known so far, so that something is left when a step fails."""

    version: str = ""
    major: int = 0
    steps: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    applied: Catalog | None = None
    stopped: str = ""
    reason: str = ""

    def result(self) -> Rehearsed:
        return Rehearsed(
            self.version, self.major, MappingProxyType(self.steps), self.applied, self.stopped, self.reason
        )


async def _lay(folder: Folder, place: Place) -> None:
    """Make what a Supabase project takes for granted, in a session of its own: where names are looked for is kept."""
    if supabase.belongs_to(folder):
        async with await Session.open(place.target, what="shadow") as session:
            await supabase.lay(Stage(session, folder.order), place, [each.up.text for each in folder.migrations])


async def _run(
    stage: Stage, steps: tuple[Sequence[Migration], Sequence[Migration]], roles: frozenset[str] | None, said: _Said
) -> None:
    applied, pending = steps
    before = await stage.catalog()
    assert stage.session.server is not None
    said.version, said.major = stage.session.server.version, stage.session.server.major
    for number, migration in enumerate((*applied, *pending)):
        if number == len(applied):
            said.applied = before
        said.stopped = migration.version
        await _step(stage, migration, roles)
        after = await stage.catalog()
        said.steps[migration.version] = compare(before, after)
        said.stopped, before = "", after
    if not pending:
        said.applied = before


async def _step(stage: Stage, migration: Migration, roles: frozenset[str] | None) -> None:
    """Run one step; where it misses a role, once more with the target's roles: they belong to its server.

    Without `roles` this is the target's server: nothing is done to what its databases share.
    """
    if reason := refusal(migration, shared=roles is None):
        raise MigrationFailed(reason)
    try:
        await stage.run(migration, Direction.UP)
    except MigrationFailed as error:
        if roles is None or error.sqlstate != _NO_SUCH_OBJECT or not await stage.make_roles(roles):
            raise
        await stage.run(migration, Direction.UP)
