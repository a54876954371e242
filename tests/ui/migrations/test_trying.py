"""What is known of migrations without applying them: rehearsals, trials, hazards, audits, reports."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Guard, Target
from tests.databases import Databases
from tests.migrations.project import write
from tests.ui.driving import driven
from tests.ui.migrations.going import applied, opened, with_folder


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


class TestAudit:
    async def test_expected_and_found_stand_side_by_side(self, target: Target, databases: Databases) -> None:
        """What is missing comes first, with the migration that would have made it."""
        async with driven(target) as console:
            await applied(console)
            with databases.connect(target) as connection:
                connection.execute("ALTER TABLE people DROP COLUMN age")
            await console.press("A")
            await console.sees("≠", "public.people", "1/2", "missing", "made by 0003_age")

    async def test_it_can_be_stopped(self, target: Target, folder: Path) -> None:
        """ctrl+c ends it, nothing is claimed of it before, and other keys wait for that."""
        write(folder, "0004_slow", "SELECT pg_sleep(60);", "SELECT 1;")
        async with driven(target) as console:
            await opened(console, "4 pending")
            await console.press("A")
            await console.sees("running the migrations in a shadow")
            await console.press("u")
            await console.sees("A run is under way")
            await console.press("ctrl+c")
            await console.sees("The server is told to stop", "✗ ", "topped")
            assert "confirmed" not in console.text
            await console.press("v")
            await console.sees("0/1 passed")


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
            await console.sees("write a report of", "in a shadow …")
            await console.press("ctrl+c")
            await console.sees("The server is told to stop", "✗ ", "topped")
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
