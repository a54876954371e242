"""Audits: what all migrations of a folder are expected to make, against what a target has."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.catalog import reader
from console.catalog.compare import compare
from console.config.profile import Target
from console.db.local import installations
from console.db.session import Session
from console.errors import Incomplete
from console.migrations.audit import auditing
from console.migrations.audit.facts import Audit, Found, Group, Offer
from console.migrations.audit.summary import summary
from console.migrations.files import formats
from console.text import sanitize
from tests.databases import Databases
from tests.migrations.project import Project, write
from tests.systems.every import EVERY
from tests.systems.expected import System
from tests.systems.kimbleai import SYSTEM

FUNCTIONS = ["public.auto_categorize_content", "public.get_category_content", "public.search_category_content"]
HOSTILE = "a\"b'c%s\n\x1b[31m{0}\u202e;--"


async def audited(project: Project, **options: Any) -> Audit:
    return await auditing.audit(project.session, project.folder, **options)


def findings(audit: Audit, group: Group | None = None) -> dict[str, str]:
    """Return what is not as expected: its name → how it stands."""
    return {
        str(item.key): item.status.value
        for item in audit.comparison.with_parents_there()
        if item.status is not Found.PRESENT and group in (None, item.group)
    }


def rows(audit: Audit) -> dict[str, tuple[int | None, bool]]:
    return {str(table.item.key): (table.rows.number, table.rows.counted) for table in audit.comparison.tables}


@pytest.fixture
def run(databases: Databases, database: Target) -> Any:
    """Return what does something behind the console's back."""

    def execute(sql: str) -> None:
        with databases.connect(database) as connection:
            connection.execute(sql.encode())

    return execute


@pytest.fixture(scope="module")
def found(databases: Databases) -> Iterator[Audit]:
    """Return the audit of kimbleai before its last migration."""
    target = databases.make()
    yield asyncio.run(_found(target))
    databases.drop(target)


async def _found(target: Target) -> Audit:
    async with await Session.open(target, what="test") as session:
        project = Project(SYSTEM.folder, session)
        await project.up(to="0007")
        return await audited(project)


class TestKimbleaiBeforeItsLastMigration:
    """The findings of its report: 23 tables, 4 columns missing."""

    def test_four_columns_are_missing(self, found: Audit) -> None:
        tables = ("audio_transcriptions", "conversations", "knowledge_base", "projects")
        assert findings(found, Group.COLUMNS) == {f"public.{table}.category_id": "missing" for table in tables}
        columns = [item for item in found.comparison.expected() if item.status is Found.MISSING]
        assert {item.migration for item in columns} == {"0008_category_columns"}
        assert all(item.pending for item in columns)
        assert {item.expected for item in columns if item.group is Group.COLUMNS} == {"text"}

    def test_all_tables_are_found(self, found: Audit) -> None:
        assert {str(table.item.key) for table in found.comparison.tables} == SYSTEM.rows.keys()
        assert {table.item.status for table in found.comparison.tables} == {Found.PRESENT}

    def test_functions_and_indexes_are_missing(self, found: Audit) -> None:
        assert [name.partition("(")[0] for name in findings(found, Group.FUNCTIONS)] == FUNCTIONS
        assert findings(found, Group.INDEXES) == {
            "public.idx_audio_transcriptions_category": "missing",
            "public.idx_conversations_category": "missing",
            "public.idx_knowledge_base_category_id": "missing",
            "public.idx_projects_category": "missing",
        }

    def test_a_view_is_still_in_its_first_form(self, found: Audit) -> None:
        assert findings(found, Group.VIEWS) == {"public.category_stats": "differs"}

    def test_what_is_said(self, found: Audit) -> None:
        assert summary(found).startswith(
            "23 tables found, 4 columns missing: public.audio_transcriptions.category_id, "
            "public.conversations.category_id, public.knowledge_base.category_id, public.projects.category_id; "
            "1 view different: public.category_stats; 4 indexes missing: "
        )
        assert summary(found).endswith(f" % as expected ({found.passed} of {found.total})")
        assert found.total - found.passed == 4 + 1 + 4 + 3 + 4  # columns, view, indexes, functions, foreign keys
        assert found.exit_code == 1

    def test_the_extension_is_there(self, found: Audit) -> None:
        [vector] = found.comparison.extensions
        assert (vector.item.key.name, vector.offer, vector.item.status) == ("vector", Offer.INSTALLED, Found.PRESENT)
        assert vector.version


class TestAllIsWell:
    async def test_everything_is_found(self, project: Project) -> None:
        await project.up()
        found = await audited(project)
        assert findings(found) == {}
        assert (found.exit_code, found.rate) == (0, 100.0)
        assert summary(found) == "1 table found; 100.0 % as expected (5 of 5)"  # the table, 3 columns, its key

    async def test_nothing_is_written(self, project: Project) -> None:
        before = await reader.read(project.session)
        found = await audited(project)
        assert compare(before, await reader.read(project.session)) == ()
        assert findings(found) == {"public.people": "missing"}
        assert summary(found).startswith("0 of 1 table found; 1 table missing: public.people; 0.0 % as expected")

    async def test_what_no_migration_makes_is_no_finding(self, project: Project, run: Any) -> None:
        await project.up()
        run("CREATE TABLE besides (id int); CREATE SCHEMA other; CREATE VIEW other.v AS SELECT 1 AS one")
        found = await audited(project)
        assert (found.exit_code, [str(key) for key in found.comparison.besides]) == (0, ["public.besides"])

    async def test_another_tools_ledger_is_not_besides(self, tmp_path: Path, session: Session, run: Any) -> None:
        (tmp_path / "1_people.sql").write_text("-- migrate:up\nCREATE TABLE public.people (id int);\n-- migrate:down\n")
        run("CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); CREATE TABLE people (id int)")
        run("INSERT INTO schema_migrations VALUES ('1')")
        found = await auditing.audit(session, formats.read(tmp_path))
        assert (found.exit_code, found.pending, found.comparison.besides) == (0, (), ())

    async def test_a_folder_that_makes_nothing(self, project: Project) -> None:
        for path in project.path.glob("*"):
            path.unlink()
        project.write("0001_nothing", "SELECT 1;", "SELECT 1;")
        found = await audited(project)
        assert (found.exit_code, found.rate) == (0, None)
        assert summary(found) == "the migrations make nothing that could be looked for"


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose migrations make something of each kind."""
    folder = tmp_path_factory.mktemp("much")
    write(folder, "0001_people", "CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int);")
    write(folder, "0002_ada", "INSERT INTO people VALUES (1, 'Ada');")
    write(
        folder,
        "0003_more",
        "CREATE INDEX by_name ON people (name); CREATE VIEW names AS SELECT name FROM people;\n"
        "CREATE POLICY own ON people USING (name = current_user);\n"
        "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';\n"
        "CREATE TRIGGER keep BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION"
        " suppress_redundant_updates_trigger();\n"
        "CREATE TYPE mood AS ENUM ('good', 'bad'); ALTER TABLE people ADD CONSTRAINT old CHECK (age > 0);",
    )
    return folder


@pytest.fixture(scope="module")
def made() -> auditing.Made:
    """Return what was made in shadows so far: what is expected of a folder is made once."""
    return {}


@pytest.mark.parametrize(
    ("sql", "name", "status", "detail"),
    [
        ("DROP INDEX by_name", "public.by_name", "missing", ""),
        ("DROP INDEX by_name; CREATE INDEX by_name ON people (id)", "public.by_name", "differs", "definition"),
        ("ALTER TABLE people ALTER age TYPE bigint", "public.people.age", "differs", "type: bigint, expected integer"),
        ("ALTER TABLE people ALTER name DROP NOT NULL", "public.people.name", "differs", "NULL is allowed"),
        (
            "UPDATE people SET age = 1; ALTER TABLE people ALTER age SET NOT NULL",
            "public.people.age",
            "differs",
            "NULL is not allowed",
        ),
        ("ALTER TABLE people ALTER age SET DEFAULT 1", "public.people.age", "differs", "default: 1, expected nothing"),
        ("ALTER TABLE people DROP age", "public.people.age", "missing", ""),
        ("ALTER TABLE people ADD more text", "public.people.more", "extra", ""),
        ("ALTER TABLE people ENABLE ROW LEVEL SECURITY", "public.people", "differs", "row security: yes, expected no"),
        ("DROP VIEW names", "public.names", "missing", ""),
        ("CREATE OR REPLACE VIEW names AS SELECT upper(name) AS name FROM people", "public.names", "differs", ""),
        ("DROP POLICY own ON people", "public.people.own", "missing", ""),
        ("DROP TRIGGER keep ON people", "public.people.keep", "missing", ""),
        ("ALTER TABLE people DISABLE TRIGGER keep", "public.people.keep", "differs", "enabled: D, expected O"),
        ("DROP FUNCTION twice(int)", "public.twice(integer)", "missing", ""),
        ("ALTER FUNCTION twice(int) IMMUTABLE", "public.twice(integer)", "differs", ""),
        ("ALTER TYPE mood ADD VALUE 'so-so'", "public.mood", "differs", ""),
        ("DROP TYPE mood; CREATE TYPE mood AS (a int)", "public.mood", "differs", "it is made in another way"),
        ("ALTER TABLE people DROP CONSTRAINT old", "public.people.old", "missing", ""),
        ("DROP TABLE people CASCADE; DROP FUNCTION twice(int)", "public.people", "missing", ""),
    ],
)
async def test_each_finding(
    much: Path, made: auditing.Made, session: Session, run: Any, sql: str, name: str, status: str, detail: str
) -> None:
    project = Project(much, session)
    await project.up()
    run(f"SET search_path = public; {sql}")
    found = await audited(project, made=made)
    assert len(made) == 1
    assert found.exit_code == 1
    assert findings(found)[name] == status
    items = {str(item.key): item for item in found.comparison.with_parents_there()}
    assert detail in items[name].detail
    assert items[name].migration or status == "extra"
    assert not items[name].pending
    assert name in summary(found)


class TestExtensions:
    async def test_available_but_not_installed(self, project: Project, run: Any) -> None:
        project.write("0004_vector", "CREATE EXTENSION vector; CREATE TABLE v (e vector(3));", "")
        await project.up()
        run("DROP EXTENSION vector CASCADE")
        found = await audited(project)
        [vector] = found.comparison.extensions
        assert (vector.offer, vector.item.status, found.exit_code) == (Offer.AVAILABLE, Found.MISSING, 1)
        assert findings(found, Group.COLUMNS) == {"public.v.e": "missing"}
        assert "extension vector available but not installed" in summary(found)

    async def test_in_another_schema(self, project: Project, run: Any) -> None:
        project.write("0004_vector", "CREATE EXTENSION vector;", "")
        await project.up()
        run("CREATE SCHEMA extensions; ALTER EXTENSION vector SET SCHEMA extensions")
        found = await audited(project)
        assert "extension vector installed, but schema: extensions, expected public" in summary(found)


class TestRows:
    async def test_estimates_are_the_planners(self, project: Project, run: Any) -> None:
        await project.up()
        assert rows(await audited(project)) == {"public.people": (None, False)}
        run("INSERT INTO people SELECT n, 'x' FROM generate_series(2, 500) AS n; ANALYZE people")
        assert rows(await audited(project)) == {"public.people": (500, False)}

    async def test_exact_ones_are_counted(self, project: Project, run: Any) -> None:
        project.write(
            "0004_parts",
            "CREATE TABLE p (n int) PARTITION BY LIST (n); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\n"
            "CREATE TABLE p2 PARTITION OF p DEFAULT; CREATE TABLE none ();",
            "",
        )
        await project.up()
        run("INSERT INTO people SELECT n, 'x' FROM generate_series(2, 777) AS n; INSERT INTO p VALUES (1), (2), (3)")
        found = await audited(project, exact=True)
        tables = ("people", "p", "p1", "p2", "none")
        counted = {name: await project.value(f"SELECT count(*) FROM public.{name}") for name in tables}
        assert counted["people"] == 777
        assert rows(found) == {f"public.{name}": (number, True) for name, number in counted.items()}

    async def test_a_count_that_takes_too_long_is_given_up(self, project: Project, run: Any) -> None:
        await project.up()
        run("INSERT INTO people SELECT n, 'x' FROM generate_series(2, 300000) AS n; ANALYZE people")
        found = await audited(project, exact=True, limit=0.001)
        [people] = found.comparison.tables
        assert (people.rows.counted, people.rows.reason) == (False, "not counted within 1.0 ms")
        assert people.rows.number is not None
        assert found.exit_code == 0

    async def test_a_locked_table_keeps_nobody_waiting(
        self, project: Project, databases: Databases, database: Target
    ) -> None:
        await project.up()
        with databases.connect(database) as connection:
            connection.execute("BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
            found = await asyncio.wait_for(audited(project, exact=True), 60)
        [people] = found.comparison.tables
        assert people.rows.reason == "not counted: somebody else has locked it"
        assert (found.exit_code, "not known" in summary(found)) == (6, True)

    async def test_what_the_role_may_not_count(self, project: Project, databases: Databases, database: Target) -> None:
        await project.up()
        with databases.connect(database) as connection:
            connection.execute("CREATE ROLE passerby LOGIN; GRANT USAGE ON SCHEMA dbconsole TO passerby")
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA dbconsole TO passerby")
            try:
                visitor = replace(database, params={**database.params, "user": "passerby"})
                async with await Session.open(visitor, what="test") as session:
                    found = await auditing.audit(session, project.folder, exact=True)
            finally:
                connection.execute("DROP OWNED BY passerby; DROP ROLE passerby")
        [people] = found.comparison.tables
        assert "permission denied" in people.rows.reason
        assert findings(found) == {}


class TestWithoutAShadow:
    async def test_there_is_none(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        await project.up()
        monkeypatch.setattr(installations, "found", lambda: ())
        with pytest.raises(Incomplete) as stopped:
            await audited(project)
        assert "There is no PostgreSQL on this machine" in stopped.value.detail

    async def test_a_migration_does_not_run_in_it(self, project: Project) -> None:
        project.write("0004_auth", "ALTER TABLE people ADD account int REFERENCES auth.users;", "")
        with pytest.raises(Incomplete) as stopped:
            await audited(project)
        assert "0004_auth: " in stopped.value.detail
        assert "auth" in stopped.value.detail.partition(": ")[2]

    async def test_another_major_version_compares_names_and_types(
        self, project: Project, monkeypatch: pytest.MonkeyPatch, run: Any
    ) -> None:
        project.write("0004_view", "CREATE VIEW v AS SELECT name FROM people;", "")
        await project.up()
        monkeypatch.setattr(installations, "found", lambda: (installations.embedded(16),))
        found = await audited(project)
        assert (found.comparable, findings(found)) == (False, {})
        run("ALTER TABLE people ALTER age TYPE text; ALTER TABLE people ADD more int; DROP VIEW v")
        found = await audited(project)
        assert findings(found) == {
            "public.people.age": "differs",
            "public.people.more": "extra",
            "public.v": "missing",
        }

    async def test_a_supabase_project_has_what_it_takes_for_granted(
        self, tmp_path: Path, session: Session, run: Any
    ) -> None:
        folder = tmp_path / "supabase" / "migrations"
        folder.mkdir(parents=True)
        (folder / "20260101000000_profiles.sql").write_text(
            "CREATE TABLE public.profiles (id uuid PRIMARY KEY REFERENCES auth.users);\n"
            "ALTER TABLE auth.users ADD COLUMN nickname text;\n"
            "CREATE POLICY own ON public.profiles USING (auth.uid() = id);"
        )
        run("CREATE SCHEMA auth; CREATE TABLE auth.users (id uuid PRIMARY KEY)")
        run("CREATE TABLE public.profiles (id uuid PRIMARY KEY REFERENCES auth.users)")
        found = await auditing.audit(session, formats.read(folder))
        assert findings(found) == {"auth.users.nickname": "missing", "public.profiles.own": "missing"}
        assert found.pending == ("20260101000000_profiles",)


async def test_hostile_names_are_harmless(project: Project, run: Any) -> None:
    name = HOSTILE.replace('"', '""')
    literal = HOSTILE.replace("'", "''")
    project.write(
        "0004_hostile",
        f'CREATE TABLE "{name}" ("{name}" text DEFAULT \'{literal}\', "x{name}" int);\n'
        f'CREATE INDEX "i{name}" ON "{name}" ("{name}");',
        "",
    )
    await project.up()
    run(f'INSERT INTO "{name}" DEFAULT VALUES; DROP INDEX "i{name}"; ALTER TABLE "{name}" DROP "x{name}"')
    found = await audited(project, exact=True)
    assert rows(found)[f"public.{HOSTILE}"] == (1, True)
    assert findings(found) == {f"public.{HOSTILE}.x{HOSTILE}": "missing", f"public.i{HOSTILE}": "missing"}
    assert sanitize(summary(found)) == summary(found)


@pytest.mark.parametrize("system", EVERY, ids=lambda system: system.name)
async def test_a_sample_system_with_its_data_is_as_expected(system: System, make_database: Any) -> None:
    """Nothing is found where nothing is amiss, also where the ledger knows of none of it."""
    async with await Session.open(make_database(system.name), what="test") as session:
        found = await audited(Project(system.folder, session), exact=True)
    assert findings(found) == {}
    assert (found.exit_code, len(found.pending)) == (0, len(system.migrations))
    counted = {str(table.item.key): table.rows.number for table in found.comparison.tables}
    assert {name: counted[name] for name in system.rows} == system.rows
