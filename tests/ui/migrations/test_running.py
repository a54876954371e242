"""Migrations are run from the screen: applied, rolled back, recorded; what stops them is said."""

from __future__ import annotations

from pathlib import Path

from console.config.profile import Target
from tests.databases import Databases
from tests.migrations.project import write
from tests.ui.driving import driven
from tests.ui.migrations.going import applied, opened


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
                await console.sees("The server is told to stop")
                assert "confirmed" not in console.text
                await console.sees("✗", "0003_age")
                await console.sees("2 applied, 1 pending")


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


class TestPreflight:
    async def test_what_stops_a_plan_is_said_before_the_question(self, target: Target, folder: Path) -> None:
        """An extension that the server does not have."""
        write(folder, "0004_geo", "CREATE EXTENSION postgis;", "DROP EXTENSION postgis;")
        async with driven(target) as console:
            await opened(console)
            await console.press("end", "u")
            await console.sees("postgis")
            assert "y yes" not in console.text
