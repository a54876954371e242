"""The cheap question: has anybody changed the schema since the last run of migrations, and how much of it?

What was written to the catalog since the newest snapshot is asked for first, which takes milliseconds. Only if there
is something, the catalog is read and compared with the snapshot: a TRUNCATE or a REINDEX writes to it as well.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from console.catalog import reader
from console.catalog.compare import Action, compare
from console.catalog.model import Catalog
from console.db.session import Session
from console.drift.scope import narrowed
from console.drift.sources.kinds import Read
from console.errors import ConnectionFailed, ConnectionLost, ConsoleError, Interrupted, StatementFailed
from console.migrations.snapshots import keeping, touching
from console.migrations.snapshots.keeping import Newest
from console.text import sanitize

_NO_TABLE = "42P01"
_NO_DRIFT = (Action.REORDER, Action.UNREAD)


@dataclass(frozen=True, slots=True)
class Since:
    """How many changes there are since the last run; None when that cannot be said, for the `reason`.

    `after` is the label of the migration that was the newest then, `at` when the schema was last seen as it was.
    """

    changed: int | None
    reason: str = ""
    after: str = ""
    at: datetime | None = None


async def since(session: Session, *, timeout: float = 2.0) -> Since:
    """Count what differs from the newest snapshot, within so many seconds. Writes nothing, waits behind no lock.

    What is a tool's or a provider's own does not count. Raises ConnectionFailed, ConnectionLost, Interrupted.
    """
    try:
        async with asyncio.timeout(timeout):
            return await _counted(session, timeout)
    except TimeoutError:
        return Since(None, f"the catalog could not be read within {timeout:g} s")
    except (ConnectionFailed, ConnectionLost, Interrupted):
        raise
    except ConsoleError as error:
        no_table = isinstance(error, StatementFailed) and error.sqlstate == _NO_TABLE
        return Since(None, _NONE if no_table else sanitize(error.title))


_NONE = "no snapshot of the schema was kept here: that comes with the next run of migrations"


async def _counted(session: Session, timeout: float) -> Since:
    found = await keeping.newest(session)
    if found is None:
        return Since(None, _NONE)
    mark, written = await keeping.look(session, found.horizon, most=1)
    if keeping.holds(found, mark, written):
        return _since(found, 0)
    if mark.server_version // 10000 != found.server_version // 10000:
        return _since(found, None, "PostgreSQL has another version than at the last run")
    if not found.kept:
        return _since(found, None, "something was written to the catalog, and the schema is too large to say what")
    live = await reader.read(session, timeout=timeout)
    kept = await keeping.content(session, found)
    assert session.server is not None
    changed = await asyncio.to_thread(_differing, kept, live, session.server.provider)
    return _since(found, changed)


def _since(found: Newest, changed: int | None, reason: str = "") -> Since:
    return Since(changed, reason, found.after, found.seen_at)


def _differing(kept: Catalog, live: Catalog, provider: str) -> int:
    a, b = (Read("", each, provider=provider, live=True) for each in (kept, touching.without_own(live)))
    pair = narrowed(a, b)
    return sum(each.action not in _NO_DRIFT for each in compare(pair.a, pair.b))
