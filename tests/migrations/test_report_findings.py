"""Reports on targets where not all is well: nothing applied, edited, missing, different, hostile, no shadow."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from console.catalog import reader
from console.catalog.compare import Action, compare
from console.catalog.model import Kind
from console.config.profile import Target
from console.db.local import installations
from console.db.local.shadow import Shadow
from console.db.session import Session
from console.errors import Interrupted, UsageError
from console.migrations.report import gathering, markdown, rehearsing
from console.migrations.report.facts import Health, Origin
from tests.databases import Databases
from tests.migrations.project import Project
from tests.migrations.reporting import deeds, gathered, section

HOSTILE = "a|b`c\n\x1b[31m<script>alert(1)</script>\u202e[x](http://e)\\|*_"


@pytest.fixture
def run(databases: Databases, database: Target) -> Any:
    """Return what does something behind the console's back."""

    def execute(sql: str) -> None:
        with databases.connect(database) as connection:
            connection.execute(sql.encode())

    return execute


class TestNothingApplied:
    async def test_it_says_so_and_what_would_be_made(self, project: Project, run: Any) -> None:
        run("CREATE TABLE there (id int PRIMARY KEY); INSERT INTO there VALUES (1), (2)")
        found = await gathered(project)
        assert not found.ledger
        assert deeds(found.phases[0])["table public.people"] == "pending"
        assert deeds(found.phases[2]) == {"column public.people.age": "pending"}
        assert [(str(each.key), each.origin) for each in found.of(Kind.TABLE)] == [("public.there", Origin.EXISTING)]
        text = markdown.render(found)
        assert "None of 3 migrations is applied: the database has no ledger yet." in text
        assert "- 1 table: `public.there`" in section(text, "### Existing objects")
        assert "- 1 table: `public.people`" in section(text, "### Missing components")
        assert "Nothing is applied" in section(text, "## Metrics")
        assert "nothing to roll back" in section(text, "## Rollback plan")
        assert not found.in_step

    async def test_nothing_is_written(self, project: Project) -> None:
        before = await reader.read(project.session)
        await gathered(project)
        assert compare(before, await reader.read(project.session)) == ()


async def test_what_is_pending_is_a_next_step(project: Project) -> None:
    await project.up(to="0002")
    found = await gathered(project)
    assert not found.in_step
    assert found.next_steps[0] == "Apply 1 pending migration (0003_age): dbconsole up TARGET"
    line = found.health[-1]
    assert (line.health, line.figure, line.reason) == (Health.WARN, "2 applied, 1 pending", "1 pending")


async def test_rows_that_no_analyze_has_seen_are_counted(project: Project) -> None:
    await project.up()
    [people] = (await gathered(project)).of(Kind.TABLE)
    assert (people.size.rows, people.size.counted) == (1, True)
    assert "| `public.people` |    1 | " in markdown.render(await gathered(project))


async def test_an_edited_migration(project: Project) -> None:
    await project.up()
    project.write("0003_age", "ALTER TABLE people ADD age bigint;", "ALTER TABLE people DROP age;")
    found = await gathered(project)
    assert found.phases[2].state.value == "edited"
    assert "edited after it was applied" in found.next_steps[0]
    assert deeds(found.phases[2]) == {"column public.people.age": "differs"}
    assert "it is the file as it is now that was run" in markdown.render(found)


async def test_what_was_changed_by_hand(project: Project, run: Any) -> None:
    project.write("0004_more", "CREATE VIEW v AS SELECT id FROM public.people; CREATE TABLE t (a int, b int);", "")
    await project.up()
    run("DROP VIEW v; ALTER TABLE t DROP b; ALTER TABLE t ADD c int; ALTER TABLE people ALTER name DROP NOT NULL")
    run("CREATE INDEX by_hand ON people (name)")
    found = await gathered(project)
    assert deeds(found.phases[3]) == {"table public.t": "differs", "view public.v": "missing"}
    assert deeds(found.phases[0])["table public.people"] == "differs"
    text = markdown.render(found)
    assert "≠ differs: column b is missing; column c is besides" in text
    assert "column name: not null" in text
    assert [each.by for each in found.of(Kind.INDEX) if each.key.name == "by_hand"] == [""]
    assert not found.in_step
    assert "Find out why 1 object that the migrations made is missing" in found.next_steps[0]
    assert "Find out who changed 2 objects" in found.next_steps[1]


async def test_what_a_later_step_drops_is_no_finding(project: Project) -> None:
    project.write("0004_gone", "DROP TABLE people;", "")
    await project.up()
    found = await gathered(project)
    assert deeds(found.phases[0])["table public.people"] == "gone"
    assert "table public.people" in deeds(found.phases[3], Action.DROP)
    assert found.deviations == ()
    assert "· dropped since" in markdown.render(found)


async def test_a_file_that_is_gone(project: Project) -> None:
    await project.up()
    for path in project.path.glob("0002*"):
        path.unlink()
    found = await gathered(project)
    assert found.phases[1].skipped == "its file is not in the folder"
    assert found.rollback[1].file is None
    assert "there is no down file" in found.rollback[1].why
    assert "*Skipped: what it makes is not known: its file is not in the folder.*" in markdown.render(found)


async def test_runs_that_failed_are_counted(project: Project) -> None:
    project.write("0004_no", "CREATE TABLE people (id int);")
    with pytest.raises(Exception, match="already exists"):
        await project.up()
    project.write("0004_no", "CREATE TABLE others (id int);")
    await project.up()
    found = await gathered(project)
    assert (found.attempts.total, len(found.attempts.failures)) == (5, 1)
    assert "Runs that went through | 4 of 5 (80.0 %)" in markdown.render(found)
    assert "already exists" in section(markdown.render(found), "## Metrics")


async def test_outside_a_transaction(project: Project) -> None:
    project.write(
        "0004_index",
        "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY by_name ON people (name);",
        "DROP INDEX by_name;",
    )
    await project.up()
    found = await gathered(project)
    assert deeds(found.phases[3]) == {"index public.by_name": "present"}
    said = section(markdown.render(found), "## Transactions")
    assert "| `0004_index`  | statement by statement, outside a transaction |" in said
    assert "CONCURRENTLY" in said


class TestWithoutAShadow:
    async def test_the_report_comes_all_the_same(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        await project.up()
        monkeypatch.setattr(installations, "found", lambda: ())
        found = await gathered(project)
        assert found.in_step
        assert found.phases[0].skipped.startswith("There is no PostgreSQL on this machine")
        assert {each.origin for each in found.holdings} == {Origin.UNKNOWN}
        text = markdown.render(found)
        assert "*Skipped: There is no PostgreSQL on this machine" in section(
            text, "## State before, and what was missing"
        )
        assert "| `public.people` |    1 | " in section(text, "### 1 table")
        assert "Tables created         |          skipped" in text
        assert "1/1 passed" in text

    async def test_a_step_that_needs_what_was_there_before(self, project: Project, run: Any) -> None:
        run("CREATE SCHEMA auth; CREATE TABLE auth.users (id int PRIMARY KEY)")
        project.write("0004_auth", "ALTER TABLE people ADD account int REFERENCES auth.users;", "")
        project.write("0005_more", "CREATE TABLE more (id int);", "DROP TABLE more;")
        await project.up()
        found = await gathered(project)
        assert deeds(found.phases[0])["table public.people"] == "present"
        assert 'schema "auth" does not exist' in found.phases[3].skipped.replace(
            'relation "auth.users"', 'schema "auth"'
        )
        assert found.phases[4].skipped == "0004, before it, did not run in the shadow"
        assert not found.shadow.complete

    async def test_a_step_that_needs_a_role_of_the_targets_server(
        self, project: Project, databases: Databases, database: Target
    ) -> None:
        project.write("0004_grant", "GRANT SELECT ON people TO clerk; CREATE TABLE more (id int);", "")
        with databases.connect(database) as connection:
            connection.execute("CREATE ROLE clerk")
            try:
                await project.up()
                found = await gathered(project)
                assert deeds(found.phases[3]) == {"table public.more": "present"}
                assert deeds(found.phases[3], Action.ALTER) == {"table public.people": "present"}
                assert found.in_step
            finally:
                connection.execute("DROP OWNED BY clerk; DROP ROLE clerk")

    async def test_its_patience_has_an_end(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        project.write("0004_slow", "SELECT pg_sleep(600);", "")
        folder = project.folder
        for patience, said in ((3.0, "3.00 s"), (15.0, "15.0 s"), (75.0, "1 m 15 s")):
            found = await rehearsing.rehearse(folder, folder.migrations, (), major=18, extensions=(), patience=patience)
            assert found.reason == f"the shadow had not come to its end after {said}"
            if found.stopped == "0004":  # else this machine is slow, and it is given more time
                break
        assert found.stopped == "0004"
        assert found.steps.keys() == {"0001", "0002", "0003"}

    async def test_another_major_version_compares_names_only(
        self, project: Project, monkeypatch: pytest.MonkeyPatch, run: Any
    ) -> None:
        await project.up()
        run("ALTER TABLE people ALTER name DROP NOT NULL")
        monkeypatch.setattr(installations, "found", lambda: (installations.embedded(16),))
        found = await gathered(project)
        assert found.shadow.version.startswith("16")
        assert deeds(found.phases[0])["table public.people"] == "present"
        assert "compared by name and kind only" in markdown.render(found)


async def test_hostile_names_cannot_break_it(project: Project, run: Any) -> None:
    name = HOSTILE.replace('"', '""')
    literal = name.replace("'", "''")
    project.write(
        "0004_hostile",
        f'CREATE TABLE "{name}" ("{name}" text DEFAULT \'{literal}\');\n'
        f'CREATE INDEX "i{name}" ON "{name}" ("{name}");\n'
        f"CREATE TYPE \"t{name}\" AS ENUM ('{literal}');\n"
        f"COMMENT ON TABLE \"{name}\" IS '{literal}';\n",
        "",
        f"SELECT '{literal}' AS check_name, false AS ok, '{literal}' AS detail;",
    )
    await project.up()
    run(f'CREATE TABLE "x{name}" (id int)')
    run(f"UPDATE dbconsole.migrations SET name = '{literal}' WHERE version = '0002'")
    run(
        "INSERT INTO dbconsole.history (run, version, name, direction, outcome, database_user, operator, error)"
        f" SELECT run, version, '{literal}', 'up', 'failed', '{literal}', '{literal}', '{literal}'"
        " FROM dbconsole.history"
    )
    for path in project.path.glob("0002*"):
        path.unlink()
    found = await gathered(project)
    text = markdown.render(found)
    assert "`` public.a\\|b`c␊␛[31m<script>alert(1)</script>⟨202E⟩" in text
    assert found.phases[3].created()[Kind.TABLE] == 1


async def test_what_is_locked_keeps_nobody_waiting(project: Project, databases: Databases, database: Target) -> None:
    await project.up()
    with databases.connect(database) as connection:
        connection.execute("BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
        found = await asyncio.wait_for(gathered(project), 60)
    people = next(each for each in found.of(Kind.TABLE) if each.key.name == "people")
    assert people.size.bytes is None
    assert "Locked while the catalog was read" in markdown.render(found)


class TestBatches:
    async def test_one_that_is_not_there(self, project: Project) -> None:
        await project.up()
        with pytest.raises(UsageError, match="belongs to batch 7") as raised:
            await gathering.gather(project.session, project.folder, batch=7)
        assert raised.value.hint == "Batches: 1."

    async def test_of_a_database_without_a_ledger(self, project: Project) -> None:
        with pytest.raises(UsageError) as raised:
            await gathering.gather(project.session, project.folder, batch=1)
        assert raised.value.hint == "Batches: none, nothing is applied."


async def test_interrupted_it_leaves_no_server(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    await project.up()
    project.write("0004_slow", "SELECT pg_sleep(60);", "")
    seen: list[Path] = []
    started = Shadow._started

    def noted(chosen: Any) -> Shadow:
        shadow = started(chosen)
        seen.append(shadow.server.data)
        return shadow

    monkeypatch.setattr(Shadow, "_started", noted)
    task = asyncio.create_task(gathering.gather(project.session, project.folder))
    while not seen:
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises((asyncio.CancelledError, Interrupted)):
        await task
    assert not seen[0].exists()


async def test_a_role_that_may_little(project: Project, databases: Databases, database: Target) -> None:
    """What it may not see is said in its place."""
    await project.up()
    with databases.connect(database) as connection:
        connection.execute(
            "DROP ROLE IF EXISTS looks; CREATE ROLE looks LOGIN; GRANT USAGE ON SCHEMA dbconsole TO looks"
        )
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA dbconsole TO looks")
    params = {**database.params, "user": "looks"}
    try:
        async with await Session.open(Target("looks", params), what="test") as session:
            found = await gathering.gather(session, project.folder)
        assert found.states == {next(iter(found.states)): 3}
        people = next(each for each in found.of(Kind.TABLE) if each.key.name == "people")
        assert people.size.rows is None
        assert any("permission denied" in reason for reason in found.unmeasured)
    finally:
        with databases.connect(database) as connection:
            connection.execute("DROP OWNED BY looks; DROP ROLE looks")
