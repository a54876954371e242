"""A chart of what a statement gives: it is typed here, and drawn over it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.widget import Widget

from console.errors import ConsoleError
from console.text import age
from console.ui.commanding import in_words
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.beside import Beside
from console.ui.screens.charting import reading
from console.ui.screens.charting.reading import Charted, Subject
from console.ui.screens.charting.screen import ChartScreen
from console.ui.screens.charting.statement_area import StatementArea
from console.ui.screens.dashboards.lists import toned
from console.ui.widgets.papers import Text, hanging
from console.ui.widgets.tab_line import TabLine
from console.ui.widgets.text_view import TextView

_EXPLAINED = (
    "One statement that reads: SELECT, WITH, VALUES or TABLE. It runs in a read-only transaction.\n\n"
    "ctrl+j or f5 draws what it gives, and so does enter behind a semicolon at the end; escape goes back.\n\n"
    "A result with times lets one choose a period once its chart is saved. Where the statement itself needs the "
    "period, %(since)s and %(until)s are its moments."
)
_ENDS = "ctrl+c or escape ends it."


class QueryScreen(ConsoleScreen):
    """A statement over what came of it. The text stays while a chart lies over it."""

    PLACE, PLACES, TAB = "statement", ("statement",), "dashboards"
    AUTO_FOCUS = LEFT = "StatementArea"
    RIGHT = "#said"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Back")]
    DEFAULT_CSS = """
    QueryScreen #said { height: 1fr; border: round $border-blurred; border-title-color: $accent; padding: 0 1; }
    """

    def __init__(self, typed: str, keep: Callable[[str], None]) -> None:
        """Begin with what was typed before; `keep` is told what is typed when the screen is left."""
        super().__init__()
        self._typed = typed
        self._keep = keep
        self._beside = Beside("chart")
        self._since: float | None = None
        self._leaving = False

    def compose_body(self) -> Iterable[Widget]:
        """The statement, and words below it."""
        area = StatementArea(self._typed, show_line_numbers=True, placeholder="SELECT …")
        area.border_title = "A dashboard from a query"
        yield area
        yield TextView(id="said")

    @property
    def area(self) -> StatementArea:
        """What is typed."""
        return self.query_one(StatementArea)

    @property
    def said(self) -> TextView:
        """What came of it."""
        return self.query_one("#said", TextView)

    def on_mount(self) -> None:
        """Say what may be typed."""
        super().on_mount()
        self._say(_EXPLAINED)
        self.set_interval(1.0, self._tell_how_long)

    async def on_unmount(self) -> None:
        """Let go of the connection."""
        if self in self.console.shown:
            self.console.shown.remove(self)
        self.workers.cancel_node(self)
        await self._beside.close()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """The list was asked for while a chart lay over this."""
        if self._leaving:
            self._leave()

    async def stop(self) -> bool | None:
        """Cancel what is read."""
        return await self._beside.cancel()

    def read_again(self) -> None:
        """Draw what is typed."""
        if self.area.text.strip() and self._since is None:
            self._look(self.area.text)

    def on_statement_area_sent(self, message: StatementArea.Sent) -> None:
        """Draw what is typed."""
        self.read_again()

    def action_leave(self) -> None:
        """Go back to the list; what is being read is given up first."""
        if self._since is None:
            self._leave()
        else:
            self._give_up()

    def do_screen_dashboards(self) -> None:
        """The list is below."""
        self._leave()

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Open another screen by its tab; the list is below."""
        if message.tab == self.TAB:
            message.prevent_default()
            self._leave()

    def leave_with_chart(self) -> None:
        """Go to the list once the chart that lies over this has gone."""
        self._leaving = True

    @work(group="stopping", description="Cancelling a query.")
    async def _give_up(self) -> None:
        await self.stop()

    @work(exclusive=True, group="chart", description="Reading a query.")
    async def _look(self, typed: str) -> None:
        """Read some rows, and draw what is likeliest."""
        session = self.session
        if session is None:
            return
        self._since = time.monotonic()
        self._say("reading …")
        self.set_focus(self.said)  # where ctrl+c is nobody else's
        try:
            charted = await reading.look(await self._beside.session(session), Subject("query", sql=typed))
        except ConsoleError as error:
            self._fail(error)
        else:
            self._say(_EXPLAINED)
            self.app.push_screen(QueryChart(charted, self))
        finally:
            self._since = None
            self.set_focus(self.area)

    def _fail(self, error: ConsoleError) -> None:
        """Say what is wrong, and go to where it is."""
        self._say(f"✗ {in_words(error)}")
        if error.line is not None:
            self.area.show_place(error.line, error.column or 1)

    def _tell_how_long(self) -> None:
        if self._since is not None:
            self._say(f"reading for {age(time.monotonic() - self._since)} …\n\n{_ENDS}")

    def _say(self, text: str) -> None:
        self.said.paper = Text(text, toned, hang=hanging)

    def _leave(self) -> None:
        self._keep(self.area.text)
        self.dismiss()

    def _arrange(self) -> None:
        """Both have the whole width."""


class QueryChart(ChartScreen):
    """A chart over the statement that it is of."""

    TAB = "dashboards"

    def __init__(self, charted: Charted, over: QueryScreen) -> None:
        """Draw what was looked at already."""
        super().__init__(Subject("query", sql=charted.source.sql), charted)
        self._over = over

    def do_screen_schema(self) -> None:
        """The schema is elsewhere."""
        self.console.do_screen_schema()

    def do_screen_dashboards(self) -> None:
        """The list is below what is typed."""
        self._over.leave_with_chart()
        self.dismiss()

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Open another screen by its tab; the list is below what is typed."""
        if message.tab == self.TAB:
            message.prevent_default()
            self.do_screen_dashboards()
