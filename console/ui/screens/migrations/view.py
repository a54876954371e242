"""The chosen migration: its texts, the checks, the plan and the history, behind tabs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widgets import ContentSwitcher, Static

from console.migrations.states import Standing
from console.rows.source import Listed
from console.text import sanitize
from console.ui.titles import title
from console.ui.widgets.grid import Grid
from console.ui.widgets.papers import Text
from console.ui.widgets.parts import Part
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.tab_line import Tab, TabLine
from console.ui.widgets.tabbed import Tabbed

_OTHERS = frozenset((".py", ".js", ".cjs", ".mjs", ".ts", ".coffee"))  # not SQL
TEXTS = ("up", "down", "verify")
DIFFERENCE = "diff"  # beside the texts where an edited file can be laid beside what was applied
LISTS = ("lint", "checks", "plan", "trial", "audit", "history")
_MISSING = {
    "up": "-- The file is gone; the ledger remembers the migration.",
    "down": "-- There is no down file: this migration cannot be rolled back.",
    "verify": "-- There is no verify file.",
}

_NOT_YET = {
    "lint": "Looking …",
    "checks": "v runs the checks.",
    "plan": "p shows what up would run.",
    "trial": "t tries what is pending, and rolls it back.",
    "audit": "A compares what is expected with what is found.",
    "history": "H reads the history.",
}


_NONE = {
    "lint": "Nothing here may harm others.",
    "checks": "No migration brings checks with it.",
    "plan": "Nothing would run.",
    "history": "Nothing was done here yet.",
}


class MigrationView(Tabbed):
    """Texts of one migration and lists about all of them."""

    DEFAULT_CSS = """
    MigrationView {
        & > #reason { height: auto; max-height: 30%; padding: 0 1; color: $text-warning; }
    }
    """

    standing: reactive[Standing | None] = reactive[Standing | None](None)
    tab: reactive[str] = reactive("up")

    @dataclass
    class Turned(Tabbed.Turned):
        """Another part is looked at."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._lists: dict[str, Listed] = {}
        self._difference = ""

    def compose(self) -> ComposeResult:
        """Tabs over a text and a list."""
        yield TabLine([Tab(name, name) for name in (*TEXTS, *LISTS)], id="parts")
        yield Static("", id="reason", markup=False)
        with ContentSwitcher(initial="text"):
            yield SqlView(id="text", numbers=True)
            yield Grid(id="rows", cursor="row", numbers=False, types=False, footer=False, empty="Nothing to show yet.")

    def watch_standing(self, standing: Standing | None) -> None:
        """Show another migration's texts."""
        if standing is not None:
            self.border_title = title(f"{standing.label} · {standing.state.value.replace('_', ' ')}")
        self._say_why(standing.reason if standing is not None else "")
        self._offer_difference(standing)
        self._show()

    def watch_tab(self) -> None:
        """Look at another part."""
        self.tabs.active = self.tab
        self._show()
        self.post_message(self.Turned())

    def clear(self) -> None:
        """Show nothing: what was given belongs to another database."""
        self._lists.clear()
        self.standing, self.tab = None, TEXTS[0]
        self.border_title = ""
        self._show()

    def give(self, name: str, rows: Listed) -> None:
        """Give one of the lists, and look at it."""
        self._lists[name] = rows
        self.tab = name
        self._show()

    def put(self, name: str, rows: Listed) -> None:
        """Give one of the lists, without turning to it."""
        self._lists[name] = rows
        if self.tab == name:
            self._show()

    @property
    def sql(self) -> str:
        """The text that is shown, empty when a list is."""
        return self.query_one(SqlView).sql if self._is_text else ""

    def _say_why(self, reason: str) -> None:
        """Say what is the matter with the migration, and what to do."""
        why = self.query_one("#reason", Static)
        why.display = bool(reason)
        why.update(sanitize(reason))

    def _show(self) -> None:
        self.switch("text" if self._is_text else "rows")
        if self._is_text:
            self._show_text()
        else:
            rows = self._lists.get(self.tab)
            grid = self.query_one("#rows", Grid)
            grid.empty = _NOT_YET[self.tab] if rows is None else _NONE.get(self.tab, "None.")
            grid.source = rows if rows is not None else Listed(())

    @property
    def _is_text(self) -> bool:
        return self.tab in (*TEXTS, DIFFERENCE)

    def _offer_difference(self, standing: Standing | None) -> None:
        """Have one tab more for an edited file whose ledger keeps the text that was applied."""
        self._difference = standing.difference if standing is not None else ""
        texts = (*TEXTS, DIFFERENCE) if self._difference else TEXTS
        self.tabs.tabs = tuple(Tab(name, name) for name in (*texts, *LISTS))
        if self.tab == DIFFERENCE and not self._difference:
            self.tab = TEXTS[0]

    def _show_text(self) -> None:
        view = self.query_one(SqlView)
        if self.tab == DIFFERENCE:
            view.sql = self._difference
            view.paper = Text(self._difference, _changed, wrapped=False)
        else:
            text, plain = self._text()
            view.put(text, plain=plain)

    def _text(self) -> tuple[str, bool]:
        """Return the text to show, and whether it is in another language than SQL."""
        if self.standing is None:
            return "", False
        migration = self.standing.migration
        script = getattr(migration, self.tab) if migration is not None else None
        if script is None:
            return _MISSING[self.tab], False
        return script.text, script.path.suffix in _OTHERS


def _changed(line: str) -> Iterable[Part]:
    """Return a line of a unified difference in its tone."""
    tone = "faint" if line.startswith(("---", "+++")) else _TONES.get(line[:1], "")
    return [Part(line, tone)]


_TONES = {"-": "bad", "+": "good", "@": "accent"}
