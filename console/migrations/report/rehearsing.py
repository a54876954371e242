"""Runs the migrations one by one in a shadow, and compares the catalogs before and after each."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from console.catalog import reader
from console.catalog.compare import Change, compare
from console.catalog.model import Catalog
from console.db.compose import SQL, Identifier
from console.db.guard import Consent, consent
from console.db.query import Query
from console.db.session import Session
from console.db.shadow import Shadow
from console.errors import ConsoleError, Interrupted, MigrationFailed
from console.migrations import runner
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers.ledger import Direction
from console.migrations.plan import Plan, Step
from console.sql.queries import load
from console.text import duration

_PATIENCE = 120.0
_NO_SUCH_OBJECT = "42704"
_ROLE = SQL("CREATE ROLE {}")
_EXTENSION = re.compile(r'(?i)create\s+extension\s+(?:if\s+not\s+exists\s+)?"?([a-z_][\w-]*)')


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
    patience: float = _PATIENCE,
) -> Rehearsed:
    """Run the applied migrations in the order of their application, then the pending ones, in a shadow of its own.

    `major`, `extensions` and `roles` are the target's; a role that a step misses is made in the shadow. That there is
    no shadow, or that a step does not run in it, is no error; Interrupted is raised when the task is cancelled.
    """
    said, clock = _Said(), asyncio.timeout(patience)
    wanted = {*extensions, *named((*applied, *pending))}
    try:
        async with clock, Shadow.running(major=major, extensions=wanted) as shadow:
            said.major = shadow.version
            async with await Session.open(shadow.target, what="shadow") as session:
                await _run(session, folder, (applied, pending), frozenset(roles), said)
    except (Interrupted, TimeoutError):
        if not clock.expired():
            raise Interrupted("Stopped while the report was being made. Nothing was written to the target.") from None
        said.reason = f"the shadow had not come to its end after {duration(patience)}"
    except (ConsoleError, OSError) as error:
        said.reason = error.title if isinstance(error, ConsoleError) else f"the shadow did not start: {error.strerror}"
    return said.result()


def named(migrations: Iterable[Migration]) -> set[str]:
    """Return the extensions that the files speak of: a hint which shadow to choose, no more."""
    return {match[1].lower() for migration in migrations for match in _EXTENSION.finditer(migration.up.text)}


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


async def _run(
    session: Session,
    folder: Folder,
    steps: tuple[Sequence[Migration], Sequence[Migration]],
    roles: frozenset[str],
    said: _Said,
) -> None:
    applied, pending = steps
    before = await reader.read(session)
    assert session.server is not None
    said.version = session.server.version
    word = consent(session.target, action="try migrations")
    for number, migration in enumerate((*applied, *pending)):
        if number == len(applied):
            said.applied = before
        said.stopped = migration.version
        plan = Plan((Step(migration, Direction.UP),), order=folder.order)
        await _step(session, plan, word, roles)
        after = await reader.read(session)
        said.steps[migration.version] = compare(before, after)
        said.stopped, before = "", after
    if not pending:
        said.applied = before


async def _step(session: Session, plan: Plan, word: Consent, roles: frozenset[str]) -> None:
    """Run one step; where it misses a role, once more with the target's roles: they belong to its server."""
    try:
        await _through(session, plan, word)
    except MigrationFailed as error:
        if error.sqlstate != _NO_SUCH_OBJECT or not await _made(session, word, roles):
            raise
        await _through(session, plan, word)


async def _through(session: Session, plan: Plan, word: Consent) -> None:
    async for _ in runner.run(session, plan, word):
        pass


async def _made(session: Session, word: Consent, roles: frozenset[str]) -> bool:
    """Make the roles that the shadow has not; tell whether there were any."""
    [rows] = await session.read(Query(load("report/roles")))
    missing = sorted(roles - {name for (name,) in rows})
    async with session.writing(word, doing="making the target's roles") as writer:
        for name in missing:
            await writer.execute(_ROLE.format(Identifier(name)))
    return bool(missing)
