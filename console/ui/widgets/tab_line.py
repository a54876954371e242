"""A line of tabs: the screens of the console, or the parts of what is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: what it stands for, its words, the key that opens it, how many things are behind it."""

    id: str
    label: str
    key: str = ""
    count: str = ""

    def width(self, *, counted: bool) -> int:
        """Return how many cells it takes."""
        return sum(cell_len(part) + 1 for part in (self.key, self.label, self.count if counted else "") if part) - 1


class TabLine(Widget):
    """Tabs in one line; one is active. A click on another asks for it.

    Where room is short the counts go first, then every second blank; the active tab stays in sight, and › says that
    there are more.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab-line--active", "tab-line--key", "tab-line--count"}
    DEFAULT_CSS = """
    TabLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        & > .tab-line--active { color: $foreground; text-style: bold underline; }
        & > .tab-line--key { color: $accent; }
        & > .tab-line--count { color: $secondary; }
    }
    """

    active: reactive[str] = reactive("")

    @dataclass
    class Chosen(Message):
        """A person clicked on a tab."""

        line: TabLine
        tab: str

        @property
        def control(self) -> TabLine:
            """The line it happened on."""
            return self.line

    def __init__(self, tabs: Iterable[Tab], *, active: str = "", id: str | None = None) -> None:
        """Make a line of `tabs`."""
        super().__init__(id=id)
        self._tabs = tuple(tabs)
        self.set_reactive(TabLine.active, active or (self._tabs[0].id if self._tabs else ""))

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs, left to right."""
        return self._tabs

    @tabs.setter
    def tabs(self, tabs: Iterable[Tab]) -> None:
        self._tabs = tuple(tabs)
        self.refresh()

    def step(self, by: int) -> str:
        """Return the tab so many places further, going round."""
        ids = [tab.id for tab in self._tabs]
        at = ids.index(self.active) if self.active in ids else 0
        return ids[(at + by) % len(ids)]

    def render(self) -> Text:
        """Draw the tabs side by side."""
        gap, counted = self._shape()
        line = Text(no_wrap=True, end="")
        for tab in self._tabs:
            self._draw(line, tab, counted=counted)
            line.append(" " * gap)
        line = line[self._hidden(gap, counted=counted) :]
        room = self.content_size.width
        if line.cell_len - gap > room > 1:
            line = line[: room - 1] + Text("›", no_wrap=True, end="")
        return line

    def on_click(self, event: Click) -> None:
        """Find the tab under the pointer."""
        gap, counted = self._shape()
        at = -self._hidden(gap, counted=counted)
        for tab in self._tabs:
            width = tab.width(counted=counted)
            if at <= event.x - 1 < at + width:
                self.post_message(self.Chosen(self, tab.id))
                return
            at += width + gap

    def _draw(self, line: Text, tab: Tab, *, counted: bool) -> None:
        if tab.key:
            line.append(f"{tab.key} ", self.get_component_rich_style("tab-line--key", partial=True))
        is_active = tab.id == self.active
        line.append(tab.label, self.get_component_rich_style("tab-line--active", partial=True) if is_active else "")
        if tab.count and counted:
            line.append(f" {tab.count}", self.get_component_rich_style("tab-line--count", partial=True))

    def _shape(self) -> tuple[int, bool]:
        """Return how many blanks stand between tabs, and whether counts do, for the room there is."""
        shapes = ((2, True), (1, True), (2, False), (1, False))
        fitting = (shape for shape in shapes if self._length(*shape) <= self.content_size.width)
        return next(fitting, shapes[-1])

    def _length(self, gap: int, counted: bool) -> int:
        return sum(tab.width(counted=counted) + gap for tab in self._tabs) - gap

    def _hidden(self, gap: int, *, counted: bool) -> int:
        """Return how many cells are out of sight at the left, so that the active tab's end is in sight."""
        end = 0
        for tab in self._tabs:
            end += tab.width(counted=counted) + gap
            if tab.id == self.active:
                break
        return max(0, end - gap - self.content_size.width)
