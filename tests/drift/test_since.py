"""How much of a schema was changed since the last run: asked of real databases, cheaply."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.drift.since import Since, since
from console.migrations.snapshots import keeping
from tests.databases import Databases
from tests.migrations.project import Project, tables


@pytest.fixture
async def ran(session: Session, tmp_path: Path) -> Project:
    """Return a project of three tables that has run."""
    found = Project(tmp_path, session)
    tables(tmp_path, 3)
    await found.up()
    return found


def by_hand(databases: Databases, target: Target, *statements: str) -> None:
    with databases.connect(target) as connection:
        for each in statements:
            connection.execute(each.encode())


async def test_nothing_is_one_question(ran: Project) -> None:
    before = ran.session.trips
    found = await since(ran.session)
    assert (found.changed, found.reason, found.after) == (0, "", "0003_t3")
    assert ran.session.trips - before == 2


@pytest.mark.parametrize(
    ("statements", "changed"),
    [
        (["ALTER TABLE t1 ADD x int", "DROP TABLE t2"], 2),
        (["DROP TABLE t3"], 1),
        (["COMMENT ON COLUMN t1.id IS 'first'"], 1),
        (["CREATE TABLE t4 (id int PRIMARY KEY)", "CREATE VIEW v AS SELECT id FROM t4"], 3),
        (["GRANT SELECT ON t1 TO PUBLIC"], 1),
        (["ALTER TABLE t1 ADD x int", "ALTER TABLE t1 DROP x"], 0),
        (["TRUNCATE t1"], 0),
        (["INSERT INTO t1 VALUES (1)", "ANALYZE", "VACUUM FULL t1"], 0),
        (["CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY)"], 0),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
async def test_what_was_changed_by_hand(
    ran: Project, databases: Databases, statements: list[str], changed: int
) -> None:
    by_hand(databases, ran.session.target, *statements)
    assert (await since(ran.session)).changed == changed


async def test_through_a_transaction_pooler(ran: Project, databases: Databases, pooled: Target) -> None:
    by_hand(databases, ran.session.target, "DROP TABLE t1")
    async with await Session.open(pooled, what="test") as session:
        assert (await since(session)).changed == 1


async def test_a_copy_knows_that_its_transactions_are_others(ran: Project, databases: Databases) -> None:
    """A snapshot that a dump has brought says nothing by numbers of transactions, and still by what it holds."""
    by_hand(databases, ran.session.target, "UPDATE dbconsole.snapshots SET xid = xid + 0, horizon = horizon + 1000000")
    assert (await since(ran.session)).changed == 0
    by_hand(databases, ran.session.target, "DROP TABLE t1")
    assert (await since(ran.session)).changed == 1


async def test_behind_a_lock_it_does_not_wait(ran: Project, databases: Databases) -> None:
    with databases.connect(ran.session.target) as other:
        other.execute("BEGIN; LOCK TABLE t1 IN ACCESS EXCLUSIVE MODE; CREATE TABLE x ()")
        assert (await since(ran.session)).changed == 0
        other.execute("COMMIT")
    assert (await since(ran.session)).changed == 1


class TestWhatCannotBeSaid:
    async def test_where_nothing_was_kept(self, session: Session) -> None:
        reason = "no snapshot of the schema was kept here: that comes with the next run of migrations"
        assert await since(session) == Since(None, reason)

    async def test_too_large_a_schema(
        self, session: Session, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(keeping, "LARGEST", 1)
        project = Project(tmp_path, session)
        tables(tmp_path, 1)
        await project.up()
        assert (await since(session)).changed == 0
        by_hand(databases, session.target, "DROP TABLE t1")
        found = await since(session)
        assert (found.changed, "too large to say what" in found.reason) == (None, True)

    async def test_too_slow_a_server(self, ran: Project) -> None:
        found = await since(ran.session, timeout=0.0)
        assert found == Since(None, "the catalog could not be read within 0 s")
        assert (await since(ran.session)).changed == 0
