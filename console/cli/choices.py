"""Where one could go from here: profiles, environments, demos, and the server's other databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from console.config import files, names, profiles
from console.config.profile import Guard
from console.db.query import Query
from console.errors import ConsoleError
from console.sql import queries
from console.ui.doors import Choice

if TYPE_CHECKING:
    from console.db.session import Session


async def choices(session: Session | None) -> tuple[Choice, ...]:
    """Return all of them; a server that does not answer adds none."""
    return (*_profiles(), *await _databases(session), *_demos())


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
    return [Choice(f"database:{name}", name, "database") for (name,) in rows]


def _demos() -> Iterator[Choice]:
    for name in names.DEMOS:
        yield Choice(f"demo:{name}", f"demo:{name}", "demo")
