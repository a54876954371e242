"""The line in which one types what to search for, with what it is searched by before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from console.text import sanitize
from console.ui import commands
from console.ui.commanding import Commanding
from console.ui.screens.vectors.wanted import Mode
from console.ui.widgets.option_line import OptionLine, Said


class QuestionInput(Commanding, Input):
    """The line itself. Escape leads to the hits as well."""

    PLACE = "question"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("question"), ("escape", "screen.leave", "Back")]

    @dataclass
    class Left(Message):
        """A person wants to go to the hits."""

    async def do_go(self) -> None:
        """Search."""
        await self.action_submit()

    def do_hits(self) -> None:
        """Go to the hits."""
        self.post_message(self.Left())


class QuestionLine(Horizontal):
    """Mode and input, in one line."""

    DEFAULT_CSS = """
    QuestionLine {
        height: 1;
        & > OptionLine { width: 16; padding: 0 0 0 1; }
        & > QuestionInput { width: 1fr; background: $panel; }
    }
    """

    def compose(self) -> ComposeResult:
        """Mode and input side by side."""
        yield OptionLine()
        yield QuestionInput(compact=True)

    @property
    def input(self) -> QuestionInput:
        """What is typed in."""
        return self.query_one(QuestionInput)

    def show(self, mode: Mode, text: str, name: str = "") -> None:
        """Show another mode and another text; `name` is that of a function."""
        words = sanitize(name) or str(mode)
        line = self.query_one(OptionLine)
        line.said = Said(parts=(("b", words, "search.by"),))
        line.styles.width = len(words) + 9
        self.input.placeholder = mode.explained
        seen = sanitize(text)  # a key may hold anything; what was meant stays with whoever asks
        if self.input.value != seen:
            with self.input.prevent(Input.Changed):
                self.input.value = seen
                self.input.cursor_position = len(seen)
