"""`up --trial`: a plan runs on the real target, what it does is seen, and nothing of it remains."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from console.db.query import Query
from console.db.session import Session
from console.errors import Interrupted, Refused
from console.migrations.ledgers.native import Native
from console.migrations.running.events import StatementStarted, WaitingForLock
from console.migrations.trial import trying
from console.migrations.trial.result import Outcome
from console.migrations.trial.trying import try_plan
from tests.databases import Databases
from tests.migrations.foreign import TOOLS, Site, make
from tests.migrations.project import Project
from tests.migrations.trials import NO_TRANSACTION, events_of, only, outcomes, result, tried
from tests.pooler import Pooler


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

        async def try_it() -> None:
            async with aclosing(
                try_plan(project.session, await project.planned_up(), project.consent, Native())
            ) as events:
                async for event in events:
                    if isinstance(event, StatementStarted) and event.number == 2:
                        asyncio.get_running_loop().call_later(0.1, task.cancel)

        task = asyncio.create_task(try_it())
        with pytest.raises(Interrupted) as caught:
            await task
        assert "nothing of it remains" in caught.value.detail
        assert await project.value("SELECT pg_catalog.to_regclass('public.people')") is None


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

    async def test_a_lock_that_somebody_holds(
        self, project: Project, databases: Databases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(trying, "_PATIENCE", 3.0)  # time enough to look who it is
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
