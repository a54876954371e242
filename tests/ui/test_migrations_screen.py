"""The migrations screen on a real database: states, plan, apply, roll back, verify, history, and what goes wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Guard, Profile, Target
from console.ui.screens.migrations.screen import MigrationsScreen
from tests.databases import Databases
from tests.migrations.foreign import make
from tests.migrations.own_tools import OWN
from tests.migrations.project import tables, write
from tests.ui.driving import Driver, driven


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three migrations."""
    path = tmp_path / "shop"
    path.mkdir()
    check = "SELECT 'people' AS check_name, to_regclass('people') IS NOT NULL AS ok, 'the table' AS detail;"
    write(path, "0001_people", "CREATE TABLE people (id int PRIMARY KEY);", "DROP TABLE people;", check)
    write(path, "0002_ada", "INSERT INTO people VALUES (1);\nINSERT INTO people VALUES (2);", "DELETE FROM people;")
    write(path, "0003_age", "ALTER TABLE people ADD age int;", "ALTER TABLE people DROP age;")
    return path


@pytest.fixture
def target(database: Target, folder: Path) -> Target:
    """Return an empty database whose profile names the folder."""
    return with_folder(database, folder)


def with_folder(target: Target, path: Path, *, guard: Guard = Guard.OPEN) -> Target:
    return replace(target, guard=guard, profile=Profile(target.name, migrations=path, guard=guard, lock_timeout=0.2))


async def opened(console: Driver, *seen: str) -> None:
    """Go to the migrations."""
    await console.press("3")
    await console.sees(*seen or ("0001", "pending"))


async def applied(console: Driver) -> None:
    """Apply everything."""
    await opened(console)
    await console.press("end", "u")
    await console.sees("Apply 3 migrations", "y yes")
    await console.press("y")
    await console.sees("3 migrations done", "3 applied")


class TestList:
    async def test_it_shows_what_is_pending_and_the_text(self, target: Target) -> None:
        """The folder's name, the ledger, each migration with its state, and the SQL of the chosen one."""
        async with driven(target) as console:
            await opened(console, "shop · ledger dbconsole", "3 pending", "0002", "CREATE TABLE people")
            await console.press("down")
            await console.sees("0002_ada · pending", "INSERT INTO people VALUES (1)")
            await console.press("right_square_bracket")
            await console.sees("DELETE FROM people")
            await console.press("right_square_bracket")
            await console.sees("There is no verify file")

    async def test_every_state_has_its_sign_and_reason(self, target: Target, folder: Path) -> None:
        """Applied, edited, missing, out of order; the reason stands below the text."""
        async with driven(target) as console:
            await applied(console)
            (folder / "0001_people.up.sql").write_text("CREATE TABLE people (id bigint);")
            for part in ("up", "down"):
                (folder / f"0002_ada.{part}.sql").unlink()
            write(folder, "0000_late", "SELECT 1;", "SELECT 1;")
            await console.press("r")
            await console.sees("↕", "out of order", "≠", "edited", "?", "missing", "✓", "applied")
            await console.press("home")
            await console.sees("Newer migrations are applied already")

    async def test_a_half_way_one_says_where_it_stopped(self, target: Target, folder: Path) -> None:
        """Statements outside a transaction leave a state that is named."""
        write(
            folder, "0004_half", "-- dbconsole: no-transaction\nCREATE TABLE half (id int);\nSELECT 1/0;", "SELECT 1;"
        )
        async with driven(target) as console:
            await opened(console)
            await console.press("end", "u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("✗", "1 of 2 statements are done and stay", "1 failed", "Stopped half-way")

    async def test_a_hundred_are_listed(self, database: Target, tmp_path: Path) -> None:
        """The list scrolls."""
        tables(tmp_path, 100)
        async with driven(with_folder(database, tmp_path)) as console:
            await opened(console, "100 pending")
            await console.press("end")
            await console.sees("0100_t100 · pending", "CREATE TABLE t100")


class TestAnotherTools:
    async def test_it_is_run_in_its_own_ledger(self, database: Target, tmp_path: Path, databases: Databases) -> None:
        """The title says whose ledger it is, and why; what is applied is written there."""
        make(tmp_path / "app", "dbmate")
        async with driven(with_folder(database, tmp_path / "app")) as console:
            await opened(console, "app · ledger dbmate", "format dbmate", "3 pending")
            await console.press("end", "u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("3 migrations done", "3 applied")
            await console.press("d")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("2 applied, 1 pending")
        with databases.connect(database) as connection:
            rows = connection.execute("SELECT version FROM public.schema_migrations ORDER BY 1").fetchall()
        assert rows == [("20240101000001",), ("20240101000002",)]

    async def test_an_edited_file_is_shown_beside_what_was_applied(self, database: Target, tmp_path: Path) -> None:
        """Supabase's ledger keeps the text; the tab is there for that migration only."""
        path = tmp_path / "shop"
        make(path, "supabase")
        async with driven(with_folder(database, path)) as console:
            await applied(console)
            assert "diff" not in console.text
            (path / "20240101000001_people.sql").write_text("CREATE TABLE public.people (id bigint PRIMARY KEY);")
            await console.press("r", "home")
            await console.sees("edited", "verify diff lint checks plan trial")
            await console.press("enter", *["right_square_bracket"] * 3)
            await console.sees("-CREATE TABLE public.people (id int", "+CREATE TABLE public.people (id bigint")
            await console.press("escape", "down")
            await console.sees("INSERT INTO public.people")
            assert "diff" not in console.text

    async def test_what_is_not_clear_is_said(self, database: Target, tmp_path: Path, databases: Databases) -> None:
        """A table of the ledger's name that is another tool's keeps everything from being run."""
        make(tmp_path / "app", "dbmate")
        with databases.connect(database) as connection:
            connection.execute("CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, dirty boolean)")
        async with driven(with_folder(database, tmp_path / "app")) as console:
            await opened(console, "it looks like that of golang-migrate")


class TestRecording:
    async def test_adopt_and_repair(self, target: Target, folder: Path, databases: Databases) -> None:
        """Recording runs nothing; an edited file is accepted once a person has said so."""
        async with driven(target) as console:
            await opened(console)
            await console.press("down", "a")
            await console.sees("Record 2 migrations as applied without running", "record  0002_ada")
            await console.press("y")
            await console.sees("2 applied, 1 pending")
            (folder / "0001_people.up.sql").write_text("CREATE TABLE people (id bigint);")
            await console.press("r")
            await console.sees("1 edited")
            await console.press("R")
            await console.sees("Mend 1 thing in the ledger", "its file is taken for what was applied")
            await console.press("y")
            await console.sees("2 applied, 1 pending")
        with databases.connect(target) as connection:
            assert connection.execute("SELECT to_regclass('public.people')").fetchone() == (None,)


class TestRunning:
    async def test_up_then_down(self, target: Target) -> None:
        """Applying shows every migration; rolling back the chosen one takes those after it along."""
        async with driven(target) as console:
            await applied(console)
            await console.press("up")
            await console.sees("0002_ada · applied")
            await console.press("d")
            await console.sees("Roll back 2 migrations", "down  0003_age", "down  0002_ada")
            await console.press("y")
            await console.sees("2 migrations done", "1 applied, 2 pending")

    async def test_up_goes_to_the_chosen_one(self, target: Target) -> None:
        """What comes after it stays pending."""
        async with driven(target) as console:
            await opened(console)
            await console.press("down", "u")
            await console.sees("Apply 2 migrations", "up  0001_people", "up  0002_ada")
            await console.press("y")
            await console.sees("2 migrations done", "2 applied, 1 pending")

    async def test_no_is_no(self, target: Target) -> None:
        """n and escape leave everything as it was."""
        async with driven(target) as console:
            await opened(console)
            await console.press("u")
            await console.sees("y yes")
            await console.press("n")
            await console.sees_no_more("y yes")
            assert "3 pending" in console.text

    async def test_the_plan_lists_statements(self, target: Target) -> None:
        """Statement by statement, with lines, and nothing is run."""
        async with driven(target, size=(160, 40)) as console:
            await opened(console)
            await console.press("end", "p")
            await console.sees("0002_ada", "one transaction", "INSERT INTO people", "ALTER TABLE people ADD age")
            assert "3 pending" in console.text

    async def test_verify_and_history(self, target: Target) -> None:
        """Checks are counted; the history says who did what."""
        async with driven(target, size=(180, 40)) as console:
            await applied(console)
            await console.press("v")
            await console.sees("1/1 passed", "people", "the table")
            await console.press("H")
            await console.sees("0003_age", "direction", "postgres (")

    async def test_a_failure_shows_the_place_and_what_remains(self, target: Target, folder: Path) -> None:
        """Statement, line, column; nothing of the migration remains, those before it do."""
        write(folder, "0004_bad", "CREATE TABLE x (id int);\n\nALTER TABLE nowhere ADD a int;", "DROP TABLE x;")
        async with driven(target) as console:
            await opened(console)
            await console.press("end", "u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("✗", "nowhere", "Line 3", "3 applied, 1 pending")

    async def test_who_holds_a_lock_is_said_and_ctrl_c_stops(self, target: Target, databases: Databases) -> None:
        """The run waits a moment, says for whom, and is cancelled on the server."""
        async with driven(target, size=(140, 40)) as console:
            await opened(console)
            await console.press("down", "u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("2 applied, 1 pending")
            with databases.connect(target) as other:
                pid = other.info.backend_pid
                other.execute("BEGIN")
                other.execute("LOCK people")
                await console.press("end", "u")
                await console.sees("y yes")
                await console.press("y")
                await console.sees("waiting for a lock held by", str(pid))
                await console.press("q")
                await console.sees("Migrations are running")
                await console.press("ctrl+c")
                await console.sees("✗", "0003_age")
                await console.sees("2 applied, 1 pending")


class TestRehearsing:
    async def test_every_verdict_is_shown_and_nothing_is_applied(self, target: Target) -> None:
        """Part by part while it runs, then what was proved."""
        async with driven(target, size=(160, 40)) as console:
            await opened(console)
            await console.press("end", "e")
            await console.sees("rehearse 3 migrations of")
            await console.sees("3 migrations proved in PostgreSQL", "0003_age  up ✓  verify –  down ✓  equal ✓")
            assert "3 pending" in console.text

    async def test_a_difference_is_shown(self, target: Target, folder: Path) -> None:
        """What down leaves, by name."""
        write(folder, "0003_age", "ALTER TABLE people ADD COLUMN IF NOT EXISTS age int;", "SELECT 1;")
        async with driven(target, size=(160, 40)) as console:
            await opened(console)
            await console.press("end", "e")
            await console.sees("2 of 3 migrations proved", "equal ✗", "column public.people.age is left behind")

    async def test_ctrl_c_stops_it(self, target: Target, folder: Path) -> None:
        """The shadow goes, and it is said."""
        write(folder, "0003_age", "SELECT pg_sleep(60);", "SELECT 1;")
        async with driven(target, size=(160, 40)) as console:
            await opened(console)
            await console.press("end", "e")
            await console.sees("3/3  0003_age up")
            await console.press("ctrl+c")
            await console.sees("✗ Stopped while migrations were being rehearsed")

    async def test_a_scratch_database_is_asked_for(self, target: Target, folder: Path) -> None:
        """On the target's own server, as anything that writes."""
        guarded = with_folder(target, folder, guard=Guard.CONFIRM)
        assert guarded.profile is not None
        beside = replace(guarded, profile=replace(guarded.profile, shadow="same-server"))
        async with driven(beside, size=(160, 40)) as console:
            await opened(console)
            await console.press("end", "e")
            await console.sees("Make a scratch database on its server")
            await console.press("y")
            await console.sees("3 migrations proved in PostgreSQL", "(same-server)")

    async def test_nothing_pending_cannot_be_rehearsed(self, target: Target) -> None:
        """The key says why."""
        async with driven(target) as console:
            await applied(console)
            await console.press("e")
            await console.sees("Nothing is pending.")


class TestProduction:
    @pytest.mark.parametrize("size", [(80, 24), (120, 36)])
    async def test_the_banner_cannot_be_missed(self, target: Target, folder: Path, size: tuple[int, int]) -> None:
        """At any width."""
        async with driven(with_folder(target, folder, guard=Guard.PRODUCTION), size=size) as console:
            await opened(console)
            assert "PRODUCTION" in console.lines[0]
            assert "(read-only)" in console.lines[0]

    async def test_the_name_must_be_typed(self, target: Target, folder: Path) -> None:
        """A wrong name is refused, the right one lets it run."""
        prod = with_folder(target, folder, guard=Guard.PRODUCTION)
        async with driven(prod) as console:
            await opened(console)
            await console.press("u")
            await console.sees(f"Type {prod.name} to go on")
            await console.type("something")
            await console.press("enter")
            await console.sees("Type", "not")
            assert "3 pending" in console.text
            await console.press("ctrl+u")
            await console.type(prod.name)
            await console.press("enter")
            await console.sees("1 migration done", "1 applied, 2 pending")


class TestFolders:
    async def test_an_empty_folder_says_so(self, database: Target, tmp_path: Path) -> None:
        """In the place of the list, with the way out."""
        async with driven(with_folder(database, tmp_path)) as console:
            await opened(console, "There is no migration in")

    async def test_no_folder_says_so(self, database: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """None is configured and none is here."""
        monkeypatch.chdir(tmp_path)
        async with driven(database) as console:
            await opened(console, "There is no folder of migrations here")

    async def test_a_broken_folder_says_what_is_wrong_and_r_reads_again(self, target: Target, folder: Path) -> None:
        """Duplicates are named; once mended, r shows the list."""
        write(folder, "0002_twin", "SELECT 1;")
        async with driven(target) as console:
            await opened(console, "Version 2 is there 2 times")
            (folder / "0002_twin.up.sql").unlink()
            await console.press("r")
            await console.sees("3 pending")
            assert "is there 2 times" not in console.text

    async def test_another_database_has_its_own(
        self, target: Target, tmp_path: Path, make_database: Callable[..., Target]
    ) -> None:
        """After a switch nothing of the first one stays."""
        other = tmp_path / "other"
        other.mkdir()
        tables(other, 2)
        second = with_folder(make_database(), other)
        async with driven(target, second) as console:
            await opened(console)
            await console.press("o")
            await console.sees("Go to", second.name)
            await console.type(second.name)
            await console.press("enter")
            await console.sees("other · ledger", "2 pending", "CREATE TABLE t1")
            assert "people" not in console.text


class TestNarrow:
    async def test_the_text_covers_the_list_and_goes_again(self, target: Target) -> None:
        """At 80 columns enter goes over, escape comes back."""
        async with driven(target, size=(80, 24)) as console:
            await opened(console)
            await console.press("enter")
            await console.sees("CREATE TABLE people")
            await console.sees_no_more("3 pending")
            await console.press("escape")
            await console.sees("3 pending")


def only_report(folder: Path) -> str:
    [written] = folder.glob("report-*.md")
    return written.read_text("utf-8")


class TestReport:
    async def test_it_is_written_where_one_says(
        self, target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The usual name is typed in already; enter writes the report into the working folder."""
        monkeypatch.chdir(tmp_path)
        async with driven(target) as console:
            await applied(console)
            await console.press("w")
            await console.sees("Write the report to", f"report-{target.database}-")
            await console.press("enter")
            await console.sees("The report is in", "3 applied;")
        assert "## Next steps" in only_report(tmp_path)

    async def test_it_can_be_stopped(self, target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """ctrl+c ends it, and the program goes on."""
        monkeypatch.chdir(tmp_path)
        write(tmp_path / "shop", "0004_slow", "SELECT pg_sleep(60);")
        async with driven(target) as console:
            await opened(console, "4 pending")
            await console.press("w")
            await console.sees("Write the report to")
            await console.press("enter")
            await console.sees("Writing the report …")
            await console.press("ctrl+c")
            await console.sees("ancelled")
            await console.press("v")
            await console.sees("0/1 passed")
        assert "report" not in " ".join(os.listdir(tmp_path))

    async def test_a_place_that_is_none_is_a_sentence(self, target: Target, tmp_path: Path) -> None:
        """Nothing is made then."""
        async with driven(target) as console:
            await opened(console)
            await console.press("w")
            await console.sees("Write the report to")
            await console.press("ctrl+a", "ctrl+k")
            await console.type(str(tmp_path / "nowhere" / "r.md"))
            await console.press("enter")
            await console.sees("There is no folder")


class TestLint:
    async def test_a_tab_says_what_may_happen(self, target: Target, folder: Path, databases: Databases) -> None:
        """With the sizes of the tables that are there; another migration under the cursor, other hazards."""
        write(folder, "0004_gone", "DROP TABLE people;", "SELECT 1;")
        async with driven(target) as console:
            await opened(console)
            await console.press("down", "down", "u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("3 migrations done", "3 applied, 1 pending")
            await console.press("end", *["right_square_bracket"] * 3)
            await console.sees("0004_gone · pending", "DROP TABLE people", "Drops public.people", "these rows are lost")
            await console.press("u")
            await console.sees("Apply 1 migration", "✗  Drops public.people", "y yes")
            await console.press("n", "home")
            await console.sees("0001_people", "An int ends at 2,147,483,647.", "→ Take bigint")


class TestOwnTools:
    """Migrations that only their own tool runs."""

    @pytest.mark.parametrize("tool", sorted(OWN))
    async def test_their_state_is_shown_and_why_nothing_runs_here(
        self, database: Target, databases: Databases, tmp_path: Path, tool: str
    ) -> None:
        """The states, what applies and rolls back, the text as it is; u and d say whose command does it."""
        own = OWN[tool]
        own.make(tmp_path)
        with databases.connect(database) as connection:
            for statement in own.records(tmp_path):
                connection.execute(statement)  # type: ignore[call-overload]
        below = {"sqitch": ".", "alembic": "alembic"}.get(tool, "migrations")
        async with driven(with_folder(database, tmp_path / below), size=(120, 36)) as console:
            await opened(console, f"ledger {tool}", own.versions[0], "2 applied, 1 pending", "CREATE TA")
            await console.sees(own.command, "are only read here")
            await console.press("end", "u")
            await console.sees("only read here; ")
            screen = console.app.screen
            assert isinstance(screen, MigrationsScreen)
            assert own.command in (screen.why_not_up() or "")
            for why in (screen.why_not_down(), screen.why_not_adopt(), screen.why_not_repair()):
                assert "only read here" in (why or "")


class TestTrial:
    async def test_it_tells_what_it_did_and_nothing_remains(self, target: Target, databases: Databases) -> None:
        """Asked first; then each statement with its lock, and the list is as before."""
        async with driven(target) as console:
            await opened(console)
            await console.press("end", "t")
            await console.sees("Try 3 migrations with locks for at most 5 s, and roll back", "y yes")
            await console.press("y")
            await console.sees("rolled back after", "0001_people", "INSERT INTO people", "3 pending")
        with databases.connect(target) as connection:
            assert connection.execute("SELECT to_regclass('people'), to_regclass('dbconsole.history')").fetchone() == (
                None,
                None,
            )

    async def test_a_statement_that_fails_is_told(self, target: Target, folder: Path) -> None:
        """The panel is red, the list says what the server said."""
        write(folder, "0004_bad", "SELECT 1/0;", "SELECT 1;")
        async with driven(target) as console:
            await opened(console)
            await console.press("end", "t")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("✗", "0004_bad.up.sql failed:", "1 failed; rolled back")


class TestAudit:
    async def test_expected_and_found_stand_side_by_side(self, target: Target, databases: Databases) -> None:
        """What is missing comes first, with the migration that would have made it."""
        async with driven(target) as console:
            await applied(console)
            with databases.connect(target) as connection:
                connection.execute("ALTER TABLE people DROP COLUMN age")
            await console.press("A")
            await console.sees("≠", "public.people", "1/2", "missing", "made by 0003_age")


class TestPreflight:
    async def test_what_stops_a_plan_is_said_before_the_question(self, target: Target, folder: Path) -> None:
        """An extension that the server does not have."""
        write(folder, "0004_geo", "CREATE EXTENSION postgis;", "DROP EXTENSION postgis;")
        async with driven(target) as console:
            await opened(console)
            await console.press("end", "u")
            await console.sees("postgis")
            assert "y yes" not in console.text
