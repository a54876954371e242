"""The line at the bottom: what can be done here, by the declared commands; what cannot be done now is dim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.events import Click
from textual.widget import Widget

from console.ui.commands import Command, key_label

Reason = Callable[[str], str | None]


class KeyLine(Widget):
    """Commands as `key title`, the most important first, as many as fit; the rest is in the help."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--off"}
    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        background: $panel;
        color: $foreground;
        & > .key-line--key { color: $accent; text-style: bold; }
        & > .key-line--off { color: $text-disabled; }
    }
    """

    def __init__(self, commands: Iterable[Command], why_not: Reason, keys: Callable[[Command], str]) -> None:
        """Show `commands`; `why_not` tells by id why one cannot run now, `keys` which key runs one."""
        super().__init__()
        self._commands = tuple(sorted((c for c in commands if c.footer), key=lambda command: command.footer))
        self._why_not = why_not
        self._keys = keys
        self._ends: list[tuple[int, str]] = []

    def render(self) -> Text:
        """Draw what fits; what holds everywhere keeps its place at the right."""
        width = self.size.width
        own = [command for command in self._commands if command.footer < 70]
        common = [command for command in self._commands if command.footer >= 70]
        right = self._fitting(common[::-1], width * 2 // 5)[::-1]
        left = self._fitting(own, width - sum(_width(command, self._keys(command)) for command in right) - 2)
        line = Text(" ", no_wrap=True, end="")
        self._ends = []
        for command in left:
            self._append(line, command)
        line.append(" " * max(0, width - line.cell_len - sum(_width(c, self._keys(c)) for c in right)))
        for command in right:
            self._append(line, command)
        return line

    def _fitting(self, commands: Iterable[Command], room: int) -> list[Command]:
        fitting = []
        for command in commands:
            room -= _width(command, self._keys(command))
            if room < 0:
                break
            fitting.append(command)
        return fitting

    def _append(self, line: Text, command: Command) -> None:
        off = self._why_not(command.id) is not None
        plain = self.get_component_rich_style("key-line--off", partial=True) if off else ""
        key = plain if off else self.get_component_rich_style("key-line--key", partial=True)
        line.append(key_label(self._keys(command)), key)
        line.append(f" {command.title}  ", plain)
        self._ends.append((line.cell_len, command.id))

    async def on_click(self, event: Click) -> None:
        """Run the command under the pointer."""
        for end, command_id in self._ends:
            if event.x < end:
                await self.screen.run_action(f"command({command_id!r})")
                return


def _width(command: Command, keys: str) -> int:
    return len(key_label(keys)) + len(command.title) + 3
