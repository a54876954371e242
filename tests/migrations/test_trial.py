"""`up --trial`: a plan runs on the real target, what it does is seen, and nothing of it remains."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.query import Query
from console.db.session import Session
from console.errors import Interrupted, Refused
from console.migrations.events import StatementStarted, WaitingForLock
from console.migrations.hazards.hazard import Lock
from console.migrations.lease import Lease
from console.migrations.ledgers.native import Native
from console.migrations.plan import Plan
from console.migrations.trial.events import Event, StatementTried, TrialFinished
from console.migrations.trial.result import MigrationTrial, Outcome, Trial
from console.migrations.trial.trying import try_plan
from tests.databases import Databases
from tests.migrations.foreign import TOOLS, Site, make
from tests.migrations.observing import GROUND, observe
from tests.migrations.project import Project, agreed
from tests.pooler import Pooler

NO_TRANSACTION = "-- dbconsole: no-transaction\n"


async def events_of(session: Session, plan: Plan, **options: Any) -> list[Event]:
    ledger = options.pop("ledger", Native())
    return [each async for each in try_plan(session, plan, agreed(session.target), ledger, **options)]


async def tried(project: Project, **options: Any) -> Trial:
    """Try what is pending."""
    return result(await events_of(project.session, await project.planned_up(), **options))


def result(events: list[Event]) -> Trial:
    last = events[-1]
    assert isinstance(last, TrialFinished)
    return last.trial


def outcomes(found: MigrationTrial) -> str:
    """Return the statements of a migration in a line: + tried, - not tried, x failed."""
    signs = {Outcome.TRIED: "+", Outcome.NOT_TRIED: "-", Outcome.FAILED: "x"}
    return "".join(signs[each.outcome] for each in found.statements)


def only(project: Project, up: str, **parts: str) -> None:
    """Leave one migration in the folder."""
    for path in project.path.iterdir():
        path.unlink()
    project.write("0001_one", up, **parts)


@pytest.fixture
def ground(make_database: Callable[..., Target]) -> Target:
    """Return a database with tables of every kind."""
    return make_database(GROUND)


@pytest.fixture
def at(tmp_path: Path) -> Callable[[Session], Project]:
    """Return a maker of projects in an empty folder."""
    folder = tmp_path / "at"
    folder.mkdir()
    return lambda session: Project(folder, session)


class TestNothingRemains:
    async def test_neither_ledger_nor_tables(self, project: Project, databases: Databases) -> None:
        schemas = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp' ORDER BY 1"
        with databases.connect(project.session.target) as connection:
            before = connection.execute(schemas).fetchall()
            found = await tried(project)
            assert (found.exit_code, found.summary.partition(";")[0]) == (0, "3 migrations tried")
            assert connection.execute(schemas).fetchall() == before
            assert connection.execute("SELECT relname FROM pg_class WHERE relnamespace = 2200").fetchall() == []
        assert set((await project.states()).values()) == {"pending"}

    async def test_beside_a_ledger_that_is_there(self, project: Project) -> None:
        await project.up(to="2")
        everything = Query(
            "SELECT version::text, checksum FROM dbconsole.migrations UNION ALL SELECT token::text, doing"
            " FROM dbconsole.lease UNION ALL SELECT version::text, outcome FROM dbconsole.history"
        )
        before = await project.session.read(everything)
        assert (await tried(project)).exit_code == 0
        assert await project.session.read(everything) == before
        await project.up()
        assert set((await project.states()).values()) == {"applied"}

    async def test_what_it_sets_for_the_session(self, project: Project) -> None:
        only(project, "SET search_path = pg_catalog; SET statement_timeout = '1h'; SET ROLE pg_monitor;")
        assert (await tried(project)).exit_code == 0
        async with project.session.checking() as writer:
            shown = [(await writer.execute(f"SHOW {name}")).rows[0][0] for name in ("search_path", "role")]
        assert shown == ['"$user", public', "none"]

    @pytest.mark.parametrize("tool", TOOLS)
    async def test_in_any_tools_ledger(self, tool: str, tmp_path: Path, session: Session) -> None:
        make(tmp_path / "m", tool)
        site = Site(tmp_path / "m", session)
        found = result(await events_of(session, await site.planned(), ledger=(await site.chosen()).ledger))
        assert [each.outcome for each in found.migrations] == [Outcome.TRIED] * 3
        assert not (await site.recorded()).exists
        await site.up()
        again = result(await events_of(session, await site.planned(), ledger=(await site.chosen()).ledger))
        assert again.migrations == ()
        assert set((await site.states()).values()) == {"applied"}

    async def test_a_person_stops_it(self, project: Project) -> None:
        only(project, "CREATE TABLE people (id int); SELECT pg_sleep(30);")

        async def trying() -> None:
            async with aclosing(
                try_plan(project.session, await project.planned_up(), project.consent, Native())
            ) as events:
                async for event in events:
                    if isinstance(event, StatementStarted) and event.number == 2:
                        asyncio.get_running_loop().call_later(0.1, task.cancel)

        task = asyncio.create_task(trying())
        with pytest.raises(Interrupted) as caught:
            await task
        assert "nothing of it remains" in caught.value.detail
        assert await project.value("SELECT pg_catalog.to_regclass('public.people')") is None


STATEMENTS = (
    "ALTER TABLE orders ADD COLUMN total float DEFAULT random()",
    "ALTER TABLE orders ALTER COLUMN amount TYPE text",
    "ALTER TABLE orders ADD CHECK (id > 0)",
    "ALTER TABLE lines ADD CONSTRAINT other FOREIGN KEY (proven) REFERENCES orders",
    "ALTER TABLE lines VALIDATE CONSTRAINT later",
    "CREATE INDEX orders_note ON orders (note)",
    "REINDEX INDEX orders_code",
    "DROP INDEX orders_code",
    "CREATE TRIGGER again AFTER INSERT ON orders EXECUTE FUNCTION touch()",
    "TRUNCATE lines",
    "DROP TABLE drafts",
    "CLUSTER orders USING orders_pkey",
    "REFRESH MATERIALIZED VIEW summed",
    "CREATE TABLE part_0 PARTITION OF parent FOR VALUES FROM (-10) TO (0)",
    "UPDATE orders SET note = 'x' WHERE small < 10",
    "INSERT INTO measured SELECT g FROM generate_series(1, 7) AS g",
    "COMMENT ON TABLE orders IS 'orders'",
)


class TestWhatIsSeen:
    @pytest.mark.parametrize("statement", STATEMENTS)
    async def test_it_is_what_another_look_sees(
        self, statement: str, ground: Target, at: Callable[[Session], Project], databases: Databases
    ) -> None:
        """The looks of the tests of hazards go another way: through plain queries on a connection of their own."""
        with databases.connect(ground) as connection:
            expected = observe(connection, statement)
        async with await Session.open(ground, what="test") as session:
            project = at(session)
            only(project, statement)
            [migration] = (await tried(project)).migrations
        [seen] = migration.statements
        assert seen.effects is not None
        tables = {
            each.name: each.lock for each in seen.effects.locks if each.kind != "index" and "TOAST" not in each.kind
        }
        assert tables == {f"public.{name}": lock for name, lock in expected.locks.items()}
        written = {each.name for each in seen.effects.files if not each.built and each.kind != "index"}
        assert written == {f"public.{name}" for name in expected.rewritten}
        read = {each.name for each in seen.effects.rows if each.scans}
        assert read <= {f"public.{name}" for name in expected.read}

    async def test_files_with_their_sizes(self, ground: Target, at: Callable[[Session], Project]) -> None:
        async with await Session.open(ground, what="test") as session:
            project = at(session)
            only(
                project,
                "ALTER TABLE orders ADD v float DEFAULT random(); CREATE INDEX o ON orders (v); TRUNCATE lines;",
            )
            [migration] = (await tried(project)).migrations
        first, second, third = (each.effects for each in migration.statements)
        assert first
        assert second
        assert third
        assert {each.name: each.built for each in first.files} == {
            "public.orders": False,
            "public.orders_pkey": False,
            "public.orders_code": False,
            "public.orders_kept": False,
        }
        assert all(each.bytes and each.bytes >= 8192 for each in first.files)
        assert [(each.name, each.built, each.kind) for each in second.files] == [("public.o", True, "index")]
        assert "emptied: table public.lines" in [each.sentence for each in third.files]

    async def test_rows(self, ground: Target, at: Callable[[Session], Project]) -> None:
        async with await Session.open(ground, what="test") as session:
            project = at(session)
            only(
                project,
                "UPDATE lines SET mood = 'y'; DELETE FROM lines WHERE id <= 3; SELECT note FROM orders WHERE id = 1;",
            )
            # What this very session has done just before must not count.
            async with session.writing(project.consent) as writer:
                await writer.execute("UPDATE lines SET mood = 'z'")
            [migration] = (await tried(project)).migrations
        rows = [[each.sentence for each in seen.effects.rows] for seen in migration.statements if seen.effects]
        assert rows[0] == ["public.lines: 500 rows scanned, 500 updated"]
        assert rows[1][0].endswith(" 3 deleted")
        assert rows[2] == ["public.orders: 1 fetched by an index"]

    async def test_a_sequence_moves_on_and_that_is_said(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE people (id serial)")
        only(project, "INSERT INTO people DEFAULT VALUES; INSERT INTO people DEFAULT VALUES;")
        [migration] = (await tried(project)).migrations
        notes = [each.effects.notes for each in migration.statements if each.effects]
        assert ["public.people_id_seq has moved on" in " ".join(each) for each in notes] == [True, False]
        assert await project.value("SELECT last_value FROM public.people_id_seq") == 2

    async def test_locks_of_an_earlier_migration_are_named(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE t (id int); CREATE TYPE mood AS ENUM ('a')")
        only(project, "ALTER TABLE t ADD a int; ALTER TYPE mood ADD VALUE 'b'")
        project.write("0002_two", "ALTER TABLE t ADD b int; CREATE TYPE color AS ENUM ('x')")
        project.write("0003_three", "ALTER TYPE color ADD VALUE 'y'")
        one, two, three = (await tried(project)).migrations
        assert (one.strongest, one.held) == (Lock.ACCESS_EXCLUSIVE, ())
        assert [(each.name, each.lock) for each in two.held] == [
            ("public.t", Lock.ACCESS_EXCLUSIVE),
            ("public.mood", Lock.EXCLUSIVE),
        ]
        assert two.strongest is Lock.NONE
        assert three.strongest is Lock.NONE, "a type that the trial has made is nobody else's"


class TestNotTried:
    async def test_outside_a_transaction(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE t (id int)")
        only(project, NO_TRANSACTION + "CREATE INDEX CONCURRENTLY t_id ON t (id);\nALTER TABLE t ADD a int;")
        project.write("0002_needs", "ALTER INDEX t_id RENAME TO t_id_2; CREATE TABLE never (id int);")
        project.write("0003_does_not", "CREATE TABLE other (id int);")
        found = await tried(project)
        assert list(map(outcomes, found.migrations)) == ["-+", "--", "+"]
        assert [each.outcome for each in found.migrations] == [Outcome.PARTLY, Outcome.NOT_TRIED, Outcome.TRIED]
        first, second, _ = found.migrations
        assert first.statements[0].reason == "CREATE INDEX CONCURRENTLY cannot run inside a transaction block."
        assert "“CREATE INDEX CONCURRENTLY t_id ON t” of 0001_one was not tried" in second.statements[0].reason
        assert found.exit_code == 6

    async def test_an_enum_value_of_the_migration_before(self, project: Project) -> None:
        only(project, "CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE t (mood mood);")
        await project.up()
        project.write("0002_value", "ALTER TYPE mood ADD VALUE 'happy';")
        project.write("0003_use", "INSERT INTO t VALUES ('happy'); INSERT INTO t VALUES ('calm');")
        found = await tried(project)
        assert list(map(outcomes, found.migrations)) == ["+", "-+"]
        assert "has to be committed first" in found.migrations[1].statements[0].reason
        assert found.exit_code == 6
        await project.up()

    async def test_an_enum_value_of_its_own_transaction_fails_in_earnest_too(self, project: Project) -> None:
        only(project, "CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE t (mood mood);")
        await project.up()
        project.write("0002_both", "ALTER TYPE mood ADD VALUE 'happy'; INSERT INTO t VALUES ('happy');")
        found = await tried(project)
        assert (found.exit_code, outcomes(found.migrations[0])) == (4, "+x")

    @pytest.mark.parametrize(
        ("statement", "reason"),
        [
            ("DO $$ BEGIN COMMIT; END $$", "invalid transaction termination"),
            ("CALL ends()", "invalid transaction termination"),
            ("REINDEX TABLE parted", "cannot run inside a transaction block"),
            ("COPY t TO '/tmp/never'", "writes a file"),
            ("COPY t FROM PROGRAM 'echo 1'", "runs a program"),
            ("SELECT pg_advisory_lock(4711)", "outlast"),
            ("DO $$ BEGIN PERFORM pg_notify('a', 'b'), pg_switch_wal(); END $$", "pg_switch_wal"),
        ],
    )
    async def test_what_ends_the_transaction_or_outlasts_it(
        self, statement: str, reason: str, project: Project, databases: Databases
    ) -> None:
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE t (id int); CREATE TABLE parted (id int) PARTITION BY LIST (id)")
            connection.execute("CREATE PROCEDURE ends() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'")
        only(project, f"INSERT INTO t VALUES (1);\n{statement};\nINSERT INTO t VALUES (2);")
        found = await tried(project)
        [migration] = found.migrations
        assert (outcomes(migration), found.exit_code) == ("+-+", 6)
        assert reason in migration.statements[1].reason
        assert await project.value("SELECT count(*) FROM public.t") == 0

    async def test_a_lock_that_somebody_holds(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target, application_name="forgetful") as other:
            other.execute("CREATE TABLE t (id int)")
            only(project, "CREATE TABLE u (id int); ALTER TABLE t ADD a int; CREATE TABLE v (id int);")
            project.write("0002_after", "CREATE TABLE w (id int);")
            other.execute("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE")
            events = await events_of(project.session, await project.planned_up())
        found = result(events)
        assert [blocker.pid for wait in events if isinstance(wait, WaitingForLock) for blocker in wait.blockers]
        assert list(map(outcomes, found.migrations)) == ["+--", "+"]
        assert "forgetful" in found.migrations[0].statements[1].reason
        assert (found.exit_code, found.migrations[0].outcome) == (6, Outcome.PARTLY)


class TestFailing:
    async def test_a_statement_fails(self, project: Project) -> None:
        project.write("0002_ada", "INSERT INTO people VALUES (1, 'Ada');\nINSERT INTO people VALUES (1, 'Eve');")
        found = await tried(project)
        assert list(map(outcomes, found.migrations)) == ["+", "+x", "-"]
        assert found.exit_code == 4
        assert found.error is not None
        assert (found.error.line, found.error.sqlstate) == (2, "23505")
        assert "nothing of it remains" in found.error.detail
        assert found.migrations[2].reason == "0002_ada, before it, failed."

    async def test_what_only_commit_would_check(self, project: Project) -> None:
        only(project, "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a INITIALLY DEFERRED);")
        await project.up()
        project.write("0002_good", "INSERT INTO b VALUES (1); INSERT INTO a VALUES (1);")
        project.write("0003_again", "INSERT INTO b VALUES (2); ALTER TABLE a ADD c int; INSERT INTO a VALUES (2);")
        project.write("0004_bad", "INSERT INTO b VALUES (3);")
        found = await tried(project)
        assert [each.outcome.value for each in found.migrations] == ["tried", "tried", "failed"]
        assert found.error is not None
        assert found.error.sqlstate == "23503"

    async def test_checks(self, project: Project) -> None:
        check = "SELECT 'one' AS check_name, {} AS ok, 'as it is' AS detail;"
        only(project, "CREATE TABLE t (id int);", verify=check.format("to_regclass('public.t') IS NOT NULL"))
        project.write("0002_bad", "SELECT 1;", verify=check.format("false"))
        found = await tried(project)
        assert [each.verify for each in found.migrations] == [True, False]
        assert [check.name for check in found.migrations[1].checks] == ["one"]
        assert found.exit_code == 1

    @pytest.mark.parametrize(
        "up", ["SELECT 1; BEGIN; SELECT 2; COMMIT;", "BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; END;"]
    )
    async def test_a_commit_on_its_way_is_refused(self, up: str, tmp_path: Path, session: Session) -> None:
        folder = tmp_path / "m"
        folder.mkdir()
        site = Site(folder, session)
        site.lay(
            {
                "20240101000001_a.sql": "-- migrate:up\nCREATE TABLE t (id int);\n-- migrate:down\n",
                "20240101000002_b.sql": f"-- migrate:up\n{up}\n-- migrate:down\n",
            }
        )
        with pytest.raises(Refused) as caught:
            await events_of(session, await site.planned(), ledger=(await site.chosen()).ledger)
        assert "COMMIT on its way" in caught.value.title
        assert await site.value("SELECT pg_catalog.to_regclass('public.t')") is None

    async def test_its_own_begin_and_commit_are_no_harm(self, project: Project) -> None:
        only(project, "BEGIN;\nCREATE TABLE t (id int);\nCOMMIT;\n")
        assert (await tried(project)).exit_code == 0
        assert await project.value("SELECT pg_catalog.to_regclass('public.t')") is None


class TestTheLimit:
    async def test_no_reader_waits_longer(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE t (id int)")
        only(project, "ALTER TABLE t ADD a int; SELECT pg_sleep(20); ALTER TABLE t ADD b int;")
        project.write("0002_more", "CREATE TABLE u (id int);")
        trying = asyncio.create_task(events_of(project.session, await project.planned_up(), max_lock=0.8))
        waits = await asyncio.to_thread(_read_all_the_time, databases, project.session.target, trying.done)
        found = result(await trying)
        assert list(map(outcomes, found.migrations)) == ["+--", "-"]
        assert "--max-lock 0.8 s" in found.migrations[1].reason
        assert (found.exit_code, found.seconds < 1.2) == (6, True)
        assert 0.3 < max(waits) < 1.2

    async def test_checks_count_too(self, project: Project) -> None:
        slow = "SELECT 'slow' AS check_name, pg_sleep(0.3) IS NOT NULL AS ok, '' AS detail;\n"
        only(project, "CREATE TABLE t (id int);", verify=slow * 10)
        found = await tried(project, max_lock=0.8)
        assert found.seconds < 1.4
        assert (found.migrations[0].verify, found.exit_code) == (None, 6)

    async def test_the_server_ends_it_when_nobody_else_does(self, project: Project, databases: Databases) -> None:
        """The client falls silent in the middle: its connection is there, and nobody asks for anything."""
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE t (id int)")
            only(project, "ALTER TABLE t ADD a int; SELECT 1;")
            async with aclosing(
                try_plan(project.session, await project.planned_up(), project.consent, Native(), max_lock=0.5)
            ) as events:
                async for event in events:
                    if isinstance(event, StatementTried):
                        break
                began = time.monotonic()
                connection.execute("SELECT FROM t")  # the loop stands still meanwhile, as in a program that is stopped
                assert time.monotonic() - began < 2.5


def _read_all_the_time(databases: Databases, target: Target, done: Callable[[], bool]) -> list[float]:
    waits = []
    with databases.connect(target) as reader:
        while not done():
            began = time.perf_counter()
            reader.execute("SELECT FROM t")
            waits.append(time.perf_counter() - began)
            time.sleep(0.005)
    return waits


class TestOthers:
    async def test_a_runner_at_work(self, project: Project) -> None:
        await project.up(to="1")
        lease = Lease()
        await lease.take(project.session, project.consent, "0002", lambda _: None)
        with pytest.raises(Refused) as caught:
            await tried(project)
        assert "Another runner is at work" in caught.value.title
        await lease.release(project.session, project.consent)
        assert (await tried(project)).exit_code == 0

    async def test_a_runner_that_comes_meanwhile_waits(self, project: Project) -> None:
        await project.up()
        project.write("0004_slow", "SELECT pg_sleep(0.5);")
        took: list[float] = []

        async def take() -> None:
            async with await Session.open(project.session.target, what="other") as other:
                lease, began = Lease(), time.perf_counter()
                await lease.take(other, project.consent, "0004", lambda _: None)
                took.append(time.perf_counter() - began)
                await lease.release(other, project.consent)

        taking: asyncio.Task[None] | None = None
        async for event in try_plan(project.session, await project.planned_up(), project.consent, Native()):
            if isinstance(event, StatementStarted):
                taking = asyncio.create_task(take())
        assert taking is not None
        await taking
        assert took[0] > 0.3

    async def test_what_somebody_has_applied_meanwhile_is_skipped(self, project: Project) -> None:
        planned = await project.planned_up()
        await project.up(to="2")
        found = result(await events_of(project.session, planned))
        assert [each.outcome.value for each in found.migrations] == ["skipped", "skipped", "tried"]
        assert found.exit_code == 0

    async def test_a_migration_that_stopped_half_way_is_tried_from_there(self, project: Project) -> None:
        only(project, NO_TRANSACTION + "CREATE TABLE t (id int);\nSELECT 1 / 0;\nCREATE TABLE u (id int);")
        with pytest.raises(Exception, match="division by zero"):
            await project.up()
        text = (project.path / "0001_one.up.sql").read_text()
        (project.path / "0001_one.up.sql").write_text(text.replace("1 / 0", "1 / 1"))
        found = await tried(project)
        assert [each.number for each in found.migrations[0].statements] == [2, 3]
        assert found.exit_code == 0


@pytest.mark.tool
@pytest.mark.parametrize("size", [1, 2])
async def test_through_a_transaction_pooler(
    size: int, project: Project, poolers: Callable[[int], Pooler], databases: Databases
) -> None:
    only_pooled = replace(poolers(size).target(project.session.target), direct=None)
    shown = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('role')"
    async with await Session.open(only_pooled, what="test") as session:
        project = Project(project.path, session)
        project.write("0004_sets", "SET ROLE pg_monitor; SET lock_timeout = '9s'; SELECT pg_sleep(0.3);")
        found = await tried(project)
    assert [each.outcome.value for each in found.migrations] == ["tried"] * 4
    with psycopg.connect(**only_pooled.params, autocommit=True, prepare_threshold=None) as connection:  # type: ignore[arg-type]
        assert connection.execute(shown).fetchall() == [("0", "0", "none")]
        assert connection.execute("SELECT to_regclass('public.people')").fetchall() == [(None,)]
