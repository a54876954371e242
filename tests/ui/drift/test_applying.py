"""The drift screen: what is taken is run, as a migration or directly, with consent."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Guard, Profile, Target
from tests.databases import Databases
from tests.migrations.project import write
from tests.ui.drift.going import A, compared
from tests.ui.driving import driven


class TestApplying:
    async def test_directly(self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Asked first with what is proved and what it may do; afterwards it compares again."""
        monkeypatch.chdir(tmp_path)
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("u")
            await console.sees("Run ", "proved in PostgreSQL", "directly:", "y yes")
            await console.press("y")
            await console.sees("✓ no drift")

    async def test_production_takes_only_what_is_proved(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, databases: Databases
    ) -> None:
        """There is no shadow: elsewhere that is said in the question, on production nothing is asked."""
        monkeypatch.chdir(tmp_path)
        nowhere = Profile(pair[0].name, shadow="postgresql:///postgres?host=/nowhere&port=1")
        one = replace(pair[0], profile=nowhere)
        async with driven(one, pair[1]) as console:
            await compared(console, pair[1].name)
            await console.press("u")
            await console.sees("y yes", "not proved")
        async with driven(replace(one, name="prod", guard=Guard.PRODUCTION), pair[1]) as console:
            await compared(console, pair[1].name)
            await console.press("u")
            await console.sees("prod is production:", "w writes the SQL")
        with databases.connect(pair[0]) as connection:
            assert connection.execute("SELECT to_regtype('public.mood') IS NULL").fetchone() == (True,)

    async def test_a_part_on_production(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, databases: Databases
    ) -> None:
        """Its name is to be typed; what was not taken is left."""
        monkeypatch.chdir(tmp_path)
        target = replace(pair[0], name="prod", guard=Guard.PRODUCTION)
        async with driven(target, pair[1]) as console:
            await compared(console, pair[1].name)
            await console.press("A", "home", "space", "u")
            await console.sees("Type prod to go on")
            await console.type("prod")
            await console.press("enter")
            await console.sees("5 changes")
        with databases.connect(pair[0]) as connection:
            assert connection.execute("SELECT to_regtype('public.mood') IS NOT NULL").fetchone() == (True,)

    async def test_what_fails_leaves_nothing(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, databases: Databases
    ) -> None:
        """What the server said, and what the state is."""
        monkeypatch.chdir(tmp_path)
        with databases.connect(pair[1]) as connection:
            connection.execute("ALTER TABLE public.people ADD CHECK (name <> '')")
        with databases.connect(pair[0]) as connection:
            connection.execute("INSERT INTO public.people VALUES (1, '', 2)")
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("✗", "is violated", "Nothing of the changes remains.")

    async def test_a_database_that_has_changed_since_is_left_alone(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, databases: Databases
    ) -> None:
        monkeypatch.chdir(tmp_path)
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            with databases.connect(pair[0]) as connection:
                connection.execute("ALTER TABLE public.people ADD COLUMN late text")
            await console.press("u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("has changed since it was compared", "column public.people.late")

    async def test_it_waits_for_a_lock(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, databases: Databases
    ) -> None:
        """Who holds it is named and can be ended; then it goes through."""
        monkeypatch.chdir(tmp_path)
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            with closing(databases.connect(pair[0])) as other:
                other.execute("BEGIN")
                other.execute("LOCK TABLE public.people IN ACCESS SHARE MODE")
                await console.press("u")
                await console.sees("y yes")
                await console.press("y")
                await console.sees("waiting for a lock held by", "x ends it")
                await console.press("x")
                await console.sees("y yes")
                await console.press("y")
                await console.sees("✓ no drift")

    async def test_as_a_migration(self, pair: tuple[Target, Target], tmp_path: Path, databases: Databases) -> None:
        """Where the database follows a folder, the changes become its next migration."""
        target, folder = pair[0], tmp_path / "shop"
        folder.mkdir()
        write(folder, "0001_more", "CREATE TABLE more (id int);", "DROP TABLE more;")
        profile = replace(target.profile, migrations=folder) if target.profile else None
        with databases.connect(pair[1]) as connection:
            connection.execute("CREATE TABLE public.more (id int)")
        async with driven(replace(target, profile=profile), pair[1]) as console:
            await console.press("3")
            await console.sees("pending")
            await console.press("u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("1 applied")
            await compared(console, pair[1].name)
            await console.press("u")
            await console.sees("Apply as a migration")
            await console.press("enter")
            await console.sees("up  0002_drift", "y yes")
            await console.press("y")
            await console.sees("✓ no drift")
            await console.press("3")
            await console.sees("2 applied")
        with databases.connect(target) as connection:
            connection.execute("CREATE TABLE public.by_hand (id int)")
        async with driven(replace(target, profile=profile)) as console:
            await console.press("3")
            await console.sees("2 applied", "≠ 1")

    async def test_only_a_database(self, pair: tuple[Target, Target], tmp_path: Path) -> None:
        (tmp_path / "a.sql").write_text(A)
        async with driven(*pair) as console:
            await compared(console, f"sql:{tmp_path}/a.sql", "✓ no drift")
            await compared(console, pair[1].name)
            await console.press("s", "r")
            await console.sees("6 changes")
            await console.press("f")
            await console.sees("type dir:FOLDER")
            await console.type(f"sql:{tmp_path}/a.sql")
            await console.press("enter", "t")
            await console.sees("type dir:FOLDER")
            await console.type(pair[1].name)
            await console.press("enter", "r")
            await console.sees("6 changes")
            await console.press("u")
            await console.sees("The first side is no database")
