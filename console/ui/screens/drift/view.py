"""The chosen change: both definitions, its SQL, its hazards; besides, the SQL of what is taken, and what to know."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import ContentSwitcher

from console.ui.screens.drift import texts
from console.ui.titles import title
from console.ui.widgets.papers import Text, hanging
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.tab_line import Tab, TabLine
from console.ui.widgets.text_view import TextView
from console.ui.widgets.two_sides import TwoSides

TABS = ("both", "SQL", "hazards", "all SQL", "about")
OF_CHANGE = ("both", "SQL", "hazards")
_SQL = ("SQL", "all SQL")


class DriftView(Vertical):
    """Texts about one change and about all."""

    DEFAULT_CSS = """
    DriftView {
        border: round $border-blurred;
        border-title-color: $accent;
        border-subtitle-color: $text-muted;
        &:focus-within { border: round $primary; }
        & > ContentSwitcher { height: 1fr; }
    }
    """

    tab: reactive[str] = reactive(TABS[0])

    @dataclass
    class Turned(Message):
        """Another part is looked at."""

    def compose(self) -> ComposeResult:
        """Tabs over a text."""
        yield TabLine([Tab(name, name) for name in TABS], id="parts")
        with ContentSwitcher(initial="text"):
            yield TextView(id="text")
            yield SqlView(id="sql")

    def watch_tab(self) -> None:
        """Look at another part."""
        self.query_one("#parts", TabLine).active = self.tab
        self.post_message(self.Turned())

    def step(self, by: int) -> None:
        """Go to the next part or the one before."""
        self.tab = self.query_one("#parts", TabLine).step(by)

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Look at what was clicked."""
        message.stop()
        self.tab = message.tab

    def head(self, words: str, whose: str = "") -> None:
        """Say what is shown, and whose doing it is, where that is known."""
        self.border_title, self.border_subtitle = title(words), title(whose)

    def show_both(self, before: str, after: str) -> None:
        """Show both definitions."""
        self.query_one("#text", TextView).paper = TwoSides(before, after)
        self._turn("text")

    def show_text(self, text: str) -> None:
        """Show sentences."""
        self.query_one("#text", TextView).paper = Text(text, texts.toned, hang=hanging)
        self._turn("text")

    def show_sql(self, text: str) -> None:
        """Show statements."""
        self.query_one(SqlView).sql = text
        self._turn("sql")

    @property
    def sql(self) -> str:
        """The statements that are shown, empty when none are."""
        return self.query_one(SqlView).sql if self.tab in _SQL else ""

    def focus_body(self) -> None:
        """Put the keys into what is shown."""
        self.screen.set_focus(self.query_one(f"#{self.query_one(ContentSwitcher).current}"))

    def _turn(self, to: str) -> None:
        switcher = self.query_one(ContentSwitcher)
        had_focus = switcher.has_focus_within
        switcher.current = to
        if had_focus:
            self.focus_body()
