"""A line over a picture or a list: what it is, what was chosen for it, by which key that changes, and a word aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.reactive import reactive

from console.ui.widgets.clicked_line import ClickedLine


@dataclass(frozen=True, slots=True)
class Said:
    """What the line says: a title, parts that a key changes (key, words, command), and what goes on at the right."""

    title: str = ""
    parts: tuple[tuple[str, str, str], ...] = ()
    aside: str = ""
    paused: bool = False


class OptionLine(ClickedLine):
    """One line. A click on a part asks for the command that changes it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"option-line--title", "option-line--key", "option-line--paused"}
    DEFAULT_CSS = """
    OptionLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        & > .option-line--title { color: $foreground; text-style: bold; }
        & > .option-line--key { color: $accent; }
        & > .option-line--paused { color: $text-warning; }
    }
    """

    said: reactive[Said] = reactive(Said())

    @dataclass
    class Chosen(ClickedLine.Chosen):
        """A person clicked on a part."""

    def render(self) -> Text:
        """Draw title and parts; at the right how often it is read. What is too long gives way from the right."""
        said, room = self.said, self.content_size.width
        right = Text(said.aside, self._style("paused") if said.paused else "", no_wrap=True, end="")
        line = self.begin().append(said.title, self._style("title"))
        self.end_part(line.cell_len + 2, "")
        for key, words, command in said.parts:
            line.append("  ").append(f"{key} ", self._style("key")).append(f"{words} ▾")
            self.end_part(line.cell_len + 2, command)
        line.truncate(max(0, room - right.cell_len - 2), overflow="ellipsis")
        line.append(" " * max(0, room - line.cell_len - right.cell_len))
        line.append(right)
        line.truncate(room, overflow="ellipsis")
        return line

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"option-line--{part}", partial=True)
