"""The chosen migration: its texts, the checks, the plan and the history, behind tabs."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import ContentSwitcher

from console.migrations.states import Standing
from console.rows.source import Listed
from console.text import sanitize
from console.ui.widgets.grid import Grid
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.tab_line import Tab, TabLine

TEXTS = ("up", "down", "verify")
LISTS = ("checks", "plan", "history")
_MISSING = {
    "up": "-- The file is gone; the ledger remembers the migration.",
    "down": "-- There is no down file: this migration cannot be rolled back.",
    "verify": "-- There is no verify file.",
}


class MigrationView(Vertical):
    """Texts of one migration and lists about all of them."""

    DEFAULT_CSS = """
    MigrationView {
        border: round $border-blurred;
        border-title-color: $accent;
        &:focus-within { border: round $primary; }
        & > ContentSwitcher { height: 1fr; }
    }
    """

    standing: reactive[Standing | None] = reactive[Standing | None](None)
    tab: reactive[str] = reactive("up")

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._lists: dict[str, Listed] = {}

    def compose(self) -> ComposeResult:
        """Tabs over a text and a list."""
        yield TabLine([Tab(name, name) for name in (*TEXTS, *LISTS)], id="parts")
        with ContentSwitcher(initial="text"):
            yield SqlView(id="text", numbers=True)
            yield Grid(id="rows", cursor="row", numbers=False, types=False, footer=False, empty="Nothing to show yet.")

    def watch_standing(self, standing: Standing | None) -> None:
        """Show another migration's texts."""
        if standing is not None:
            label = f"{standing.label} · {standing.state.value.replace('_', ' ')}"
            self.border_title = sanitize(label).replace("[", r"\[")
            self.border_subtitle = sanitize(standing.reason).replace("[", r"\[")
        self._show()

    def watch_tab(self) -> None:
        """Look at another part."""
        self.query_one("#parts", TabLine).active = self.tab
        self._show()

    def step(self, by: int) -> None:
        """Go to the next part or the one before."""
        self.tab = self.query_one("#parts", TabLine).step(by)

    def give(self, name: str, rows: Listed) -> None:
        """Give one of the lists, and look at it."""
        self._lists[name] = rows
        self.tab = name
        self._show()

    @property
    def sql(self) -> str:
        """The text that is shown, empty when a list is."""
        return self.query_one(SqlView).sql if self.tab in TEXTS else ""

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Look at what was clicked."""
        message.stop()
        self.tab = message.tab

    def _show(self) -> None:
        self.query_one(ContentSwitcher).current = "text" if self.tab in TEXTS else "rows"
        if self.tab in TEXTS:
            self.query_one(SqlView).sql = self._text()
        else:
            self.query_one("#rows", Grid).source = self._lists.get(self.tab, Listed(()))

    def _text(self) -> str:
        if self.standing is None:
            return ""
        migration = self.standing.migration
        script = getattr(migration, self.tab) if migration is not None else None
        return script.text if script is not None else _MISSING[self.tab]
