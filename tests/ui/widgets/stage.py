"""A stage for one widget: an application that shows it alone and hears what it says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.scroll_view import ScrollView
from textual.widget import Widget

M = TypeVar("M", bound=Message)


class Stage(App[None]):
    """Shows `widget` with the keys on it, and remembers all messages."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.focus()

    def heard(self, kind: type[M]) -> list[M]:
        """Return the messages of a kind, each once, in their order."""
        found = {id(message): message for message in self.messages if isinstance(message, kind)}
        return list(found.values())


@asynccontextmanager
async def on_stage(widget: Widget, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Stage, Pilot[None]]]:
    """Show `widget` on a terminal of that size."""
    stage = Stage(widget)
    async with stage.run_test(size=size, message_hook=stage.messages.append) as pilot:
        await settled(pilot, lambda: True)
        yield stage, pilot


async def settled(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Let the application run until something is so; most of a minute is enough for anything here."""
    async with asyncio.timeout(40):
        await pilot.pause()
        while not is_so():
            await pilot.pause(0.01)


def lines(view: ScrollView) -> list[str]:
    """Return what the view shows as text, line by line, without blanks at the ends."""
    return [view.render_line(y).text.rstrip() for y in range(view.scrollable_content_region.height)]
