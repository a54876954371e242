"""Which dashboards there are, and which of them make sense on the database at hand."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

from console.dashboards.definition import Dashboard
from console.dashboards.files.finding import find
from console.dashboards.offers import Offer, offers
from console.db.session import Session


async def read(session: Session) -> tuple[Offer, ...]:
    """Read the files, and ask the server once for what they need; those that fit first. Raises what reading raises."""
    found = await asyncio.to_thread(find, environ=os.environ, cwd=Path.cwd())
    return await offers(session, found)


def step(known: Iterable[Offer], now: Dashboard | None, by: int) -> Offer | None:
    """Return the next dashboard that fits, going round; None when there is none."""
    usable = [each for each in known if each.ok]
    ids = [each.found.id for each in usable]
    if not usable:
        return None
    at = ids.index(now.id) if now is not None and now.id in ids else -max(0, by)
    return usable[(at + by) % len(usable)]
