"""The drift screen: what is taken of the changes, proved, saved and run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.migrations.project import write
from tests.ui.drift.going import A, compared
from tests.ui.driving import driven


class TestChoosing:
    async def test_what_it_needs_comes_along(self, pair: tuple[Target, Target]) -> None:
        """A column brings its type; leaving the type leaves the column; both are said."""
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("A")
            await console.sees("0 of 6 changes", "· + type", "· − table")
            await console.press("e")
            await console.sees("Nothing is taken")
            await console.press("end", "right", "right")
            while "column public.people.mood" not in console.text:
                await console.press("down")
            await console.press("space")
            await console.sees("2 of 6 changes", "✓ + column mood", "✓ + type", "takes with it", "– ~ table")
            await console.press("home", "space")
            await console.sees("Leaves with it what needs it")
            await console.sees("· + type", "· ~ table")
            await console.press("a")
            await console.sees("6 changes ·", "✓ − table")

    async def test_the_whole_is_that_of_what_is_taken(self, pair: tuple[Target, Target]) -> None:
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("A", "home", "space")
            await console.sees("1 of 6 changes")
            await console.press(*["right_square_bracket"] * 3)
            await console.sees("CREATE TYPE public.mood", "a part of")
            assert "DROP TABLE" not in console.text

    async def test_a_filter(self, pair: tuple[Target, Target]) -> None:
        """By kind, schema, hazard and name; the cursor stays where it can; escape shows everything again."""
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("slash")
            await console.type("!loss")
            await console.sees("public.gone", "public.people")
            await console.sees_no_more("public.mood ")
            await console.type(" kind:index")
            await console.sees("Nothing matches among 6 changes")
            await console.press("escape")
            await console.sees("public.mood")
            await console.press("slash")
            await console.type("people_name")
            await console.press("enter", "a", "A")
            await console.sees("5 of 6 changes", "· ~ table")

    async def test_wishes(self, pair: tuple[Target, Target]) -> None:
        """Keeping data and going online plan anew, without reading anew."""
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("K")
            await console.sees("data kept (2 left out)")
            await console.press("O", *["right_square_bracket"] * 3)
            await console.sees("online", "CREATE INDEX CONCURRENTLY")
            await console.press("K")
            await console.sees("6 changes · e proves · online")

    async def test_a_rename_is_taken_and_taken_back(self, make_database: Callable[..., Target]) -> None:
        """It is offered, and no rows are lost then."""
        one = make_database("CREATE TABLE public.t (id int, email text, n int)")
        two = make_database("CREATE TABLE public.t (id int, e_mail text, n int)")
        async with driven(one, two) as console:
            await compared(console, two.name, "2 changes", "1 rename? n")
            await console.press("n")
            await console.sees("public.t.email is", "by then")
            await console.press("enter")
            await console.sees("1 change ·")
            await console.press("right_square_bracket")
            await console.sees("ALTER TABLE public.t RENAME COLUMN email TO")
            await console.press("n")
            await console.sees("take it back")
            await console.press("enter")
            await console.sees("2 changes", "1 rename? n")


class TestFinishing:
    async def test_a_proof(self, pair: tuple[Target, Target]) -> None:
        """The verdict stands in the line of state; another choice has none."""
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("e")
            await console.sees("6 changes · proved in PostgreSQL", "✓ proved in")
            await console.press("home", "A")
            await console.sees("0 of 6 changes")
            await console.press("space", "e")
            await console.sees("1 of 6 changes · proved in PostgreSQL")

    async def test_files(self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The SQL and a snapshot, which is a side as well; and a copy."""
        monkeypatch.chdir(tmp_path)
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("w")
            await console.sees("Write the SQL to")
            await console.press("enter")
            await console.sees("The script is in drift.sql")
            assert "ALTER TABLE public.people ADD COLUMN mood" in (tmp_path / "drift.sql").read_text("utf-8")
            await console.press("y")
            await console.sees("Copied the SQL of what is taken")
            await console.press("S")
            await console.sees("Save a snapshot to")
            await console.press("enter")
            await console.sees("is in snapshot.json")
            await compared(console, "snapshot:snapshot.json", "✓ no drift")

    async def test_a_migration(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is proved and saved with its way back, in the folder that is there."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "migrations").mkdir()
        write(tmp_path / "migrations", "0001_all", A, "DROP VIEW names; DROP TABLE gone, people;")
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("m")
            await console.sees("Save as a migration", "The next migration of")
            await console.press("enter")
            await console.sees("proved in PostgreSQL", "saved: ")
        names = sorted(path.name for path in (tmp_path / "migrations").iterdir())
        assert [name for name in names if name.startswith("0002_drift")]

    async def test_without_a_folder_it_is_said(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("m")
            await console.sees("There is no folder of migrations here.")
