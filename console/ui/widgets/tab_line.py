"""A line of tabs: the screens of the console, or the parts of what is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: what it stands for, the key that opens it, its words."""

    id: str
    label: str
    key: str = ""


class TabLine(Widget):
    """Tabs in one line; one is active. A click on another asks for it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab-line--active", "tab-line--key"}
    DEFAULT_CSS = """
    TabLine {
        height: 1;
        color: $text-muted;
        & > .tab-line--active { color: $foreground; text-style: bold underline; }
        & > .tab-line--key { color: $accent; }
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
        line = Text(" ", no_wrap=True, overflow="ellipsis", end="")
        gap = self._gap
        for tab in self._tabs:
            if tab.key:
                line.append(f"{tab.key} ", self.get_component_rich_style("tab-line--key", partial=True))
            style = self.get_component_rich_style("tab-line--active", partial=True) if tab.id == self.active else ""
            line.append(tab.label, style)
            line.append(gap)
        return line

    @property
    def _gap(self) -> str:
        """What stands between tabs: two blanks, or one where room is short."""
        words = sum(len(tab.label) + len(tab.key) + bool(tab.key) + 2 for tab in self._tabs)
        return "  " if words < self.size.width else " "

    def on_click(self, event: Click) -> None:
        """Find the tab under the pointer."""
        at = 1
        for tab in self._tabs:
            width = len(tab.label) + (len(tab.key) + 1 if tab.key else 0)
            if at <= event.x < at + width:
                self.post_message(self.Chosen(self, tab.id))
                return
            at += width + len(self._gap)
