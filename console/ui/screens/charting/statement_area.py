"""The place in which one types a statement of several lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from console.text import sanitize
from console.ui import commands
from console.ui.commanding import Commanding


class StatementArea(Commanding, TextArea):
    """A text of SQL. As in psql, enter behind the semicolon at its end sends it."""

    PLACE = "statement"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("statement"), ("escape", "screen.leave", "Back")]
    DEFAULT_CSS = """
    StatementArea {
        height: 1fr;
        border: round $border-blurred;
        border-title-color: $accent;
        border-subtitle-color: $text-muted;
        background: $background;
        padding: 0 1;
        &:focus { border: round $primary; }
    }
    """

    @dataclass
    class Sent(Message):
        """A person wants to see what it gives."""

    def do_draw(self) -> None:
        """Send it."""
        self.post_message(self.Sent())

    def why_not_draw(self) -> str | None:
        """It takes a text."""
        return None if self.text.strip() else "There is no statement yet."

    def show_place(self, line: int, column: int) -> None:
        """Move to a place, both from 1; what lies outside the text is its nearest end."""
        row = min(line, self.document.line_count) - 1
        self.move_cursor((row, min(column - 1, len(self.document.get_line(row)))))

    async def _on_key(self, event: Key) -> None:
        """Send a statement that is whole."""
        is_whole = self.text.rstrip().endswith(";") and not self.text[self._at :].strip()
        if event.key == "enter" and is_whole:
            event.stop()
            event.prevent_default()
            self.do_draw()

    async def _on_paste(self, event: Paste) -> None:
        """Take what a terminal would act on as signs that can be seen."""
        event.stop()  # the screen would give it back
        event.text = sanitize(event.text.replace("\r\n", "\n").replace("\r", "\n"), lines=True)

    @property
    def _at(self) -> int:
        """The place of the cursor in the text, in characters."""
        row, column = self.cursor_location
        return sum(len(self.document.get_line(line)) + 1 for line in range(row)) + column
