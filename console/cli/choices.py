"""Where one could go from here: profiles, environments, demos, and the server's other databases."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from console.config import files, names, profiles
from console.config.profile import Guard
from console.db.query import Query
from console.demo.building import is_half
from console.demo.server import database_of
from console.errors import ConsoleError
from console.sql import queries
from console.ui.doors import Choice

if TYPE_CHECKING:
    from console.db.session import Session


async def choices(session: Session | None, states: Mapping[str, str] | None = None) -> tuple[Choice, ...]:
    """Return all of them; a server that does not answer adds none. `states` says how the demos are."""
    return (*_profiles(), *await _databases(session), *_demos(states or {}))


def _profiles() -> Iterator[Choice]:
    configuration = files.load(environ=os.environ, cwd=Path.cwd())
    for row in profiles.listing(configuration, environ=os.environ):
        where = f"{row.name}   {row.host}/{row.database}" if row.host else row.name
        yield Choice(row.name, where, "profile", row.guard is Guard.PRODUCTION)
    for name in profiles.environments(configuration):
        yield Choice(f"env:{name}", f".env.{name}", "environment")


async def _databases(session: Session | None) -> list[Choice]:
    if session is None:
        return []
    try:
        [rows] = await session.read(Query(queries.load("session/databases")), doing="listing the databases")
    except ConsoleError:
        return []
    hidden = _of_the_demo if session.target.demo is not None else lambda _: False
    return [Choice(f"database:{name}", name, "database") for (name,) in rows if not hidden(name)]


def _of_the_demo(database: str) -> bool:
    """Tell whether a database on the demo's server is listed as a demo, or is half of one."""
    return is_half(database) or database in map(database_of, names.DEMOS)


def _demos(states: Mapping[str, str]) -> Iterator[Choice]:
    for name in names.DEMOS:
        yield Choice(f"demo:{name}", f"demo:{name}", "demo", state=states.get(name, ""))
