"""The drift screen: sides, what differs, and what is said when that cannot be compared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.databases import Databases
from tests.migrations.project import write
from tests.ui.drift.going import A, B, compared
from tests.ui.driving import driven


class TestComparing:
    async def test_it_shows_what_differs(self, pair: tuple[Target, Target]) -> None:
        """Objects with their parts; both definitions of the chosen one, its SQL, what it may do."""
        async with driven(*pair) as console:
            await compared(console, pair[1].name, "✓ + type", "public.mood", "✓ − table", "public.gone", "6 changes")
            await console.press("end")
            await console.sees("+ 1 column, + 1 index", "table public.people", "−     id integer NOT NULL")
            await console.press("right")
            await console.sees("✓ + column mood", "✓ − column age", "✓ ~ column id type: integer, now bigint")
            await console.press("right_square_bracket")
            await console.sees("ALTER TABLE public.people ADD COLUMN mood")
            await console.press("right_square_bracket")
            await console.sees("! Drops age of public.people", "→ ")
            await console.press("right_square_bracket")
            await console.sees(": 6 changes.", "BEGIN;")
            await console.press("right_square_bracket")
            await console.sees("What was compared")

    async def test_both_stand_beside_each_other_where_there_is_room(self, pair: tuple[Target, Target]) -> None:
        """The whole width is a key away."""
        async with driven(*pair) as console:
            await compared(console, pair[1].name)
            await console.press("end", "z")
            await console.sees("id integer NOT NULL,", "│ +     id bigint NOT NULL,")
            assert "public.gone" not in console.text
            await console.press("escape")
            await console.sees("public.gone")

    async def test_no_drift_says_what_was_compared(self, make_database: Callable[..., Target]) -> None:
        one, two = make_database(A), make_database(A)
        async with driven(one, two) as console:
            await compared(console, two.name, "✓ no drift", f"{one.name} is as {two.name}")
            await console.press("e")
            await console.sees("There is no drift.")

    async def test_a_file_that_is_not_there_is_said_in_place(
        self, pair: tuple[Target, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was typed stays to be mended."""
        monkeypatch.chdir(tmp_path)
        async with driven(*pair) as console:
            await console.press("4", "f")
            await console.sees("type dir:FOLDER")
            await console.type("sql:none.sql")
            await console.press("enter")
            await console.sees("There is no file")
            (tmp_path / "none.sql").write_text(B)
            await console.press("enter")
            await console.sees("Drift · sql:none.sql → the migrations of")
            await console.press("s")
            await console.sees(f"Drift · the migrations of {pair[0].name} → sql:")

    async def test_what_cannot_be_read_is_said(self, pair: tuple[Target, Target], tmp_path: Path) -> None:
        """An error stands in the panel, and the sides stay."""
        (tmp_path / "bad.sql").write_text("CREATE TABEL x ();")
        async with driven(*pair) as console:
            await compared(console, f"sql:{tmp_path}/bad.sql", "✗", "syntax error")

    async def test_its_own_migrations(self, pair: tuple[Target, Target], tmp_path: Path, databases: Databases) -> None:
        """What somebody has done by hand is drift, and a badge on the top line."""
        target, folder = pair[0], tmp_path / "shop"
        folder.mkdir()
        write(folder, "0001_all", A, "DROP VIEW names; DROP TABLE gone, people;")
        with databases.connect(target) as connection:
            connection.execute("ALTER TABLE public.people ADD COLUMN by_hand text")
        profile = replace(target.profile, migrations=folder) if target.profile else None
        async with driven(replace(target, profile=profile)) as console:
            await console.press("4")
            await console.sees("→ its migrations", "is made in a throw-away")
            await console.press("r")
            await console.sees("✓ ~ table", "− 1 column", "1 change ·", "≠ 1")
            assert "≠ 1" in console.lines[0]

    async def test_who_changed_it(self, pair: tuple[Target, Target], tmp_path: Path, databases: Databases) -> None:
        """Where migrations are applied, a change says whose it is."""
        target, folder = pair[0], tmp_path / "shop"
        folder.mkdir()
        write(folder, "0001_more", "CREATE TABLE more (id int);", "DROP TABLE more;")
        profile = replace(target.profile, migrations=folder) if target.profile else None
        async with driven(replace(target, profile=profile)) as console:
            await console.press("3")
            await console.sees("pending")
            await console.press("u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("1 applied")
            with databases.connect(target) as connection:
                connection.execute("ALTER TABLE public.more ADD COLUMN by_hand text")
            await console.press("4", "r")
            await console.sees("− 1 column")
            await console.press("home", "down")
            await console.sees("by hand after")

    async def test_what_is_locked_is_named(self, pair: tuple[Target, Target], databases: Databases) -> None:
        """It is not known whether it differs, and that is no “no drift”."""
        async with driven(*pair) as console:
            with closing(databases.connect(pair[0])) as other:
                other.execute("BEGIN")
                other.execute("LOCK TABLE public.people IN ACCESS EXCLUSIVE MODE")
                await compared(console, pair[1].name, "not handled")
                await console.press(*["right_square_bracket"] * 4)
                await console.sees("Seen, not handled", "public.people", "locked")

    async def test_a_connection_that_is_lost(self, pair: tuple[Target, Target], databases: Databases) -> None:
        """It is said, and the sides stay: r compares again."""
        async with driven(*pair) as console:
            await compared(console, pair[1].name, "6 changes")
            with databases.connect() as connection:
                ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                connection.execute(ended, [pair[0].database])
                connection.execute(f"ALTER DATABASE {pair[0].database} ALLOW_CONNECTIONS false".encode())
            await console.press("r")
            await console.sees("✗", "not currently accepting")
            with databases.connect() as connection:
                connection.execute(f"ALTER DATABASE {pair[0].database} ALLOW_CONNECTIONS true".encode())
            await console.press("r")
            await console.sees("6 changes")

    async def test_it_can_be_stopped(
        self, pair: tuple[Target, Target], databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl-c ends it, the shadow is gone, and nothing is shown."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "slow.sql").write_text("SELECT pg_sleep(60);")
        async with driven(*pair) as console:
            await console.press("4", "t")
            await console.sees("type dir:FOLDER")
            await console.type("sql:slow.sql")
            await console.press("enter")
            await console.sees("enter or r compares")
            await console.press("r")
            await console.sees("in the shadow …")
            await console.press("e")
            await console.sees("Something is under way")
            await console.press("ctrl+c")
            await console.sees("Stopped while two schemas were being compared; the shadow is")
        with databases.connect() as connection:
            left = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%'")
            assert left.fetchone() == (1,)  # that is who asks

    async def test_names_that_would_harm(self, make_database: Callable[..., Target]) -> None:
        """Nothing from a database is drawn as it is."""
        two = make_database('CREATE TABLE public."a\x1b[31m[bold]b" ("c\x07" int);')
        async with driven(make_database(), two) as console:
            await compared(console, two.name, "[bold]b")
            assert "\x1b" not in console.text
            assert "\x07" not in console.text

    async def test_narrow(self, pair: tuple[Target, Target]) -> None:
        """At 80 columns the texts come over the tree with enter, one into the other."""
        async with driven(*pair, size=(80, 24)) as console:
            await compared(console, pair[1].name)
            await console.press("end", "enter")
            await console.sees("−     id integer NOT NULL", "+     id bigint NOT NULL")
            assert "public.gone" not in console.text
            await console.press("escape")
            await console.sees("public.gone")
