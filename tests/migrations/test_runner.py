"""Applying and rolling back: one transaction each, the record in the same, nothing left of what failed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.db.guard import Consent
from console.db.session import Session
from console.errors import BadSql, MigrationFailed, Refused, StatementFailed
from console.migrations import history
from console.migrations.files import native
from console.migrations.running import runner
from console.migrations.running.events import (
    Began,
    Failed,
    Finished,
    MigrationApplied,
    MigrationRolledBack,
    Notice,
    StatementFinished,
    StatementStarted,
)
from console.migrations.running.outcome import Outcomes
from tests.databases import Databases
from tests.migrations.project import Project, of_kind


async def test_looking_writes_nothing(project: Project) -> None:
    status = await project.status()
    assert (status.summary, status.exists, status.up_to_date) == ("3 pending", False, False)
    assert len((await project.planned_up()).steps) == 3
    assert (await history.read(project.session)).entries == ()
    assert await project.value("SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'dbconsole'") == 0


async def test_a_plan_with_nothing_to_do_writes_nothing(project: Project) -> None:
    assert [type(event) for event in await project.down()] == [Finished]
    assert await project.value("SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'dbconsole'") == 0


async def test_up_applies_everything_in_order(project: Project) -> None:
    events = await project.up()
    assert [event.label for event in of_kind(events, MigrationApplied)] == ["0001_people", "0002_ada", "0003_age"]
    assert isinstance(events[0], Began)
    assert isinstance(events[-1], Finished)
    assert await project.value("SELECT name FROM public.people") == "Ada, 100 %"
    status = await project.status()
    assert status.summary == "3 applied"
    assert status.up_to_date
    assert status.holder is None


async def test_progress_is_told_statement_by_statement(project: Project) -> None:
    project.write("0004_two", "SELECT 1;\n\n-- the second\nCREATE TABLE two (id int);")
    events = await project.up()
    mine = [event for event in events if getattr(event, "label", "") == "0004_two"]
    assert [(event.number, event.total, event.title, event.line) for event in of_kind(mine, StatementStarted)] == [
        (1, 2, "SELECT 1", 1),
        (2, 2, "CREATE TABLE two", 4),
    ]
    assert [event.tag for event in of_kind(mine, StatementFinished)] == ["SELECT 1", "CREATE TABLE"]


async def test_up_to_a_version_and_the_rest_later(project: Project) -> None:
    await project.up(to="1")
    assert await project.states() == {"0001": "applied", "0002": "pending", "0003": "pending"}
    await project.up()
    assert [standing.applied.batch for standing in (await project.status()).migrations if standing.applied] == [1, 2, 2]


async def test_down_goes_back_step_by_step(project: Project) -> None:
    await project.up(to="1")
    await project.up()
    events = await project.down()
    assert [event.label for event in of_kind(events, MigrationRolledBack)] == ["0003_age"]
    assert await project.states() == {"0001": "applied", "0002": "applied", "0003": "pending"}
    await project.up()
    await project.down(batch=True)
    assert await project.states() == {"0001": "applied", "0002": "applied", "0003": "pending"}
    await project.down(everything=True)
    assert await project.value("SELECT to_regclass('public.people') IS NULL")
    assert (await project.status()).summary == "3 pending"


async def test_redo(project: Project) -> None:
    await project.up()
    events = await project.redo()
    assert [type(event) for event in events if isinstance(event, MigrationRolledBack | MigrationApplied)] == [
        MigrationRolledBack,
        MigrationApplied,
    ]
    assert (await project.status()).summary == "3 applied"


async def test_the_history_survives_rollback(project: Project) -> None:
    await project.up(to="2")
    await project.down(everything=True)
    entries = (await history.read(project.session)).entries
    assert [(each.version, each.direction, each.outcome, each.batch) for each in entries] == [
        ("0001", "down", "rolled_back", 2),
        ("0002", "down", "rolled_back", 2),
        ("0002", "up", "applied", 1),
        ("0001", "up", "applied", 1),
    ]
    first = entries[-1]
    assert first.database_user == project.session.target.params["user"]
    assert "@" in first.operator
    assert first.checksum == project.folder.migrations[0].checksum
    assert first.statements == 1
    assert len((await history.read(project.session, limit=1)).entries) == 1


@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET error = NULL", "TRUNCATE {}"])
async def test_the_history_is_only_added_to(project: Project, sql: str) -> None:
    await project.up(to="1")
    with pytest.raises(StatementFailed, match="only added to"):
        async with project.session.writing(project.consent) as writer:
            await writer.execute(sql.format("dbconsole.history"))


class TestFailure:
    """A migration that fails leaves nothing, and says where it failed and what is there now."""

    async def test_a_failing_third_statement_leaves_nothing(self, project: Project) -> None:
        project.write("0004_bad", "CREATE TABLE one (id int);\nCREATE TABLE two (id int);\n\nSELECT *\nFROM nowhere;\n")
        project.write("0005_after", "CREATE TABLE after_it (id int);")
        with pytest.raises(MigrationFailed) as caught:
            await project.up()
        error = caught.value
        assert "statement 3 of 3 of 0004_bad.up.sql" in error.title
        assert 'relation "nowhere" does not exist' in error.title
        assert (error.line, error.column, error.sqlstate) == (5, 6, "42P01")
        assert "FROM nowhere" in error.detail
        assert "Nothing of 0004_bad remains." in error.detail
        assert "0001_people, 0002_ada, 0003_age" in error.detail
        assert await project.value(
            "SELECT to_regclass('public.one') IS NULL AND to_regclass('public.after_it') IS NULL"
        )
        assert list((await project.states()).values()) == ["applied"] * 3 + ["pending"] * 2
        assert (await project.status()).holder is None

    async def test_the_failure_is_in_the_history(self, project: Project) -> None:
        project.write("0004_bad", "SELECT 1;\nSELECT 1/0;")
        with pytest.raises(MigrationFailed):
            await project.up()
        newest = (await history.read(project.session)).entries[0]
        assert (newest.version, newest.outcome, newest.statements) == ("0004", "failed", 1)
        assert newest.error is not None
        assert "division by zero" in newest.error

    async def test_a_failure_without_a_place_has_that_of_its_statement(self, project: Project) -> None:
        project.write("0004_bad", "SELECT 1;\n-- why\n  INSERT INTO people VALUES (1, 'Bob');")
        with pytest.raises(MigrationFailed) as caught:
            await project.up()
        assert (caught.value.line, caught.value.column) == (3, 3)

    async def test_a_failing_down_leaves_it_applied(self, project: Project) -> None:
        project.write("0004_bad", "CREATE TABLE t (id int);", "DROP TABLE t;\nDROP TABLE t;")
        await project.up()
        with pytest.raises(MigrationFailed, match="statement 2 of 2") as caught:
            await project.down()
        assert "0004_bad is applied as before." in caught.value.detail
        assert await project.value("SELECT to_regclass('public.t') IS NOT NULL")

    async def test_a_constraint_that_fails_at_commit(self, project: Project) -> None:
        project.write(
            "0004_late",
            "CREATE TABLE c (id int REFERENCES people DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO c VALUES (99);",
        )
        with pytest.raises(MigrationFailed, match="foreign key"):
            await project.up()
        assert await project.value("SELECT to_regclass('public.c') IS NULL")

    async def test_a_syntax_error_anywhere_stops_before_anything_ran(self, project: Project) -> None:
        project.write("0004_bad", "CREATE TABEL t (id int);")
        with pytest.raises(BadSql, match=r"0004_bad\.up\.sql") as caught:
            await project.up()
        assert (caught.value.line, caught.value.column) == (1, 8)
        assert "Nothing has been applied" in caught.value.detail
        assert (await project.status()).summary == "4 pending"

    async def test_the_event_carries_the_same_error(self, project: Project) -> None:
        project.write("0004_bad", "SELECT 1/0;")
        seen, outcomes = [], Outcomes()
        with pytest.raises(MigrationFailed) as caught:
            async for event in runner.run(project.session, await project.planned_up(), project.consent):
                seen.append(event)
                outcomes.add(event)
        assert isinstance(seen[-1], Failed)
        assert seen[-1].error is caught.value
        assert outcomes.summary == "3 migrations applied, 1 migration failed"
        last = outcomes.as_dict()["migrations"][-1]  # type: ignore[index]
        assert (last["version"], last["outcome"], last["statements"]) == ("0004", "failed", 0)
        assert last["error"]["sqlstate"] == "22012"


class TestFolderAndLedgerDisagree:
    async def test_an_edited_file(self, project: Project) -> None:
        await project.up()
        project.write("0002_ada", "INSERT INTO people VALUES (1, 'Eve');")
        assert (await project.states())["0002"] == "edited"
        assert not (await project.status()).up_to_date

    async def test_other_line_endings_are_no_edit(self, project: Project) -> None:
        await project.up()
        path = project.path / "0001_people.up.sql"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert (await project.states())["0001"] == "applied"

    async def test_a_missing_file(self, project: Project) -> None:
        await project.up()
        for part in ("up", "down"):
            (project.path / f"0003_age.{part}.sql").unlink()
        assert (await project.states())["0003"] == "missing"
        with pytest.raises(Refused, match="its files are not in the folder"):
            await project.down()

    async def test_out_of_order(self, project: Project) -> None:
        await project.up()
        project.write("0005_e", "SELECT 5;", "SELECT 5;")
        await project.up()
        project.write("0004_d", "SELECT 4;", "SELECT 4;")
        assert (await project.states())["0004"] == "out_of_order"
        with pytest.raises(Refused, match="out of order"):
            await project.up()
        await project.up(out_of_order=True)
        events = await project.down()
        assert [event.version for event in of_kind(events, MigrationRolledBack)] == ["0004"]


class TestWhatAMigrationDoesToItsSession:
    """Settings, roles and transactions of a file stay in the file."""

    async def test_settings_do_not_reach_the_next(self, project: Project) -> None:
        project.write("0004_set", "SET search_path = pg_catalog;\nSELECT set_config('lock_timeout', '7s', false);")
        project.write("0005_see", "CREATE TABLE seen AS SELECT current_setting('search_path') AS path;")
        await project.up()
        assert await project.value("SELECT path FROM public.seen") == '"$user", public'

    async def test_a_role_does_not_reach_the_record(self, project: Project) -> None:
        project.write("0004_role", "SET ROLE pg_monitor;\nSELECT 1;")
        await project.up()
        assert (await project.states())["0004"] == "applied"

    async def test_a_transaction_of_its_own_runs_in_ours(self, project: Project) -> None:
        project.write("0004_own", "BEGIN;\nCREATE TABLE own (id int);\nSELECT 1/0;\nCOMMIT;")
        with pytest.raises(MigrationFailed) as caught:
            await project.up()
        assert caught.value.line == 3
        assert await project.value("SELECT to_regclass('public.own') IS NULL")

    async def test_notices_are_told(self, project: Project) -> None:
        project.write("0004_say", "DO $$ BEGIN RAISE WARNING E'look \\x1b[31m here'; END $$;\nDROP TABLE IF EXISTS no;")
        notices = of_kind(await project.up(), Notice)
        assert [(notice.severity, notice.text) for notice in notices] == [
            ("WARNING", "look ␛[31m here"),
            ("NOTICE", 'table "no" does not exist, skipping'),
        ]


async def test_without_consent_for_this_target_nothing_runs(project: Project) -> None:
    planned = await project.planned_up()
    with pytest.raises(Refused, match="consent was given for another"):
        async for _ in runner.run(project.session, planned, Consent("another")):
            pass
    assert not (await project.status()).exists


async def test_a_role_that_may_not_make_the_ledger_is_told_what_helps(project: Project, databases: Databases) -> None:
    with databases.connect(project.session.target) as admin:
        admin.execute("DROP ROLE IF EXISTS modest")
        admin.execute("CREATE ROLE modest LOGIN")
    target = project.session.target
    modest = replace(target, params={**target.params, "user": "modest"})
    async with await Session.open(modest) as session:
        poor = Project(project.path, session)
        with pytest.raises(Refused, match="may not make schema dbconsole") as caught:
            await poor.up()
        assert "CREATE SCHEMA dbconsole AUTHORIZATION" in caught.value.hint
        with databases.connect(project.session.target) as admin:
            admin.execute("CREATE SCHEMA dbconsole AUTHORIZATION modest")
            admin.execute("GRANT CREATE ON SCHEMA public TO modest")
        await poor.up()
        assert (await poor.status()).summary == "3 applied"


async def test_status_as_json(project: Project) -> None:
    await project.up(to="1")
    document = (await project.status()).as_dict()
    assert (document["ledger"], document["format"], document["dir"]) == ("dbconsole", native.FORMAT, str(project.path))
    first, second, _ = document["migrations"]  # type: ignore[misc]
    assert list(first) == [
        *("version", "name", "state", "reason", "applied_at", "checksum"),
        *("has_down", "has_verify", "batch", "duration_ms", "difference"),
    ]
    assert (first["version"], first["state"], first["batch"], first["has_verify"]) == ("0001", "applied", 1, True)
    assert (second["state"], second["applied_at"], second["batch"]) == ("pending", None, None)


async def test_a_file_whose_number_is_spelt_anew_is_the_same_migration(project: Project) -> None:
    project.write("4_t", "CREATE TABLE t (id int);", "DROP TABLE t;")
    await project.up()
    for part in ("up", "down"):
        (project.path / f"4_t.{part}.sql").rename(project.path / f"0004_t.{part}.sql")
    assert (await project.states())["0004"] == "applied"
    await project.down()
    assert (await project.states())["0004"] == "pending"
