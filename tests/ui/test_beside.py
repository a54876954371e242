"""What goes on beside the console: a few words on the top line, the state of what one could go to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from console.config.profile import Guard, Target
from console.db.session import Session
from console.ui.doors import Choice
from tests.ui.driving import Straight, driven


class Busy(Straight):
    """Doors to places that are still being made."""

    def __init__(self, first: Target) -> None:
        super().__init__(first)
        self.states = {"demo:one": "being built …", "demo:two": "not built yet", "demo:three": "not built yet"}

    async def target(self, word: str | None) -> Target:
        self.asked = word
        return await super().target(None)

    async def choices(self, session: Session | None) -> Sequence[Choice]:
        return [Choice(name, name, "demo", state=state) for name, state in self.states.items()]


class TestTopLine:
    @pytest.mark.parametrize("size", [(80, 24), (120, 36)])
    async def test_it_says_what_goes_on(self, database: Target, size: tuple[int, int]) -> None:
        """And where one is, at any width; nothing when it is over."""
        doors = Straight(database)
        async with driven(doors=doors, size=size) as console:
            await console.sees("Schema ·", "PG 18")
            doors.aside("traffic · building negative_space …")
            await console.sees("traffic · building negative_space …")
            assert f"{database.name} ●" in console.lines[0]
            assert len(console.lines[0]) <= size[0]
            doors.aside("")
            await console.sees("PG 18")
            await console.sees_no_more("traffic")

    async def test_news_go_before_the_version(self, database: Target) -> None:
        """Where there is no room for both."""
        doors = Straight(replace(database, name="a_profile_with_a_rather_long_name"))
        async with driven(doors=doors, size=(80, 24)) as console:
            await console.sees("Schema ·", "PG 18")
            doors.aside("building negative_space …")
            await console.sees("a_profile_with_a_rather_long_name ●", "building negative_space …")
            await console.sees_no_more("PG 18")

    async def test_production_stays_in_sight(self, database: Target) -> None:
        """Whatever else goes on."""
        doors = Straight(replace(database, guard=Guard.PRODUCTION))
        async with driven(doors=doors, size=(80, 24)) as console:
            await console.sees("Schema ·", " PRODUCTION ")
            doors.aside("building negative_space …")
            await console.sees(" PRODUCTION ", "building negative_space …")

    async def test_it_is_on_a_place_that_is_opened_later(self, database: Target) -> None:
        """And changes there as well."""
        doors = Straight(database)
        async with driven(doors=doors) as console:
            await console.sees("Schema ·")
            doors.aside("traffic")
            await console.press("3")
            await console.sees("u up", "traffic")
            doors.aside("traffic (1 failed)")
            await console.sees("traffic (1 failed)")

    async def test_a_sentence_is_read_once(self, database: Target) -> None:
        """As a notice over the screen."""
        doors = Straight(database)
        async with driven(doors=doors) as console:
            await console.sees("Schema ·")
            doors.tell("The demo three could not be built: no [room] left.")
            await console.sees("The demo three could not be", "no [room] left.")


class TestSwitcher:
    async def test_it_follows_what_goes_on(self, database: Target) -> None:
        """The states change while one looks, and what is chosen stays chosen."""
        doors = Busy(database)
        async with driven(doors=doors) as console:
            await console.sees("Schema ·")
            await console.press("o")
            await console.sees("demo:one   being built …", "demo:three   not built yet")
            await console.press("down", "down")
            doors.states = {"demo:one": "", "demo:two": "being built …", "demo:three": "not built yet"}
            doors.aside("building two …")
            await console.sees("demo:two   being built …")
            await console.sees_no_more("demo:one   being built …")
            await console.press("enter")
            await console.sees_no_more("Go to")
            assert doors.asked == "demo:three"

    async def test_words_that_are_typed_narrow_it(self, database: Target) -> None:
        """And the first that fits is chosen."""
        doors = Busy(database)
        async with driven(doors=doors) as console:
            await console.sees("Schema ·")
            await console.press("o")
            await console.sees("demo:three")
            await console.press("down", "down")
            await console.type("demo:t")
            await console.sees_no_more("demo:one")
            await console.press("enter")
            await console.sees_no_more("Go to")
            assert doors.asked == "demo:two"
