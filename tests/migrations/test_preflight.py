"""Preflight: what it says would stop a plan does stop it on the server, and what it says nothing about runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import Refused
from console.migrations.hazards.hazard import Lock
from console.migrations.preflight import backups, deciding, looking, needs, sessions
from console.migrations.preflight.extensions import Wanted
from console.migrations.preflight.facts import Extension, Facts, Role
from console.migrations.preflight.finding import Finding, Preflight, Status, Subject
from console.migrations.preflight.needs import Needs, Spot
from tests.databases import Databases
from tests.migrations.planning import steps
from tests.pooler import Pooler

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
_SPOT = Spot("0001_step", 1)
_SUPER = Role("boss", True, True, True, True, True, False, "public", (), False, False, None, None, 0)
_PLAIN = replace(_SUPER, role="app", superuser=False, roles=False, databases=False, schemas=False)


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


@pytest.fixture(scope="session")
def filled(databases: Databases) -> Target:
    """Make a database with a table that has rows, and one that is known to have none."""
    return databases.make("CREATE TABLE orders AS SELECT 1 AS id; CREATE TABLE empty (id int); ANALYZE empty")


@pytest.fixture
def app(ground: Target) -> Target:
    """Return the way there as the plain role."""
    return replace(ground, params={**ground.params, "user": "preflight_app"})


async def _looked(target: Target, *scripts: str, **options: Any) -> Preflight:
    async with await Session.open(target, what="test") as session:
        return await looking.look(session, steps(*scripts), **options)


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
        found = await _looked(app, script)
        assert len(found.stops) == 1, found.lines
        assert found.stops[0].sentence.startswith("0001_step, line 1: ")
        assert found.stops[0].advice
        assert _refused_by_the_server(databases, app, script)

    @pytest.mark.parametrize("script", _FINE)
    async def test_what_runs_is_not_stopped(self, databases: Databases, app: Target, script: str) -> None:
        found = await _looked(app, script)
        told = [each for each in found.warnings if each.subject is not Subject.BACKUP]
        assert (found.stops, told) == ((), [])
        assert not _refused_by_the_server(databases, app, script)

    async def test_a_superuser_may(self, ground: Target) -> None:
        found = await _looked(ground, *_STOPPED)
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
        found = await _looked(app, f"{before}; ALTER TABLE theirs.orders ADD COLUMN x int; CREATE SCHEMA more")
        assert found.stops == ()

    async def test_what_another_role_does_ends_with_its_script(self, app: Target) -> None:
        found = await _looked(app, "SET ROLE preflight_group; CREATE SCHEMA one", "CREATE SCHEMA two")
        assert [each.sentence.partition(":")[0] for each in found.stops] == ["0002_step, line 1"]

    async def test_one_sentence_for_several_statements(self, app: Target) -> None:
        found = await _looked(app, "CREATE TABLE theirs.a ();\nCREATE TABLE theirs.b ();", "CREATE TABLE theirs.c ();")
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


class TestTheServer:
    @pytest.mark.parametrize("whose", ["ROLE preflight_reader", "DATABASE {database}"])
    async def test_read_only(self, databases: Databases, database: Target, whose: str) -> None:
        with databases.connect(database) as connection:
            connection.execute("DROP ROLE IF EXISTS preflight_reader")
            connection.execute("CREATE ROLE preflight_reader LOGIN SUPERUSER")
            setting = f"ALTER {whose} SET default_transaction_read_only = on".format(database=database.database)
            connection.execute(setting.encode())
        reader = replace(database, params={**database.params, "user": "preflight_reader"})
        [stop] = (await _looked(reader, "CREATE TABLE t ()")).stops
        assert stop.subject is Subject.SERVER
        assert "default_transaction_read_only" in stop.sentence
        with databases.connect() as connection:
            connection.execute("DROP ROLE preflight_reader")

    def test_a_standby(self) -> None:
        [stop] = _decided(_facts(standby=True)).stops
        assert stop.sentence == "This server is a standby: it takes no changes."

    async def test_a_pooler_alone_cannot_run_what_is_outside_a_transaction(
        self, database: Target, poolers: Callable[[int], Pooler]
    ) -> None:
        pooled = poolers(2).target(database)
        script = "CREATE INDEX CONCURRENTLY i ON t (id)"
        [stop] = (await _looked(replace(pooled, direct=None), script)).stops
        assert stop.subject is Subject.POOLER
        assert (await _looked(pooled, script)).stops == ()
        assert (await _looked(replace(pooled, direct=None), "CREATE TABLE t ()")).stops == ()

    async def test_what_a_server_does_not_tell_is_neither_fine_nor_a_stop(
        self, databases: Databases, database: Target, app: Target
    ) -> None:
        with databases.connect(database) as connection:
            connection.execute("REVOKE SELECT ON pg_catalog.pg_stat_archiver FROM PUBLIC")
        found = await _looked(replace(app, params={**app.params, "dbname": database.database}), "CREATE SCHEMA more")
        assert [each.status for each in found.findings] == [Status.SKIPPED]
        assert "permission denied" in found.findings[0].sentence

    @pytest.mark.parametrize("version", [14, 15, 16, 17, 18])
    @pytest.mark.parametrize(
        ("since", "script"),
        [
            (15, "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE"),
            (18, "CREATE TABLE t (a int, CHECK (a > 0) NOT ENFORCED)"),
        ],
    )
    def test_a_server_that_is_too_old(self, version: int, since: int, script: str) -> None:
        found = needs.of(steps(script), version=version)
        assert bool(found.features) is (version < since)
        stops = deciding.preflight(found, _facts(version=version * 10_000)).stops
        assert len(stops) == int(version < since)
        if stops:
            assert f"came with PostgreSQL {since}; this is PostgreSQL {version}.0." in stops[0].sentence


class TestExtensions:
    """What the embedded server does not have is decided from facts."""

    _CUBE = Extension("cube", None, "1.5", True, False, True, (), ())

    @pytest.mark.parametrize(
        ("wanted", "known", "role", "said"),
        [
            (Wanted("cube"), _CUBE, _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, trusted=False, superuser_only=True), _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, trusted=False, superuser_only=True), _PLAIN, "only a superuser"),
            (Wanted("cube"), _CUBE, _PLAIN, "needs the right CREATE on the database"),
            (Wanted("cube"), _CUBE, replace(_PLAIN, schemas=True), ""),
            (Wanted("cube", sure=False), _CUBE, _PLAIN, ""),
            (Wanted("cube"), replace(_CUBE, trusted=False, superuser_only=True), replace(_PLAIN, managed=True), ""),
            (Wanted("cube"), _CUBE, replace(_PLAIN, libraries=("plpgsql", "extwlist")), ""),
            (Wanted("cube"), _CUBE, replace(_PLAIN, libraries=("plpgsql",)), "needs the right CREATE"),
            (Wanted("cube", version="9"), replace(_CUBE, has_version=False), _SUPER, "offers cube 1.5, not 9"),
            (Wanted("cube"), replace(_CUBE, installed="1.4"), _SUPER, "is there already"),
            (Wanted("cube", if_missing=True), replace(_CUBE, installed="1.4", offered=None), _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, requires=("base",)), _SUPER, "needs base, which is not installed"),
            (Wanted("cube", cascade=True), replace(_CUBE, requires=("base",)), _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, requires=("base",), required_there=("base",)), _SUPER, ""),
        ],
    )
    def test_may_it_be_made(self, wanted: Wanted, known: Extension, role: Role, said: str) -> None:
        found = _decided(_facts(role=role, extensions={"cube": known}), Needs(wanted={wanted: _SPOT}))
        stops = [each.sentence for each in found.stops]
        assert (stops == []) is (said == "")
        assert all(said in stop for stop in stops)

    @pytest.mark.parametrize(
        ("script", "wanted"),
        [
            ("CREATE EXTENSION vector", Wanted("vector")),
            ("CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA x", Wanted("vector", if_missing=True)),
            ("CREATE EXTENSION vector VERSION '0.8A' CASCADE", Wanted("vector", "0.8A", cascade=True)),
            ("DO $$ BEGIN END $$; CREATE EXTENSION vector", Wanted("vector", sure=False)),
        ],
    )
    def test_what_is_wanted(self, script: str, wanted: Wanted) -> None:
        assert list(needs.of(steps(script), version=18).wanted) == [wanted]

    @pytest.mark.parametrize(
        ("script", "used"),
        [
            ("CREATE TABLE t (e extensions.halfvec(3))", ["vector"]),
            ("ALTER TABLE t ADD COLUMN c citext", ["citext"]),
            ("CREATE INDEX ON t USING hnsw (e vector_cosine_ops)", ["vector", "vector"]),
            ("CREATE INDEX ON t USING gin (name gin_trgm_ops)", ["pg_trgm"]),
            ("CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE t (e vector(3))", []),
            ("DROP EXTENSION vector; CREATE TABLE t (e vector(3))", []),
            ("DO $$ BEGIN EXECUTE 'CREATE EXTENSION vector'; END $$; CREATE TABLE t (e vector(3))", []),
            ("CREATE TABLE vector (id int)", []),
            ("COMMENT ON TABLE t IS 'a vector'", []),
        ],
    )
    def test_what_is_used(self, script: str, used: list[str]) -> None:
        assert [each.extension for each in needs.of(steps(script), version=18).used] == used


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

    async def test_a_role_that_sees_little_is_told_so(self, databases: Databases, app: Target) -> None:
        with databases.connect(app) as other:
            other.execute("SELECT 1")
            found = await _looked(app, "CREATE TABLE own.t ()")
        [skipped] = [each for each in found.findings if each.subject is Subject.SESSIONS]
        assert skipped.status is Status.SKIPPED
        assert "cannot be seen by this role" in skipped.sentence


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
        ("facts", "loses", "wanted", "status", "said"),
        [
            ({"provider": "Neon"}, False, False, "skipped", "restore window"),
            ({"provider": "Supabase"}, True, False, "skipped", "daily backups on paid plans"),
            ({}, False, False, "skipped", "No backup is known; "),
            ({}, True, False, "warn", "The plan drops rows, and no backup is known"),
            ({"standbys": 2}, False, False, "skipped", "2 standbys, but what a plan drops is gone there, too"),
            ({"archives": True, "archived_ago": 240.0}, True, False, "skipped", "archives its log, last 4 m ago"),
            ({"archives": True, "archived_ago": 240.0, "failed_ago": 9.0}, False, False, "warn", "Archiving fails"),
            ({"archives": True, "archived_ago": 9.0, "failed_ago": 99.0}, False, False, "skipped", "archives its log"),
            ({"provider": "Neon"}, True, True, "ok", "A backup is made first"),
        ],
    )
    def test_what_is_known(self, facts: dict[str, Any], loses: bool, wanted: bool, status: str, said: str) -> None:
        provider = facts.pop("provider", "")
        known = _facts(role=replace(_SUPER, **facts), provider=provider)
        [found] = backups.findings(known, wanted=wanted, loses=loses)
        assert (found.status.value, said in found.sentence) == (status, True)

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
        found = await _looked(filled, script)
        assert [each.subject for each in found.warnings] == [Subject.BACKUP] * warned


class TestTheList:
    def test_lines_and_document(self) -> None:
        found = Preflight(
            (
                Finding(Subject.SERVER, Status.OK, "It is new."),
                Finding(Subject.BACKUP, Status.SKIPPED, "Nobody knows.", "Ask."),
                Finding(Subject.SESSIONS, Status.WARN, "Somebody is there.", "Wait."),
                Finding(Subject.PRIVILEGES, Status.STOP, "You may not.", "Do not."),
                Finding(Subject.EXTENSIONS, Status.OK, "It is there."),
            )
        )
        assert found.lines == (
            "✗ You may not.",
            "  → Do not.",
            "! Somebody is there.",
            "  → Wait.",
            "– Nobody knows.",
            "  → Ask.",
            "✓ It is new. It is there.",
        )
        assert found.as_dict()[0] == {"subject": "server", "status": "ok", "detail": "It is new.", "advice": ""}

    def test_one_stop_is_the_error_itself(self) -> None:
        with pytest.raises(Refused) as refused:
            Preflight((Finding(Subject.SERVER, Status.STOP, "No.", "Yes."),)).refuse()
        assert (refused.value.title, refused.value.hint, refused.value.exit_code) == ("No.", "Yes.", 5)

    def test_several_are_listed(self) -> None:
        stop = Finding(Subject.SERVER, Status.STOP, "No.", "Yes.")
        with pytest.raises(Refused) as refused:
            Preflight((stop, replace(stop, sentence="Never."))).refuse()
        assert refused.value.title == "2 things would stop this plan. Nothing has run."
        assert refused.value.detail == "✗ No. Yes.\n✗ Never. Yes."

    def test_nothing_stops(self) -> None:
        Preflight((Finding(Subject.SERVER, Status.WARN, "Hm."),)).refuse()


class TestItsPrice:
    async def test_one_round_trip(self, session: Session) -> None:
        await session.read()
        before = session.trips
        await looking.look(session, steps("CREATE TABLE t (v vector)", "ALTER TABLE u ADD x int; CREATE EXTENSION x"))
        assert session.trips == before + 1

    async def test_a_thousand_migrations(self, session: Session) -> None:
        """What has been parsed once is not parsed again."""
        many = steps(*(f"CREATE TABLE t{n} (id int PRIMARY KEY, name text)" for n in range(1_000)))
        await looking.look(session, many)
        began = time.process_time()
        await looking.look(session, many)
        assert time.process_time() - began < 0.3


def _facts(*, version: int = 180_000, role: Role = _SUPER, **more: Any) -> Facts:
    return Facts(version, more.pop("standby", False), role, **more)


def _decided(facts: Facts, needed: Needs | None = None) -> Preflight:
    return deciding.preflight(needed or Needs(), facts)
