"""Fills an empty demo database: migrations, sample data, statistics, by the verbs that users use."""

from __future__ import annotations

from console.config import names
from console.config.profile import Target
from console.db.guard import consent
from console.db.session import Session
from console.migrations import plan, seed
from console.migrations.files import native
from console.migrations.ledgers.native import Native
from console.migrations.running import runner
from console.sql import queries
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.filling import declared, filling


async def fill(target: Target, *, scale: int = 1) -> None:
    """Apply the sample system's migrations as far as the demo goes; fill in data, embeddings and statistics."""
    assert target.demo is not None
    sample = names.DEMOS[target.demo]
    migrations = native.read(queries.folder("migrations") / sample.folder)
    word = consent(target, action="build the demo")
    async with await Session.open(target, what="demo") as session:
        wanted = plan.up(migrations, await Native().read(session), to=sample.to)
        async for _ in runner.run(session, wanted, word):
            pass
        async for _ in seed.run(session, migrations, word, scale=scale):
            pass
        async for _ in filling.fill(session, declared.read(migrations.path), HashingEmbedder(), word):
            pass
        async with session.alone(word, doing="gathering statistics") as writer:
            await writer.execute(queries.load("demo/vacuum"))
