"""What the tests of sources and proofs share: two sides are compared, in scratch databases on the tests' own server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

from console.catalog.compare import Action
from console.config.profile import Target
from console.db.session import Session
from console.drift.drift import Drift
from console.drift.drifting import Asked, drift
from console.drift.events import DriftFinished, Event
from console.drift.sources.kinds import Live, Made, Script, Source
from console.migrations.files import formats
from tests.databases import Databases


async def events(a: Source, b: Source, **options: Any) -> list[Event]:
    """Compare two sources and return all that happens."""
    async with aclosing(drift(Asked(a, b, **options))) as coming:
        return [event async for event in coming]


async def compared(a: Source, b: Source, **options: Any) -> Drift:
    """Compare two sources."""
    last = (await events(a, b, **options))[-1]
    assert isinstance(last, DriftFinished)
    return last.drift


def here(databases: Databases) -> Target:
    """Return the tests' server as a shadow: a scratch database there costs less than a server."""
    return databases.target("postgres")


@asynccontextmanager
async def live(*targets: Target) -> AsyncIterator[list[Live]]:
    """Open sessions on databases, as sources, for as long as the block lasts."""
    sessions = [await Session.open(target, what="drift") for target in targets]
    try:
        yield [Live(session.target.name, session) for session in sessions]
    finally:
        for session in sessions:
            await session.close()


def script(text: str, label: str = "sql:schema.sql") -> Script:
    """Return a file of SQL as a source."""
    return Script(label, text)


def folder(path: Path) -> Made:
    """Return a folder of migrations as a source."""
    found = formats.read(path)
    return Made(f"dir:{path.name}", found, found.migrations)


def said(found: Drift) -> list[str]:
    """Return the changes as `+ table public.t`, in their order."""
    signs = {Action.CREATE: "+", Action.DROP: "-", Action.ALTER: "~"}
    return [f"{signs[each.action]} {each.key.kind} {each.key}" for each in found.changes]
