"""Runs scripts one by one where nothing can be lost: in a shadow. The report and the rehearsal share it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from console.catalog import reader
from console.catalog.model import Catalog
from console.db.compose import SQL, Identifier
from console.db.guard import Consent, consent
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.migrations.files.folder import Migration, Ordering
from console.migrations.ledgers.ledger import Direction
from console.migrations.plan import Plan, Step
from console.migrations.running import runner
from console.migrations.running.events import Event
from console.sql.queries import load

_ROLE = SQL("CREATE ROLE {}")
_AS_US = SQL("ALTER ROLE {} SUPERUSER LOGIN")
_EXTENSION = re.compile(r'(?i)create\s+extension\s+(?:if\s+not\s+exists\s+)?"?([a-z_][\w-]*)')


@dataclass(frozen=True, slots=True)
class Stage:
    """A session on a database that is thrown away, and the order of the folder whose scripts run there."""

    session: Session
    order: Ordering

    @property
    def consent(self) -> Consent:
        """The word to write to it, which nobody has to give: it is nobody's."""
        return consent(self.session.target, action="try migrations")

    async def run(
        self, migration: Migration, direction: Direction, tell: Callable[[Event], None] = lambda _: None
    ) -> None:
        """Run one script of a migration as it is run on a target, and tell what happens. Raises as the runner does."""
        plan = Plan((Step(migration, direction),), order=self.order)
        async for event in runner.run(self.session, plan, self.consent, snapshots=False):
            tell(event)

    async def catalog(self) -> Catalog:
        """Read everything that is there now. Raises what reading raises."""
        return await reader.read(self.session)

    async def make_roles(self, names: Iterable[str]) -> tuple[str, ...]:
        """Make the roles that are not there, without any right, not even to log in; return their names."""
        there = await roles(self.session)
        missing = tuple(sorted(name for name in set(names) - there if not name.startswith("pg_")))
        async with self.session.writing(self.consent, doing="making roles") as writer:
            for name in missing:
                await writer.execute(_ROLE.format(Identifier(name)))
        return missing

    async def let_in(self, role: str) -> None:
        """Let a role log in that may do everything: on a server of ours, migrations run as whoever runs them later."""
        async with self.session.writing(self.consent, doing="making the role that runs migrations") as writer:
            await writer.execute(_AS_US.format(Identifier(role)))


async def roles(session: Session) -> frozenset[str]:
    """Return the names of all roles of a server."""
    [rows] = await session.read(Query(load("rehearsal/roles")))
    return frozenset(name for (name,) in rows)


async def identity(session: Session) -> str:
    """Return what tells a server from all others; an empty text where the role may not know."""
    try:
        [[(number,)]] = await session.read(Query(load("rehearsal/identity")))
    except StatementFailed:
        return ""
    return str(number)


def named(migrations: Collection[Migration]) -> set[str]:
    """Return the extensions that the up files speak of: a hint which shadow to choose, no more."""
    return spoken_of(migration.up.text for migration in migrations)


def spoken_of(texts: Iterable[str]) -> set[str]:
    """Return the extensions that texts speak of."""
    return {match[1].lower() for text in texts for match in _EXTENSION.finditer(text)}
