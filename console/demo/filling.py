"""Fills an empty demo database: migrations, sample data, statistics, by the verbs that users use."""

from __future__ import annotations

from console.config.profile import Target
from console.db.guard import consent
from console.db.session import Session
from console.migrations import plan, runner, seed
from console.migrations.files import native
from console.migrations.ledgers.native import Native
from console.sql import queries


async def fill(target: Target) -> None:
    """Apply all migrations of the sample system, load its data, and gather statistics."""
    assert target.demo is not None
    migrations = native.read(queries.folder("migrations") / target.demo)
    word = consent(target, action="build the demo")
    async with await Session.open(target, what="demo") as session:
        wanted = plan.up(migrations, await Native().read(session))
        async for _ in runner.run(session, wanted, word):
            pass
        async for _ in seed.run(session, migrations, word):
            pass
        async with session.alone(word, doing="gathering statistics") as writer:
            await writer.execute(queries.load("demo/vacuum"))
