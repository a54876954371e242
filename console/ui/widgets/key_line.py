"""The line at the bottom: what can be done here, by the declared commands; what cannot be done now is dim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.reactive import reactive

from console.ui.commands import Command, key_label
from console.ui.widgets.clicked_line import ClickedLine

Shown = tuple[Command, str, bool]
"""A command, its keys, and whether it cannot run now."""

_COMMON = 70  # from this place in the footer on, commands hold everywhere and stand at the right


class KeyLine(ClickedLine):
    """Commands as `key title`, the most important first, as many as fit; the rest is in the help."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--off"}
    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        background: $panel;
        color: $foreground;
        & > .key-line--key { color: $accent; text-style: bold; }
        & > .key-line--off { color: $secondary; }
    }
    """

    shown: reactive[tuple[Shown, ...]] = reactive(())

    @dataclass
    class Chosen(ClickedLine.Chosen):
        """A person clicked on a command."""

    def render(self) -> Text:
        """Draw what fits; what holds everywhere keeps its place at the right."""
        own = _in_order(each for each in self.shown if 0 < each[0].footer < _COMMON)
        common = _in_order(each for each in self.shown if each[0].footer >= _COMMON)
        stay = _fitting(sorted(common, key=_stays), self.size.width * 2 // 5)
        right = [each for each in common if each in stay]
        left = _fitting(own, self.size.width - sum(map(_width, right)) - 2)
        line = self.begin().append(" ")
        for each in left:
            self._append(line, *each)
        line.append(" " * max(0, self.size.width - line.cell_len - sum(map(_width, right))))
        for each in right:
            self._append(line, *each)
        return line

    def _append(self, line: Text, command: Command, keys: str, off: bool) -> None:
        plain = self.get_component_rich_style("key-line--off", partial=True) if off else ""
        key = plain if off else self.get_component_rich_style("key-line--key", partial=True)
        line.append(f"{key_label(keys)} ", key)
        line.append(f"{command.title}  ", plain)
        self.end_part(line.cell_len, command.id)


def _in_order(shown: Iterable[Shown]) -> list[Shown]:
    """Return commands by their places, in which they come, and there by how early they stand."""
    found = list(shown)
    places = list(dict.fromkeys(command.where for command, _, _ in found))
    return sorted(found, key=lambda each: (places.index(each[0].where), each[0].footer))


def _stays(shown: Shown) -> tuple[bool, int]:
    """Order what holds everywhere by how long it stays where there is little room: who has the help finds the rest."""
    command = shown[0]
    return command.id != "help", -command.footer


def _fitting(shown: Iterable[Shown], room: int) -> list[Shown]:
    fitting = []
    for each in shown:
        room -= _width(each)
        if room < 0:
            break
        fitting.append(each)
    return fitting


def _width(each: Shown) -> int:
    command, keys, _ = each
    return len(key_label(keys)) + len(command.title) + 3
