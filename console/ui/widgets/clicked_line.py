"""A line whose parts stand for commands: a click on a part asks for its command."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.widget import Widget


class ClickedLine(Widget):
    """What such lines share. While one is drawn it says where each part ends; its own `Chosen` tells of a click."""

    @dataclass
    class Chosen(Message):
        """A person clicked on a part."""

        command_id: str

    def __init__(self) -> None:
        """Make an empty line."""
        super().__init__()
        self._ends: list[tuple[int, str]] = []

    def begin(self) -> Text:
        """Return a line to draw on; what was on it can no longer be clicked."""
        self._ends = []
        return Text(no_wrap=True, end="")

    def end_part(self, at: int, command_id: str) -> None:
        """Say that a part ends before this cell; one of no command is said as ""."""
        self._ends.append((at, command_id))

    def on_click(self, event: Click) -> None:
        """Tell which command is under the pointer."""
        offset = event.get_content_offset(self)
        found = next((command for end, command in self._ends if offset is not None and offset.x < end), "")
        if found:
            self.post_message(self.Chosen(found))
