"""Preflight: what it says would stop a plan does stop it on the server, and what it says nothing about runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.migrations.preflight import looking
from console.migrations.preflight.finding import Status, Subject
from tests.databases import Databases
from tests.migrations.planning import steps
from tests.migrations.preflights import looked

_GROUND = """
CREATE SCHEMA theirs;
CREATE SCHEMA shared;
GRANT USAGE ON SCHEMA theirs TO PUBLIC;
GRANT USAGE, CREATE ON SCHEMA shared TO PUBLIC;
CREATE TABLE theirs.orders (id int PRIMARY KEY, note text);
CREATE INDEX orders_note ON theirs.orders (note);
CREATE VIEW theirs.seen AS SELECT 1 AS a;
CREATE SEQUENCE theirs.numbers;
CREATE POLICY mine ON theirs.orders USING (true);
CREATE TABLE shared.open_to_all (id int);
CREATE TABLE shared.kept (id int);
"""


@pytest.fixture(scope="session")
def ground(databases: Databases) -> Target:
    """Make a database in which a plain role owns schema `own` and little else."""
    target = databases.make(_GROUND)
    with databases.connect(target) as connection:
        for role in ("preflight_app", "preflight_group"):
            connection.execute(f"DROP ROLE IF EXISTS {role}".encode())
            connection.execute(f"CREATE ROLE {role} LOGIN".encode())
        connection.execute("GRANT preflight_group TO preflight_app")
        connection.execute("CREATE SCHEMA own AUTHORIZATION preflight_app")
        connection.execute("CREATE SCHEMA ours AUTHORIZATION preflight_group")
        connection.execute("CREATE TABLE own.strange (id int)")
        connection.execute("ALTER TABLE shared.open_to_all OWNER TO preflight_group")
        connection.execute("ALTER ROLE preflight_app SET search_path = own, shared")
    return target


@pytest.fixture
def app(ground: Target) -> Target:
    """Return the way there as the plain role."""
    return replace(ground, params={**ground.params, "user": "preflight_app"})


def _refused_by_the_server(databases: Databases, target: Target, script: str) -> bool:
    """Run a script in a transaction that is rolled back; tell whether the server refused it."""
    params = {**databases.server.params(target.database), "user": target.params["user"]}
    with psycopg.connect(**params) as connection:  # type: ignore[arg-type]
        try:
            connection.execute(script.encode())
        except psycopg.Error:
            return True
        finally:
            connection.rollback()
    return False


_STOPPED = [
    # making things in a schema that is not ours
    "CREATE TABLE theirs.t (id int)",
    "CREATE TABLE IF NOT EXISTS theirs.orders (id int)",
    "CREATE VIEW theirs.v AS SELECT 1 AS a",
    "CREATE TYPE theirs.mood AS ENUM ('calm')",
    "CREATE TYPE theirs.pair AS (a int)",
    "CREATE DOMAIN theirs.positive AS int",
    "CREATE SEQUENCE theirs.s",
    "CREATE FUNCTION theirs.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE theirs.t AS SELECT 1 AS a",
    # what is another's
    "ALTER TABLE theirs.orders ADD COLUMN x int",
    "ALTER TABLE theirs.orders RENAME COLUMN note TO memo",
    "ALTER TABLE theirs.orders RENAME TO other",
    "ALTER TABLE shared.kept SET SCHEMA own",
    "CREATE INDEX ON theirs.orders (note)",
    "CREATE POLICY p ON theirs.orders USING (true)",
    "DROP POLICY mine ON theirs.orders",
    "DROP TABLE theirs.orders",
    "DROP INDEX theirs.orders_note",
    "DROP VIEW theirs.seen",
    "DROP SCHEMA theirs CASCADE",
    "COMMENT ON COLUMN theirs.orders.note IS 'x'",
    "ALTER SEQUENCE theirs.numbers RESTART",
    "ALTER TABLE own.strange ADD COLUMN x int",
    "ALTER TABLE kept ADD COLUMN x int",
    # rights of the role
    "CREATE SCHEMA more",
    "CREATE SCHEMA IF NOT EXISTS own",
    "CREATE ROLE somebody",
    "DROP ROLE preflight_group",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "CREATE FUNCTION own.f() RETURNS trigger LANGUAGE c AS 'x', 'y'",
    "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION nothing()",
    # extensions
    "CREATE EXTENSION no_such_thing",
    "CREATE EXTENSION IF NOT EXISTS vector",
    "CREATE EXTENSION plpgsql",
    "CREATE TABLE own.t (v vector(3))",
]
_FINE = [
    "CREATE TABLE own.t (id int); ALTER TABLE own.t ADD COLUMN x int; DROP TABLE own.t",
    "CREATE TABLE t (id int); CREATE INDEX ON t (id)",
    "CREATE TABLE ours.t (id int)",
    "CREATE TEMP TABLE t (id int)",
    "ALTER TABLE shared.open_to_all ADD COLUMN x int",
    "ALTER TABLE open_to_all ADD COLUMN x int",
    "ALTER TABLE IF EXISTS theirs.missing ADD COLUMN x int",
    "DROP TABLE IF EXISTS theirs.missing",
    "DROP TABLE own.strange",
    "CREATE EXTENSION IF NOT EXISTS plpgsql",
    "CREATE DOMAIN own.citext AS text; CREATE TABLE own.t (c own.citext)",
    "CREATE TYPE own.vector AS (x int); CREATE TABLE own.t (v own.vector)",
    "SET search_path = own; CREATE TABLE kept (id int); ALTER TABLE kept ADD COLUMN x int",
    "INSERT INTO shared.open_to_all VALUES (1); UPDATE open_to_all SET id = 2",
    "DO $$ BEGIN CREATE TABLE own.made (id int); END $$; ALTER TABLE own.made ADD COLUMN x int",
]


class TestAgainstTheServer:
    @pytest.mark.parametrize("script", _STOPPED)
    async def test_a_stop_is_true(self, databases: Databases, app: Target, script: str) -> None:
        found = await looked(app, script)
        assert len(found.stops) == 1, found.lines
        assert found.stops[0].sentence.startswith("0001_step, line 1: ")
        assert found.stops[0].advice
        assert _refused_by_the_server(databases, app, script)

    @pytest.mark.parametrize("script", _FINE)
    async def test_what_runs_is_not_stopped(self, databases: Databases, app: Target, script: str) -> None:
        found = await looked(app, script)
        told = [each for each in found.warnings if each.subject is not Subject.BACKUP]
        assert (found.stops, told) == ((), [])
        assert not _refused_by_the_server(databases, app, script)

    async def test_a_superuser_may(self, ground: Target) -> None:
        found = await looked(ground, *_STOPPED)
        assert [each.status for each in found.findings if each.subject is Subject.PRIVILEGES] == [Status.OK]

    @pytest.mark.parametrize(
        "before",
        [
            "DO $$ BEGIN END $$",
            "SELECT own.let_me_in()",
            "SET ROLE preflight_group",
            "GRANT preflight_group TO preflight_app",
            "SELECT set_config('role', 'preflight_group', false)",
        ],
    )
    async def test_after_what_may_change_it_nothing_is_said(self, app: Target, before: str) -> None:
        found = await looked(app, f"{before}; ALTER TABLE theirs.orders ADD COLUMN x int; CREATE SCHEMA more")
        assert found.stops == ()

    async def test_what_another_role_does_ends_with_its_script(self, app: Target) -> None:
        found = await looked(app, "SET ROLE preflight_group; CREATE SCHEMA one", "CREATE SCHEMA two")
        assert [each.sentence.partition(":")[0] for each in found.stops] == ["0002_step, line 1"]

    async def test_one_sentence_for_several_statements(self, app: Target) -> None:
        found = await looked(app, "CREATE TABLE theirs.a ();\nCREATE TABLE theirs.b ();", "CREATE TABLE theirs.c ();")
        assert [each.sentence for each in found.stops] == [
            "0001_step, line 1 and 2 other statements: preflight_app may make nothing in the schema theirs, which is"
            " postgres's."
        ]

    async def test_the_sample_systems_are_not_stopped(self, make_database: Callable[..., Target]) -> None:
        """As a superuser on an empty database: each of their files runs there."""
        from pathlib import Path

        from console.migrations import plan
        from console.migrations.files import native
        from console.migrations.ledgers.ledger import Recorded

        root = Path(__file__).parent.parent.parent / "migrations"
        async with await Session.open(make_database(), what="test") as session:
            for folder in sorted(path for path in root.iterdir() if path.is_dir()):
                found = await looking.look(session, plan.up(native.read(folder), Recorded()).steps)
                assert (folder.name, found.stops) == (folder.name, ())

    async def test_what_an_earlier_run_has_done_is_left_out(self, app: Target) -> None:
        from console.migrations.ledgers.ledger import Direction, Unfinished

        [step] = steps("CREATE SCHEMA more; CREATE TABLE own.t ();")
        stopped = Unfinished(
            "0001", "step", Direction.UP, 1, 2, "", doubtful=False, error=None, started_at=datetime.now(UTC)
        )
        async with await Session.open(app, what="test") as session:
            found = await looking.look(session, [replace(step, resume=stopped)])
        assert found.stops == ()


class TestWhatAPlainRoleIsNotTold:
    async def test_what_a_server_does_not_tell_is_neither_fine_nor_a_stop(
        self, databases: Databases, database: Target, app: Target
    ) -> None:
        with databases.connect(database) as connection:
            connection.execute("REVOKE SELECT ON pg_catalog.pg_stat_archiver FROM PUBLIC")
        found = await looked(replace(app, params={**app.params, "dbname": database.database}), "CREATE SCHEMA more")
        assert [each.status for each in found.findings] == [Status.SKIPPED]
        assert "permission denied" in found.findings[0].sentence

    async def test_a_role_that_sees_little_is_told_so(self, databases: Databases, app: Target) -> None:
        with databases.connect(app) as other:
            other.execute("SELECT 1")
            found = await looked(app, "CREATE TABLE own.t ()")
        [skipped] = [each for each in found.findings if each.subject is Subject.SESSIONS]
        assert skipped.status is Status.SKIPPED
        assert "cannot be seen by this role" in skipped.sentence
