"""Drives the real program headless on a real database, and reads its screen as text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from unittest.mock import patch

from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.events import Paste
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from console.config.profile import Target
from console.db.session import Session
from console.ui.app import ConsoleApp
from console.ui.doors import Choice, Doors, Saying

PATIENCE = 40.0
_LONGEST = 0.5


class Straight:
    """Doors that lead to given targets by their names, and nowhere else."""

    def __init__(self, first: Target, *others: Target) -> None:
        self._targets = {target.name: target for target in (first, *others)}
        self._here = first

    @property
    def first(self) -> Target:
        return self._here

    async def target(self, word: str | None) -> Target:
        if word is not None:
            self._here = self._targets[word]
        return self._here

    async def open(self, target: Target, say: Saying) -> Session:
        return await Session.open(target)

    async def beside(self, word: str, say: Saying, *, what: str, direct: bool = False) -> Session:
        return await Session.open(self._targets[word], what=what, direct=direct)

    async def choices(self, session: Session | None) -> Sequence[Choice]:
        return [Choice(name, name, "test") for name in self._targets]

    def follow(self, aside: Saying, tell: Saying) -> None:
        self.aside = aside
        self.tell = tell

    async def leave(self) -> None:
        pass


@dataclass
class Driver:
    """A running console: keys go in, lines come out."""

    app: ConsoleApp
    pilot: Pilot[int]

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def strips(self) -> list[Strip]:
        """What is on the screen, with its colours, drawn now; below a question the screens that shine through."""
        visible_screen_stack.set(self.app._background_screens)
        return self.app.screen._compositor.render_strips()

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.lines)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text at once, as soon as a line has the focus."""
        async with asyncio.timeout(PATIENCE):
            while not isinstance(focused := self.app.focused, Input):
                await self.pilot.pause(0.02)
        focused.post_message(Paste(text))
        await self.pilot.pause()

    async def sees(self, *texts: str) -> None:
        """Wait until all of these are on the screen together."""
        try:
            await self._until(lambda screen: all(text in screen for text in texts))
        except TimeoutError:
            raise AssertionError(f"never seen together: {texts}\n{self.text}") from None

    async def rests(self) -> None:
        """Wait until no work goes on behind the screen."""
        async with asyncio.timeout(PATIENCE):
            while any(not worker.is_finished for worker in self.app.workers):
                await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def sees_no_more(self, text: str) -> None:
        """Wait until a text has gone from the screen."""
        await self._until(lambda screen: text not in screen)

    async def _until(self, fits: Callable[[str], bool]) -> None:
        """Look until the screen fits; a look draws all of it: not before something was painted, or half a second."""
        async with asyncio.timeout(PATIENCE):
            pauses, painted = _pauses(), Frames.number
            while not fits(self.text):
                waited = 0.0
                while waited < _LONGEST and Frames.number == painted:
                    waited += (pause := next(pauses))
                    await self.pilot.pause(pause)
                painted = Frames.number


@asynccontextmanager
async def driven(
    *targets: Target, size: tuple[int, int] = (120, 36), doors: Doors | None = None, place: str = "", **options: Any
) -> AsyncIterator[Driver]:
    """Run the console on a target, or on doors of one's own, for as long as the block lasts.

    It begins with the screen `place`, as if the others had not been looked at: half a second less for a test.
    """
    kind = type("Begun", (ConsoleApp,), {"DEFAULT_MODE": place}) if place else ConsoleApp
    app = kind(doors or Straight(*targets), **options)
    with patch.object(Compositor, "render_update", _painted_when_looked_at):
        async with app.run_test(size=size, notifications=True) as pilot:
            try:
                yield Driver(app, pilot)
            finally:
                app.workers.cancel_all()  # as when the console is left


class Frames:
    """How many frames were wanted so far: what can be seen changes with them only."""

    number = 0


def _painted_when_looked_at(compositor: Compositor, full: bool = False, **options: Any) -> object:
    """Leave out the frames that nobody sees, half the work of a test: whoever looks has the whole screen drawn."""
    Frames.number += 1
    compositor._dirty_regions.clear()
    return compositor.render_full_update(options.get("simplify", False)) if full else None


def _pauses() -> Iterator[float]:
    """Yield seconds between two looks."""
    return (min(0.02 * 1.3**turn, 0.2) for turn in count())
