"""A project moves from one tool's ledger to another's whose files have the same names, but checksums of its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import UsageError
from console.migrations import adopt
from console.migrations.files import formats
from tests.migrations.foreign import Site, make
from tests.migrations.project import agreed

GOLANG = "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)"


async def move(site: Site, word: str) -> None:
    chosen = await site.chosen()
    adoption = await adopt.converting(site.session, chosen, await site.recorded(), word)
    await adopt.carry_out(site.session, adoption, agreed(site.session.target))


async def test_from_golang_migrate_to_sqlx(session: Session, tmp_path: Path) -> None:
    make(tmp_path, "sqlx")
    site = Site(tmp_path, session)
    async with session.writing(agreed(session.target)) as writer:
        await writer.execute(GOLANG)
    assert (await site.chosen()).ledger.name == "golang-migrate"
    await site.up()
    await move(site, "sqlx")
    assert (await site.chosen()).ledger.name == "sqlx"
    assert set((await site.states()).values()) == {"applied"}
    first = formats.read(tmp_path).migrations[0].up.path
    assert await site.value("SELECT checksum FROM public._sqlx_migrations ORDER BY version LIMIT 1") == (
        hashlib.sha384(first.read_bytes()).digest()
    )


async def test_to_a_ledger_that_would_not_be_looked_for(session: Session, tmp_path: Path) -> None:
    make(tmp_path, "golang-migrate")
    site = Site(tmp_path, session)
    await site.up()
    with pytest.raises(UsageError, match="look like those of golang-migrate") as caught:
        await move(site, "sqlx")
    assert 'ledger = "sqlx"' in caught.value.hint
