"""The chosen change: both definitions, its SQL, its hazards; besides, the SQL of what is taken, and what to know."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widgets import ContentSwitcher

from console.ui.screens.drift import texts
from console.ui.widgets.papers import Text, hanging
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.tab_line import Tab, TabLine
from console.ui.widgets.tabbed import Tabbed
from console.ui.widgets.text_view import TextView
from console.ui.widgets.two_sides import TwoSides

TABS = ("both", "SQL", "hazards", "all SQL", "about")
OF_CHANGE = ("both", "SQL", "hazards")
_SQL = ("SQL", "all SQL")


class DriftView(Tabbed):
    """Texts about one change and about all."""

    tab: reactive[str] = reactive(TABS[0])

    @dataclass
    class Turned(Tabbed.Turned):
        """Another part is looked at."""

    def compose(self) -> ComposeResult:
        """Tabs over a text."""
        yield TabLine([Tab(name, name) for name in TABS], id="parts")
        with ContentSwitcher(initial="text"):
            yield TextView(id="text")
            yield SqlView(id="sql")

    def watch_tab(self) -> None:
        """Look at another part."""
        self.tabs.active = self.tab
        self.post_message(self.Turned())

    def show_both(self, before: str, after: str) -> None:
        """Show both definitions."""
        self.query_one("#text", TextView).paper = TwoSides(before, after)
        self.switch("text")

    def show_text(self, text: str) -> None:
        """Show sentences."""
        self.query_one("#text", TextView).paper = Text(text, texts.toned, hang=hanging)
        self.switch("text")

    def show_sql(self, text: str) -> None:
        """Show statements."""
        self.query_one(SqlView).sql = text
        self.switch("sql")

    @property
    def sql(self) -> str:
        """The statements that are shown, empty when none are."""
        return self.query_one(SqlView).sql if self.tab in _SQL else ""
