"""Looks before a plan is run, in one line."""

from __future__ import annotations

from typing import Any

from console.config.profile import Target
from console.db.session import Session
from console.migrations.preflight import looking
from console.migrations.preflight.finding import Preflight
from tests.migrations.planning import steps


async def looked(target: Target, *scripts: str, **options: Any) -> Preflight:
    """Return what is found before these scripts are run."""
    async with await Session.open(target, what="test") as session:
        return await looking.look(session, steps(*scripts), **options)
