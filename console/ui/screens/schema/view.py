"""What is chosen in the tree: a title, tabs for its parts, and the part that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.coordinate import Coordinate
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from console.catalog.entries import Entry
from console.text import sanitize
from console.ui.screens.schema.tabs import DATA, DDL, LABELS, WITH_LISTS, tabs_of
from console.ui.titles import title
from console.ui.widgets.tab_line import Tab, TabLine

if TYPE_CHECKING:
    from console.db.session import Session
    from console.rows.source import Listed
    from console.ui.screens.schema.bodies import Bodies
    from console.ui.screens.schema.lists import Facts, Lead
    from console.ui.screens.schema.rows import RowsPane
    from console.ui.widgets.grid import Grid
    from console.ui.widgets.sql_view import SqlView

_PAUSE = 0.06  # seconds of standing still before an object is asked for: a cursor that runs asks for nothing
_PATIENCE = 0.3  # seconds that the object before stays in sight while the next is read


class ObjectView(Vertical):
    """Title, tabs and body. It asks for what it has not been given, by message, and is filled by the screen.

    What is in sight stays until what comes next is there, and then changes as a whole. The bodies come when it is
    furnished: a start shows the tree before, and what was chosen by then is looked at afterwards.
    """

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

    @dataclass
    class Wanted(Message):
        """An object is looked at of which not all is there: the facts of its lists, the statements behind `DDL`."""

        view: ObjectView
        entry: Entry
        tab: str

    @dataclass
    class Followed(Message):
        """A person wants to go where a line leads."""

        lead: Lead

    @dataclass
    class Changed(Message):
        """Another object or another of its tabs is looked at."""

    session: reactive[Session | None] = reactive(None, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        """Make a view of nothing."""
        super().__init__(id=id)
        self.entry: Entry | None = None
        self.tab = ""
        self._preferred = ""
        self._row = ""
        self._facts: Facts | None = None
        self._has_ddl = False
        self._bodies: Bodies | None = None
        self._wants_keys = False
        self._pause: Timer | None = None
        self._patience: Timer | None = None

    def compose(self) -> ComposeResult:
        """Tabs over the words that stand in for the three bodies."""
        yield TabLine((), id="parts")
        with ContentSwitcher(initial="wait"):
            yield Static("", id="wait", markup=False)

    async def furnish(self) -> None:
        """Bring in the three bodies; once is enough."""
        from console.ui.screens.schema import bodies

        if self._bodies is not None:
            return
        made = bodies.made()
        await self.query_one(ContentSwitcher).mount(*made)
        self._bodies = made
        made.rows.session = self.session
        if self.entry is not None:
            self._look()
        if self._wants_keys:
            self.focus_body()

    def watch_session(self, session: Session | None) -> None:
        """Read rows from the same database."""
        if self._bodies is not None:
            self._bodies.rows.session = session

    async def cancel(self) -> bool | None:
        """Cancel the rows being read: whether the server has confirmed it, None when none are."""
        return await self._bodies.rows.beside.cancel() if self._bodies is not None else None

    @property
    def facts(self) -> Grid:
        """The grid of columns, indexes and so on."""
        assert self._bodies is not None
        return self._bodies.facts

    @property
    def rows(self) -> RowsPane:
        """The rows."""
        assert self._bodies is not None
        return self._bodies.rows

    @property
    def ddl(self) -> SqlView:
        """The statements."""
        assert self._bodies is not None
        return self._bodies.ddl

    @property
    def line(self) -> TabLine:
        """The tabs."""
        return self.query_one("#parts", TabLine)

    def show(self, entry: Entry, *, tab: str = "", row: str = "", at_once: bool = False) -> None:
        """Show an object on a tab of its own, or on the one that was looked at last; `row` is a name in its list."""
        is_new = entry != self.entry
        if is_new:
            self.entry, self._facts, self._has_ddl = entry, None, False
        tabs = tabs_of(entry)
        wanted = tab or self._preferred
        self.tab, self._row = (wanted if wanted in tabs else tabs[0]), row
        self._look(pause=0.0 if at_once or not is_new else _PAUSE)

    def turn_to(self, tab: str) -> None:
        """Look at another part, and at the same of what is shown next."""
        if self.entry is not None and tab in tabs_of(self.entry):
            self.tab = self._preferred = tab
            self._row = ""
            self._look()

    def step(self, by: int) -> None:
        """Go to the next part or the one before."""
        if self.entry is not None:
            tabs = tabs_of(self.entry)
            self.turn_to(tabs[(tabs.index(self.tab) + by) % len(tabs)])

    def look_again(self) -> None:
        """Ask for everything anew."""
        self._facts, self._has_ddl = None, False
        if self.entry is None or self._bodies is None:
            return
        if self.tab == DATA:
            self.rows.do_refresh_rows()
        self._ask()

    def clear(self, words: str = "Choose something on the left.") -> None:
        """Show nothing but words."""
        self._stop_timers()
        self.entry, self._facts, self._has_ddl = None, None, False
        if self._bodies is not None:
            self._bodies.rows.clear()
        self.border_title = self.border_subtitle = ""
        self.line.tabs = ()
        self._say(words)

    def to_copy(self) -> tuple[str, str]:
        """Return what a copy of what is shown is, and its name."""
        if self.tab == DDL and self._has_ddl:
            return self.ddl.sql, "the DDL"
        if self._facts is not None and self.tab in self._facts.lists and self.facts.row is not None:
            return "\t".join(value or "" for value in self.facts.row), "the row"
        return (_name(self.entry), "the name") if self.entry else ("", "")

    def fail(self, entry: Entry, words: str) -> None:
        """Say why an object cannot be shown."""
        if entry == self.entry and self.tab != DATA:
            self._stop_timers()
            self._head()
            self._say(words)

    def fill_facts(self, entry: Entry, facts: Facts) -> None:
        """Give all parts of a relation that are lists."""
        if entry == self.entry:
            self._facts = facts
            self._draw_if_there()

    def fill_ddl(self, entry: Entry, sql: str) -> None:
        """Give the statements."""
        if entry == self.entry:
            self.ddl.sql = sql
            self._has_ddl = True
            self._draw_if_there()

    def focus_body(self) -> None:
        """Put the keys into the part that is looked at, also while it is being read."""
        self._wants_keys = self._bodies is None
        if not self._wants_keys:
            self.screen.set_focus(self._body())

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Look at the part whose tab was clicked."""
        message.stop()
        self.turn_to(message.tab)

    def on_grid_cell_activated(self, message: Grid.CellActivated) -> None:
        """Go where a line leads."""
        if message.grid is self.facts and self._facts is not None and self.tab in self._facts.lists:
            self.post_message(self.Followed(self._facts.lists[self.tab].leads[message.row]))

    def on_rows_pane_shown(self, message: RowsPane.Shown) -> None:
        """Rows have come; of another relation, the screen follows."""
        if self.entry is not None and (message.schema, message.name) == (self.entry.schema, self.entry.name):
            self._draw_if_there()

    def _look(self, *, pause: float = 0.0) -> None:
        self._stop_timers()
        self.post_message(self.Changed())
        if self._bodies is None or self._draw_if_there():
            return
        if pause:
            self._pause = self.set_timer(pause, self._ask)
        else:
            self._ask()

    def _ask(self) -> None:
        assert self.entry is not None
        self._stop_timers()
        self._patience = self.set_timer(_PATIENCE, self._say_reading)
        if self.tab == DATA and self.rows.shown != (self.entry.schema, self.entry.name):
            self.rows.show(self.entry.schema, self.entry.name)
        if not self._is_there() or (self._facts is None and self.entry.kind in WITH_LISTS):
            self.post_message(self.Wanted(self, self.entry, self.tab))

    def _is_there(self) -> bool:
        """Tell whether the part that is looked at has come."""
        if self.entry is None:
            return False
        if self.tab == DATA:
            return self.rows.shown == (self.entry.schema, self.entry.name)
        return self._has_ddl if self.tab == DDL else self._facts is not None

    def _draw_if_there(self) -> bool:
        if not self._is_there():
            return False
        self._stop_timers()
        self._head()
        if self._facts is not None and self.tab in self._facts.lists:
            rows = self._facts.lists[self.tab].rows
            if self.facts.source is not rows:
                self.facts.source = rows
                self.facts.cursor = Coordinate(_place(rows, self._row), 0)
        self._switch(self._body())
        return True

    def _head(self) -> None:
        """Draw title, tabs and the line below for the object that is looked at."""
        assert self.entry is not None
        whose = f" of extension {self.entry.extension}" if self.entry.extension else ""
        self.border_title = title(f"{_name(self.entry)} · {self.entry.kind}{whose}")
        self.border_subtitle = title(self._facts.words) if self._facts is not None else ""
        self.line.tabs = [Tab(tab, LABELS[tab], count=self._count(tab)) for tab in tabs_of(self.entry)]
        self.line.active = self.tab

    def _count(self, tab: str) -> str:
        found = self._facts.lists.get(tab) if self._facts is not None else None
        return str(len(found.rows)) if found is not None and len(found.rows) else ""

    def _say_reading(self) -> None:
        if self._patience is None:  # what was waited for has come while this was on its way
            return
        self._head()
        self._say("reading …")

    def _say(self, words: str) -> None:
        self.query_one("#wait", Static).update(sanitize(words, lines=True))
        self._switch(self.query_one("#wait"))

    def _body(self) -> Widget:
        if self.tab == DATA:
            return self.rows.grid
        return self.ddl if self.tab == DDL else self.facts

    def _switch(self, body: Widget) -> None:
        """Bring a body into sight; the keys go along where they were in the one before."""
        switcher = self.query_one(ContentSwitcher)
        if switcher.has_focus_within and body.focusable:
            self.screen.set_focus(body)
        switcher.current = DATA if self._bodies is not None and body is self._bodies.rows.grid else body.id

    def _stop_timers(self) -> None:
        for timer in (self._pause, self._patience):
            if timer is not None:
                timer.stop()
        self._pause = self._patience = None


def _place(rows: Listed, name: str) -> int:
    """Return the row of a name, or the first."""
    return next((index for index in range(len(rows)) if (row := rows.row(index)) and name and row[0] == name), 0)


def _name(entry: Entry) -> str:
    return ".".join(part for part in (entry.schema, entry.parent, entry.name) if part)
