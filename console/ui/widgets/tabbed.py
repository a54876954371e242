"""A frame with tabs over what is looked at: one change, one migration, one column of vectors."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import ContentSwitcher

from console.ui.titles import title
from console.ui.widgets.tab_line import TabLine


class Tabbed(Vertical):
    """What such views share: a line of tabs above a switcher. Each of them decides what a tab shows."""

    DEFAULT_CSS = """
    Tabbed {
        border: round $border-blurred;
        border-title-color: $accent;
        border-subtitle-color: $text-muted;
        &:focus-within { border: round $primary; }
        & > ContentSwitcher { height: 1fr; }
    }
    """

    tab: reactive[str] = reactive("")

    @dataclass
    class Turned(Message):
        """Another part is looked at."""

    @property
    def tabs(self) -> TabLine:
        """The line of tabs."""
        return self.query_one(TabLine)

    def step(self, by: int) -> None:
        """Go to the next part or the one before."""
        self.tab = self.tabs.step(by)

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Look at what was clicked."""
        message.stop()
        self.tab = message.tab

    def head(self, words: str, aside: str = "") -> None:
        """Say on the frame what is shown, and a word aside."""
        self.border_title, self.border_subtitle = title(words), title(aside)

    def focus_body(self) -> None:
        """Put the keys into what is shown."""
        self.screen.set_focus(self.query_one(f"#{self.query_one(ContentSwitcher).current}"))

    def switch(self, to: str) -> None:
        """Bring a body into sight, by its id; who had the keys in the one before has them there."""
        switcher = self.query_one(ContentSwitcher)
        had_focus = switcher.has_focus_within
        switcher.current = to
        if had_focus:
            self.focus_body()
