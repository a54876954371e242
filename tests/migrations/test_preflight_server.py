"""Preflight on a server: who is in the way, what cannot be written to, what would be lost, and its price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.migrations.hazards.hazard import Lock
from console.migrations.preflight import looking, sessions
from console.migrations.preflight.finding import Subject
from console.sql import grammar
from tests.databases import Databases
from tests.migrations.planning import steps
from tests.migrations.preflights import looked
from tests.pooler import Pooler


@pytest.fixture(scope="session")
def filled(databases: Databases) -> Target:
    """Make a database with a table that has rows, and one that is known to have none."""
    return databases.make("CREATE TABLE orders AS SELECT 1 AS id; CREATE TABLE empty (id int); ANALYZE empty")


class TestTheServer:
    @pytest.mark.parametrize("whose", ["ROLE preflight_reader", "DATABASE {database}"])
    async def test_read_only(self, databases: Databases, database: Target, whose: str) -> None:
        with databases.connect(database) as connection:
            connection.execute("DROP ROLE IF EXISTS preflight_reader")
            connection.execute("CREATE ROLE preflight_reader LOGIN SUPERUSER")
            setting = f"ALTER {whose} SET default_transaction_read_only = on".format(database=database.database)
            connection.execute(setting.encode())
        reader = replace(database, params={**database.params, "user": "preflight_reader"})
        [stop] = (await looked(reader, "CREATE TABLE t ()")).stops
        assert stop.subject is Subject.SERVER
        assert "default_transaction_read_only" in stop.sentence
        with databases.connect() as connection:
            connection.execute("DROP ROLE preflight_reader")

    async def test_a_pooler_alone_cannot_run_what_is_outside_a_transaction(
        self, database: Target, poolers: Callable[[int], Pooler]
    ) -> None:
        pooled = poolers(2).target(database)
        script = "CREATE INDEX CONCURRENTLY i ON t (id)"
        [stop] = (await looked(replace(pooled, direct=None), script)).stops
        assert stop.subject is Subject.POOLER
        assert (await looked(pooled, script)).stops == ()
        assert (await looked(replace(pooled, direct=None), "CREATE TABLE t ()")).stops == ()


class TestSessions:
    async def test_a_lock_that_is_held(self, databases: Databases, session: Session) -> None:
        with databases.connect(session.target, application_name="clerk") as other:
            other.execute("CREATE TABLE orders (id int)")
            other.execute("BEGIN; INSERT INTO orders VALUES (1)")
            [told] = (await looking.look(session, steps("ALTER TABLE orders ADD COLUMN x int"))).warnings
            pid = other.info.backend_pid
        assert told.sentence.startswith(f"Pid {pid} (postgres, clerk, idle in transaction, ")
        assert told.sentence.endswith("holds ROW EXCLUSIVE on orders, which the plan locks ACCESS EXCLUSIVE.")
        assert f"pg_terminate_backend({pid})" in told.advice

    async def test_of_a_partition_as_well(self, databases: Databases, session: Session) -> None:
        with databases.connect(session.target) as other:
            other.execute("CREATE TABLE orders (id int) PARTITION BY RANGE (id)")
            other.execute("CREATE TABLE low PARTITION OF orders FOR VALUES FROM (0) TO (9)")
            other.execute("BEGIN; LOCK TABLE low IN ACCESS SHARE MODE")
            found = await looking.look(session, steps("ALTER TABLE orders ADD COLUMN x int"))
        assert len(found.warnings) == 1

    @pytest.mark.parametrize(
        ("held", "script"),
        [
            ("ACCESS SHARE", "CREATE INDEX ON orders (id)"),
            ("SHARE", "CREATE INDEX ON orders (id)"),
            ("ACCESS EXCLUSIVE", "CREATE TABLE other (id int)"),
            ("ROW EXCLUSIVE", "INSERT INTO orders VALUES (1)"),
        ],
    )
    async def test_a_lock_that_is_in_nobodys_way(
        self, databases: Databases, session: Session, held: str, script: str
    ) -> None:
        with databases.connect(session.target) as other:
            other.execute("CREATE TABLE orders (id int)")
            other.execute(f"BEGIN; LOCK TABLE orders IN {held} MODE".encode())
            found = await looking.look(session, steps(script))
        assert found.warnings == ()

    async def test_the_conflicts_are_the_servers(self, databases: Databases, database: Target) -> None:
        """Every pair of modes is tried: one session holds, the other asks and does not wait."""
        modes = [lock for lock in Lock if lock is not Lock.NONE]
        with databases.connect(database) as one, databases.connect(database) as other:
            one.execute("CREATE TABLE t (id int)")
            for held in modes:
                one.execute(f"BEGIN; LOCK TABLE t IN {held.word} MODE".encode())
                for asked in modes:
                    assert _is_to_be_had(other, asked) is (held not in sessions.CONFLICTS[asked]), (held, asked)
                one.execute("ROLLBACK")

    async def test_concurrently_waits_for_every_transaction(
        self, databases: Databases, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(looking, "OPEN_FOR", 0.0)
        with databases.connect(session.target) as other:
            other.execute("BEGIN; SELECT 1")
            other.execute("CREATE TABLE elsewhere ()")
            [told] = (await looking.look(session, steps("CREATE INDEX CONCURRENTLY i ON orders (id)"))).warnings
            quick = await looking.look(session, steps("ALTER TABLE orders ADD COLUMN x int"))
            pid = other.info.backend_pid
        assert f"pid {pid} (" in told.sentence
        assert quick.warnings == ()


def _is_to_be_had(connection: psycopg.Connection[Any], lock: Lock) -> bool:
    try:
        connection.execute(f"BEGIN; LOCK TABLE t IN {lock.word} MODE NOWAIT".encode())
    except psycopg.errors.LockNotAvailable:
        return False
    finally:
        connection.execute("ROLLBACK")
    return True


class TestBackups:
    @pytest.mark.parametrize(
        ("script", "warned"),
        [
            ("DROP TABLE orders", True),
            ("TRUNCATE orders", True),
            ("ALTER TABLE public.orders DROP COLUMN id", True),
            ("DROP SCHEMA public CASCADE", True),
            ("DROP TABLE empty", False),
            ("DROP TABLE IF EXISTS missing", False),
            ("CREATE TABLE t (id int); DROP TABLE t", False),
            ("ALTER TABLE orders ADD COLUMN x int", False),
        ],
    )
    async def test_losing_rows_is_a_warning(self, filled: Target, script: str, warned: bool) -> None:
        found = await looked(filled, script)
        assert [each.subject for each in found.warnings] == [Subject.BACKUP] * warned


class TestItsPrice:
    async def test_one_round_trip(self, session: Session) -> None:
        await session.read()
        before = session.trips
        await looking.look(session, steps("CREATE TABLE t (v vector)", "ALTER TABLE u ADD x int; CREATE EXTENSION x"))
        assert session.trips == before + 1

    async def test_a_thousand_migrations(self, session: Session) -> None:
        """What has been parsed once is not parsed again."""
        many = steps(*(f"CREATE TABLE t{n} (id int PRIMARY KEY, name text)" for n in range(900)))
        await looking.look(session, many)
        before = grammar._kept.cache_info().misses
        await looking.look(session, many)
        assert grammar._kept.cache_info().misses == before
