"""Keys pressed while what they need is being read: they wait for it, unless something else is done first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.events import MouseDown

from console.config.profile import Target
from console.db.session import Session
from console.ui.doors import Choice, Saying
from console.ui.screens.migrations import known
from console.ui.screens.schema.browsing import Browsing
from tests.migrations.project import write
from tests.ui.driving import Driver, Straight, driven
from tests.ui.migrations.going import with_folder

MADE = """
CREATE TABLE held (id int PRIMARY KEY, word text);
INSERT INTO held VALUES (1, 'one'), (2, 'two');
CREATE TABLE free (id int PRIMARY KEY, held int REFERENCES held);
INSERT INTO free VALUES (7, 2)
"""


class Held(Straight):
    """Doors that open nothing, and list nothing, before they are told to."""

    def __init__(self, first: Target, *others: Target) -> None:
        super().__init__(first, *others)
        self.asked = ""
        self.may_open = asyncio.Event()
        self.may_list = asyncio.Event()

    async def target(self, word: str | None) -> Target:
        self.asked = word or self.asked
        return await super().target(word)

    async def open(self, target: Target, say: Saying) -> Session:
        await self.may_open.wait()
        return await super().open(target, say)

    async def choices(self, session: Session | None) -> Sequence[Choice]:
        await self.may_list.wait()
        return await super().choices(session)


def gated(real: Callable[..., Awaitable[Any]]) -> tuple[Callable[..., Awaitable[Any]], asyncio.Event]:
    """Return a reading that waits for an event before it reads, and the event."""
    gate = asyncio.Event()

    async def reading(*words: Any, **more: Any) -> Any:
        await gate.wait()
        return await real(*words, **more)

    return reading, gate


@pytest.fixture
def rows_held(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Hold all rows back until the event is set."""
    reading, gate = gated(Browsing.open)
    monkeypatch.setattr(Browsing, "open", reading)
    return gate


@pytest.fixture
def migrations_held(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Hold folder and ledger back until the event is set."""
    reading, gate = gated(known.read)
    monkeypatch.setattr(known, "read", reading)
    return gate


@pytest.fixture
def made(make_database: Callable[..., Target]) -> Target:
    return make_database(MADE)


@pytest.fixture
def with_migrations(made: Target, tmp_path: Path) -> Target:
    write(tmp_path, "0001_people", "CREATE TABLE people (id int PRIMARY KEY);", "DROP TABLE people;")
    return with_folder(made, tmp_path)


async def to_rows(console: Driver, name: str) -> None:
    """Ask for the rows of a table."""
    await console.sees("Schema ·")
    await console.press("slash")
    await console.sees("Find in")
    await console.type(name)
    await console.press("enter")
    await console.sees(f"{name} · table")
    await console.press("b")


class TestBeforeTheDatabaseIsOpen:
    @pytest.mark.parametrize(
        ("place", "key", "seen"),
        [
            ("schema", "full_stop", "information_schema"),
            ("schema", "d", "CREATE SCHEMA"),
            ("migrations", "H", "direction"),
            ("migrations", "p", "CREATE TABLE people"),
        ],
    )
    async def test_what_a_key_asks_for_comes(self, with_migrations: Target, place: str, key: str, seen: str) -> None:
        """Also when it takes so long that the console says what it waits for."""
        doors = Held(with_migrations)
        async with driven(doors=doors, place=place) as console:
            await console.press(key)
            await console.sees("The database is still being opened")
            doors.may_open.set()
            await console.sees(seen)

    async def test_another_key_takes_its_place(self, with_migrations: Target) -> None:
        """Also one that does nothing."""
        doors = Held(with_migrations)
        async with driven(doors=doors) as console:
            await console.press("d", "z")
            doors.may_open.set()
            await console.sees("Schema ·", "held", "/ find anything")

    async def test_what_cannot_be_opened_says_so(self, with_migrations: Target) -> None:
        doors = Held(Target("nowhere", {"host": "/nowhere", "port": "1", "dbname": "x", "user": "x"}))
        async with driven(doors=doors) as console:
            await console.press("d")
            doors.may_open.set()
            await console.sees("r try again")
            assert console.app.postponed is not None
            await console.press("escape", "d")
            await console.sees("Nothing is chosen.")


class TestMigrations:
    @pytest.mark.parametrize(
        ("key", "seen"),
        [("p", "CREATE TABLE people"), ("a", "Record 1 migration as applied"), ("R", "Nothing has to be repaired.")],
    )
    async def test_keys_wait_for_the_list(
        self, with_migrations: Target, migrations_held: asyncio.Event, key: str, seen: str
    ) -> None:
        async with driven(with_migrations) as console:
            await console.sees("Schema ·")
            await console.press("3", key)
            await console.sees("The migrations are still being read")
            migrations_held.set()
            await console.sees(seen)

    async def test_what_is_read_after_a_run_is_waited_for(self, with_migrations: Target) -> None:
        """The list from before the run is not what a key means."""
        async with driven(with_migrations, place="migrations") as console:
            await console.sees("0001", "pending")
            screen = console.app.screen
            await console.press("u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("1 applied")
            screen.read_again()  # type: ignore[attr-defined]
            assert screen.why_not("plan") == "The migrations are still being read."  # type: ignore[attr-defined]

    async def test_the_history_does_not_stop_it(self, with_migrations: Target, migrations_held: asyncio.Event) -> None:
        """It needs no folder, and comes at once; the list comes as well."""
        async with driven(with_migrations) as console:
            await console.sees("Schema ·")
            await console.press("3", "H")
            await console.sees("direction")
            migrations_held.set()
            await console.sees("0001", "pending")

    async def test_a_folder_that_cannot_be_read_says_so(self, made: Target, tmp_path: Path) -> None:
        """The key then says where the reason stands; and the database is open all the same."""
        async with driven(with_folder(made, tmp_path / "gone"), place="migrations") as console:
            await console.sees("There is no folder")
            await console.press("p")
            await console.sees("There are no migrations here")


class TestRows:
    @pytest.mark.parametrize(("key", "seen"), [("w", "A condition in SQL"), ("s", "▲"), ("Y", "Copy as")])
    async def test_keys_wait_for_the_rows(self, made: Target, rows_held: asyncio.Event, key: str, seen: str) -> None:
        async with driven(made) as console:
            await to_rows(console, "public.held")
            await console.press(key)
            await console.sees("The rows are still being read")
            rows_held.set()
            await console.sees(seen)

    async def test_they_are_not_for_the_rows_before(self, made: Target, rows_held: asyncio.Event) -> None:
        """Who follows a key and filters at once means the rows that the key leads to."""
        rows_held.set()
        async with driven(made) as console:
            await to_rows(console, "public.free")
            await console.sees("7")
            rows_held.clear()
            await console.press("right", "f", "w")
            await console.sees("The rows are still being read")
            rows_held.set()
            await console.sees("A condition in SQL", "two")
            await console.press("escape")
            await console.sees("public.held · table", "two")

    async def test_a_click_takes_the_place_of_a_key(self, made: Target, rows_held: asyncio.Event) -> None:
        async with driven(made) as console:
            await to_rows(console, "public.held")
            await console.press("w")
            assert console.app.postponed is not None
            console.app.post_message(MouseDown(None, 5, 5, 0, 0, 1, False, False, False))
            await console.pilot.pause()
            assert console.app.postponed is None


class TestSwitcher:
    async def test_enter_waits_for_the_places(self, made: Target, database: Target) -> None:
        """What was typed of a name is not taken for a place of its own."""
        doors = Held(made, database)
        doors.may_open.set()
        async with driven(doors=doors) as console:
            await console.sees("Schema ·")
            await console.press("o")
            await console.sees("looking …")
            await console.type(database.name[-1:])
            await console.press("enter")
            await console.sees("looking …")
            doors.may_list.set()
            await console.sees_no_more("Go to")
            assert doors.asked == next(name for name in (made.name, database.name) if database.name[-1:] in name)
