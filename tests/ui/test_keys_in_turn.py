"""Keys that come faster than what they do: none is lost, and none is taken for a command of the screen beneath."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.widgets import Input

from console.config.profile import Target
from console.db.session import Session
from console.ui.doors import Saying
from console.ui.screens.schema.find import Find
from tests.ui.driving import PATIENCE, Driver, Straight, driven

MADE = "CREATE TABLE kno (id int PRIMARY KEY, owned text); CREATE TABLE other (id int)"


@pytest.fixture
def made(make_database: Callable[..., Target]) -> Target:
    return make_database(MADE)


class TestTogether:
    """Keys that arrive in one piece, as over a slow line."""

    @pytest.mark.parametrize(
        ("keys", "seen"),
        [
            ("/kno.own", "public.kno.owned"),  # o would go to another database, k and n are keys of the tree
            ("/kno.own\r", "· owned"),
            ("o1qq", "1qq"),  # q would leave
            ("5n1q", "1q"),
            ("31/kno.own", "public.kno.owned"),
        ],
    )
    async def test_each_goes_where_those_before_it_lead(self, made: Target, keys: str, seen: str) -> None:
        async with driven(made) as console:
            await console.sees("Schema ·")
            await together(console, keys)
            await console.sees(seen)
            assert console.app.return_value is None

    async def test_what_is_at_work_holds_none_up(self, made: Target) -> None:
        """A key whose way ends, or takes long, is waited for no longer than a moment."""
        async with driven(made) as console:
            await console.sees("Schema ·")
            await together(console, "/")
            await console.sees("Find in")
            line, held = console.app.screen.query_one(Input), asyncio.Event()
            console.app.screen.call_later(held.wait)
            console.app.post_message(Key("up", None))
            console.app.post_message(key("z"))
            async with asyncio.timeout(PATIENCE):
                while line.value != "z":
                    await asyncio.sleep(0.02)
            held.set()


class TestBeforeThereIsADatabase:
    async def test_words_wait_for_the_names(self, made: Target) -> None:
        """So does enter."""
        doors = Waiting(made)
        async with driven(doors=doors) as console:
            await console.sees("building")
            await together(console, "/kno.own\r")
            await console.sees("kno.own", "still being read")
            doors.ready.set()
            await console.sees("· owned")
            assert not isinstance(console.app.screen, Find)

    async def test_enter_on_nothing_goes_nowhere(self, made: Target) -> None:
        doors = Waiting(made)
        async with driven(doors=doors) as console:
            await console.sees("building")
            await together(console, "/zzzz\r")
            doors.ready.set()
            await console.sees("Nothing has such a name.")

    async def test_a_question_before_the_first_picture_does_not_keep_it_from_opening(self, made: Target) -> None:
        async with driven(doors=Hasty(made, "o")) as console:
            await console.sees("Go to", "PG 18")


class Waiting(Straight):
    """Doors that open when they are told to."""

    def __init__(self, first: Target) -> None:
        super().__init__(first)
        self.ready = asyncio.Event()

    async def open(self, target: Target, say: Saying) -> Session:
        say("building …")
        await self.ready.wait()
        return await super().open(target, say)


class Hasty(Straight):
    """Doors of somebody who types before there is anything to see."""

    def __init__(self, first: Target, keys: str) -> None:
        super().__init__(first)
        self._keys = keys

    def follow(self, aside: Saying, tell: Saying) -> None:
        super().follow(aside, tell)
        app = aside.__self__  # type: ignore[attr-defined]
        for sign in self._keys:
            app.post_message(key(sign))


async def together(console: Driver, signs: str) -> None:
    """Type all of it before the first has done anything."""
    for sign in signs:
        console.app.post_message(key(sign))
    await console.pilot.pause()


def key(sign: str) -> Key:
    named = {"\r": "enter", "\x1b": "escape"}
    return Key(named.get(sign) or _character_to_key(sign), sign)
