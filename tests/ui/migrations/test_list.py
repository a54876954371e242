"""The list of migrations on a real database: every state, every folder, any width, and production."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Guard, Target
from tests.migrations.project import tables, write
from tests.ui.driving import driven
from tests.ui.migrations.going import applied, opened, with_folder


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
