"""The drift screen on real databases: two sides, the changes, what is taken of them, proofs, files, and applying."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Guard, Profile, Target
from tests.databases import Databases
from tests.migrations.project import write
from tests.ui.driving import Driver, driven

A = """
CREATE TABLE public.people (id integer PRIMARY KEY, name text, age integer);
CREATE TABLE public.gone (id integer);
CREATE VIEW public.names AS SELECT name FROM public.people;
"""
B = """
CREATE TYPE public.mood AS ENUM ('good', 'bad');
CREATE TABLE public.people (id bigint PRIMARY KEY, name text, mood public.mood);
CREATE INDEX people_name ON public.people (name);
CREATE VIEW public.names AS SELECT name FROM public.people;
"""


@pytest.fixture
def pair(make_database: Callable[..., Target], databases: Databases) -> tuple[Target, Target]:
    """Return two databases that have come apart; the shadow is a scratch database on their own server."""
    shadow = "postgresql:///postgres?" + "&".join(f"{name}={value}" for name, value in _way(databases).items())
    made = [make_database(source) for source in (A, B)]
    return tuple(replace(each, profile=Profile(each.name, shadow=shadow, lock_timeout=0.2)) for each in made)  # type: ignore[return-value]


def _way(databases: Databases) -> dict[str, str]:
    params = databases.target("postgres").params
    return {name: str(params[name]) for name in ("host", "port", "user") if name in params}


async def compared(console: Driver, to: str, *seen: str) -> None:
    """Compare the session's database with another side."""
    await console.press("4")
    await console.sees("Drift · ")
    await console.press("t")
    await console.sees("type dir:FOLDER")
    await console.type(to)
    await console.press("enter")
    await console.sees("Drift ·", "enter or r compares")
    await console.press("enter")
    await console.sees(*seen or ("e proves",))


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

    async def test_a_file_that_is_not_there_is_said_in_place(self, pair: tuple[Target, Target], tmp_path: Path) -> None:
        """What was typed stays to be mended."""
        async with driven(*pair) as console:
            await console.press("4", "f")
            await console.sees("type dir:FOLDER")
            await console.type(f"sql:{tmp_path}/none.sql")
            await console.press("enter")
            await console.sees("There is no file")
            (tmp_path / "none.sql").write_text(B)
            await console.press("enter")
            await console.sees("Drift · sql:", "none.sql → the migrations of")
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

    async def test_it_can_be_stopped(self, pair: tuple[Target, Target], databases: Databases, tmp_path: Path) -> None:
        """Ctrl-c ends it, the shadow is gone, and nothing is shown."""
        (tmp_path / "slow.sql").write_text("SELECT pg_sleep(60);")
        async with driven(*pair) as console:
            await console.press("4", "t")
            await console.sees("type dir:FOLDER")
            await console.type(f"sql:{tmp_path}/slow.sql")
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
