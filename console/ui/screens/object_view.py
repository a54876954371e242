"""What is chosen in the tree: a title, tabs for its parts, and the part that is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import ContentSwitcher, Static

from console.catalog.entries import Entry
from console.catalog.key import Kind
from console.rows.source import Listed
from console.text import sanitize
from console.ui.screens.rows_pane import RowsPane
from console.ui.widgets.grid import Grid
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.tab_line import Tab, TabLine

DATA, DDL = "data", "ddl"
FACTS = ("columns", "indexes", "constraints", "policies", "triggers", "used_by")
_LABELS = {
    "columns": "Columns",
    "indexes": "Indexes",
    "constraints": "Constraints",
    "policies": "Policies",
    "triggers": "Triggers",
    "used_by": "Used by",
    DATA: "Data",
    DDL: "DDL",
}
RELATIONS = frozenset({Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE})


class ObjectView(Vertical):
    """Title, tabs and body. It asks for what it has not been given, by message, and is filled by the screen."""

    DEFAULT_CSS = """
    ObjectView {
        border: round $border-blurred;
        border-title-color: $accent;
        border-subtitle-color: $text-muted;
        &:focus-within { border: round $primary; }
        & > ContentSwitcher { height: 1fr; }
        & #wait { padding: 1 2; color: $text-muted; }
    }
    """

    entry: reactive[Entry | None] = reactive[Entry | None](None)
    tab: reactive[str] = reactive("")

    @dataclass
    class Wanted(Message):
        """A part is looked at that has not been given yet."""

        view: ObjectView
        entry: Entry
        tab: str

    def __init__(self, *, id: str | None = None) -> None:
        """Make a view of nothing."""
        super().__init__(id=id)
        self._filled: set[str] = set()
        self._lists: dict[str, Listed] = {}

    def compose(self) -> ComposeResult:
        """Tabs over the three bodies and the words that stand in for them."""
        yield TabLine((), id="parts")
        with ContentSwitcher(initial="wait"):
            yield Static("Choose something on the left.", id="wait", markup=False)
            yield Grid(id="facts", cursor="row", numbers=False, types=False, footer=False, empty="None.")
            yield RowsPane(id=DATA)
            yield SqlView(id=DDL)

    @property
    def facts(self) -> Grid:
        """The grid of columns, indexes and so on."""
        return self.query_one("#facts", Grid)

    @property
    def rows(self) -> RowsPane:
        """The rows."""
        return self.query_one(RowsPane)

    @property
    def ddl(self) -> SqlView:
        """The statements."""
        return self.query_one(f"#{DDL}", SqlView)

    def watch_entry(self, entry: Entry | None) -> None:
        """Show another object: its tabs, and the same part as before where it has one."""
        self._filled.clear()
        if entry is None:
            return
        self.border_title = _title(entry)
        self.border_subtitle = ""
        line = self.query_one("#parts", TabLine)
        line.tabs = [Tab(tab, _LABELS[tab]) for tab in tabs_of(entry)]
        wanted = self.tab if self.tab in tabs_of(entry) else tabs_of(entry)[0]
        line.active = wanted
        if self.tab == wanted:
            self._look()
        self.tab = wanted

    def watch_tab(self, tab: str) -> None:
        """Look at another part."""
        if self.entry is not None:
            self.query_one("#parts", TabLine).active = tab
            self._look()

    def step(self, by: int) -> None:
        """Go to the next part or the one before."""
        if self.entry is not None:
            self.tab = self.query_one("#parts", TabLine).step(by)

    def look_again(self) -> None:
        """Ask for everything anew."""
        self._filled.clear()
        if self.entry is not None:
            self._look()

    def clear(self) -> None:
        """Show nothing."""
        self.entry = None
        self.rows.clear()
        self.border_title = self.border_subtitle = ""
        self.query_one("#parts", TabLine).tabs = ()
        self.wait("Choose something on the left.")

    def to_copy(self) -> tuple[str, str]:
        """Return what a copy of what is shown is, and its name."""
        if self.tab == DDL:
            return self.ddl.sql, "the DDL"
        if self.tab in FACTS and self.facts.row is not None:
            return "\t".join(value or "" for value in self.facts.row), "the row"
        return (_name(self.entry), "the name") if self.entry else ("", "")

    def wait(self, words: str) -> None:
        """Show words in the place of what is not there yet, or cannot be."""
        self.query_one("#wait", Static).update(sanitize(words, lines=True))
        self._switch("wait")

    def fill_facts(self, lists: Mapping[str, Listed], counts: Mapping[str, str], facts: str) -> None:
        """Give all parts that are lists; `counts` stand beside their names, `facts` below."""
        self.border_subtitle = sanitize(facts).replace("[", r"\[")
        self._lists = dict(lists)
        self._filled.update(lists)
        if self.entry is not None:
            tabs = tabs_of(self.entry)
            self.query_one("#parts", TabLine).tabs = [Tab(tab, f"{_LABELS[tab]}{counts.get(tab, '')}") for tab in tabs]
        self._show_if_filled()

    def fill_ddl(self, sql: str) -> None:
        """Give the statements."""
        self.ddl.sql = sql
        self._filled.add(DDL)
        self._show_if_filled()

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Look at the part whose tab was clicked."""
        message.stop()
        self.tab = message.tab

    def focus_body(self) -> None:
        """Put the keys into what is shown."""
        shown = self.query_one(ContentSwitcher).visible_content
        if shown is not None:
            (shown.grid if isinstance(shown, RowsPane) else shown).focus()

    def _look(self) -> None:
        assert self.entry is not None
        if self.tab == DATA:
            if self.rows.shown != (self.entry.schema, self.entry.name):
                self.rows.show(self.entry.schema, self.entry.name)
            self._switch(DATA)
            return
        if self.tab not in self._filled:
            self.wait("reading …")
            self.post_message(self.Wanted(self, self.entry, self.tab))
        self._show_if_filled()

    def _show_if_filled(self) -> None:
        if self.tab not in self._filled:
            return
        if self.tab in FACTS:
            self.facts.source = self._lists[self.tab]
        self._switch(DDL if self.tab == DDL else "facts")

    def _switch(self, to: str) -> None:
        switcher = self.query_one(ContentSwitcher)
        had_focus = switcher.visible_content is not None and switcher.visible_content.has_focus_within
        switcher.current = to
        if had_focus:
            self.focus_body()


def tabs_of(entry: Entry) -> tuple[str, ...]:
    """Return the parts an object has."""
    if entry.kind is Kind.TABLE:
        return (*FACTS, DATA, DDL)
    if entry.kind in RELATIONS:
        return ("columns", *(("indexes",) if entry.kind is Kind.MATERIALIZED_VIEW else ()), "used_by", DATA, DDL)
    return (DDL,)


def _title(entry: Entry) -> str:
    """Say what it is; brackets are escaped, a border's title is markup."""
    return sanitize(f"{_name(entry)} · {entry.kind}").replace("[", r"\[")


def _name(entry: Entry) -> str:
    return ".".join(part for part in (entry.schema, entry.parent, entry.name) if part)
