"""Chooses the two sides on the screen of drift, and compares them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from dataclasses import replace

from textual import work

from console.db.session import Session
from console.drift.events import Compared, DriftFinished, Preparing
from console.ui.screens.drift import known as knowing
from console.ui.screens.drift.known import Ground, Known, Shadowing
from console.ui.screens.drift.picker import SidePicker
from console.ui.screens.drift.showing import ShowingScreen
from console.ui.screens.drift.sides import Sides


class ComparingScreen(ShowingScreen):
    """A screen of drift on which two sides are compared."""

    def do_from(self) -> None:
        """Choose the first side."""
        self._choose("From", first=True)

    def do_to(self) -> None:
        """Choose the second side."""
        self._choose("To", first=False)

    def do_swap(self) -> None:
        """Turn the sides round."""
        self.lie_between(self.sides.turned)

    def why_not_from(self) -> str | None:
        """The sides of what is under way stay."""
        return self.why_not_work()

    why_not_to = why_not_swap = why_not_from

    def lie_between(self, sides: Sides) -> None:
        """Show other sides, which nobody has compared yet."""
        self.sides = sides
        self.wishes = replace(self.wishes, renames=())
        self.show(None)

    def read_again(self) -> None:
        """Compare."""
        why = self.why_not_work()
        if why is not None:
            self.say(why)
        else:
            self._begin()

    @work(group="asking")
    async def _choose(self, head: str, *, first: bool) -> None:
        word = await self.app.push_screen_wait(SidePicker(head, self.here, self.console.choices))
        if word is not None:
            self.lie_between(Sides(word, self.sides.b) if first else Sides(self.sides.a, word))

    @work(group="asking")
    async def _begin(self) -> None:
        session = self.session
        assert session is not None
        shadowing = await self.shadowing(session) if self.sides.takes_shadow else Shadowing()
        if shadowing is not None:
            self.action_leave()
            self.under_way = self._compare(session, shadowing)

    @work(exclusive=True, group="running", description="Comparing two schemas.")
    async def _compare(self, session: Session, shadowing: Shadowing) -> None:
        """Read and compare both sides; the panel says what takes its time."""
        sides = self.sides
        left = self.known.left if self.known is not None and self.known.ground.sides == sides else frozenset()
        ground: Ground | None = None
        with self.shown(f"compare {sides.said(self.here)}") as panel, self._nothing_aside():
            async with aclosing(knowing.compare(sides, self.wishes, session, self.console, shadowing)) as events:
                async for event in events:
                    match event:
                        case Ground():
                            ground = event
                        case Preparing():
                            panel.tell(f"{event.what} …")
                        case Compared(drift) | DriftFinished(drift, _):
                            found = drift
            assert ground is not None
            panel.leave()
            self._compared(Known(ground, found, self.wishes).leaving(left))

    @contextmanager
    def _nothing_aside(self) -> Iterator[None]:
        """Take back what was said on the top line while a database beside this one was woken."""
        try:
            yield
        finally:
            self.console.aside = ""

    def _compared(self, found: Known) -> None:
        self.show(found)
        self.console.now_open()
        if found.ground.sides.is_own:
            self.console.know_drift(len(found.drift.changes))
