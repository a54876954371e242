"""A chart of rows: proposed from the columns, changed by a few keys, saved as a dashboard."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.widget import Widget
from textual.worker import Worker

from console.dashboards.charting import charting
from console.dashboards.charting.chart import Chart
from console.errors import ConsoleError
from console.text import sanitize
from console.ui import commands
from console.ui.copying import copy
from console.ui.screens.ask import Ask
from console.ui.screens.beside import Beside
from console.ui.screens.charting import asking, reading, saving
from console.ui.screens.charting.choosing import ChoosingScreen
from console.ui.screens.charting.view import ChartView
from console.ui.widgets.option_line import OptionLine, Said
from console.ui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from console.db.session import Session

_GROUP = "chart"  # of the work that reads


class ChartScreen(ChoosingScreen):
    """One chart over the whole screen. It reads on a connection of its own, which goes with it."""

    PLACE, PLACES, TAB = "chart", ("chart",), "schema"
    AUTO_FOCUS = LEFT = RIGHT = "#chart"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("chart"), ("escape", "leave", "Back")]

    def __init__(self, subject: reading.Subject, charted: reading.Charted | None = None) -> None:
        """Draw the rows of a relation or of a statement; `charted` is what was seen of it, if it was looked at."""
        super().__init__()
        self._subject = subject
        self._beside = Beside("chart")
        self._of: Session | None = None
        self.charted = charted
        self.proposed: tuple[Chart, ...] = ()
        self.chart: Chart | None = None
        self._anew = False

    def compose_body(self) -> Iterable[Widget]:
        """A line that says what is drawn, over the picture."""
        yield OptionLine()
        yield ChartView(id="chart")

    @property
    def view(self) -> ChartView:
        """The picture."""
        return self.query_one(ChartView)

    async def on_unmount(self) -> None:
        """Let go of the connection."""
        if self in self.console.shown:
            self.console.shown.remove(self)
        self.workers.cancel_node(self)
        await self._beside.close()

    def session_changed(self, session: Session | None) -> None:
        """Look at the columns; what belongs to another database goes."""
        if self._of is None and session is not None:
            self._of = session
            if self.charted is None:
                self._look()
            else:
                self._propose(self.charted)
        else:
            self._leave_another()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Another database may have been opened from another screen."""
        self._leave_another()

    def awaits(self) -> str:
        """Say that rows are being read of which there is no chart yet."""
        running = any(each.group == _GROUP and each.node is self and not each.is_finished for each in self.workers)
        return super().awaits() or ("The chart is still being read" if running and self.view.sample is None else "")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Do what waited for the chart."""
        if event.worker.group == _GROUP and event.worker.is_finished:
            self.console.catch_up(self)

    async def stop(self) -> bool | None:
        """Cancel what is read for the chart."""
        return await self._beside.cancel()

    def read_again(self) -> None:
        """Read what is drawn; if nothing is yet, look at the columns again."""
        if self.chart is None:
            self._look()
        else:
            self._anew = True
            self._read(self.chart)

    def action_leave(self) -> None:
        """Go back to where the chart was asked for."""
        self.dismiss()

    def do_screen_schema(self) -> None:
        """The schema is below."""
        self.dismiss()

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Open another screen by its tab; the schema is below."""
        if message.tab == self.TAB:
            message.prevent_default()
            self.dismiss()

    async def on_option_line_chosen(self, message: OptionLine.Chosen) -> None:
        """Do what a click on the line asks for."""
        if message.command_id:
            await self.action_command(message.command_id)

    def draw(self, chart: Chart) -> None:
        """Draw a chart; the one before stays until what it shows has been read. Another unit needs no reading."""
        assert self.charted is not None
        self.chart = chart
        place = self.proposed.index(chart) if chart in self.proposed else None
        self.query_one(OptionLine).said = asking.said(self._subject.title, chart, place, len(self.proposed))
        panel = charting.panel(self.charted.source, chart)
        if self.view.sample is not None and self.view.shows(panel.sql, panel.kind):
            self.workers.cancel_group(self, _GROUP)
            self.view.show(panel, self.view.sample)
        else:
            self._read(chart)
        self.refresh_keys()

    def do_next(self) -> None:
        """Draw the next proposal."""
        self._step(1)

    def do_previous(self) -> None:
        """Draw the proposal before."""
        self._step(-1)

    @work(group="asking")
    async def do_save(self) -> None:
        """Ask for a title until it gives a name that no dashboard has, and write the file."""
        charted, chart = self.charted, self.chart
        assert charted is not None
        assert chart is not None
        title: str | None = saving.usual_title(charted.source, chart)
        explain = "The title. Its letters and digits are the name of the file."
        while True:
            title = await self.app.push_screen_wait(Ask("Save as a dashboard", value=title or "", explain=explain))
            if not title:
                return
            made = charting.dashboard(charted.source, chart, title)
            if not await saving.is_taken(made.id, os.environ):
                break
            explain = f"There is a dashboard {made.id} already. Give this one another title."
        try:
            path = await saving.write(made, os.environ)
        except ConsoleError as error:
            self.say_error(error)
            return
        self.say(f"Saved as {path}. It is among the dashboards: key 5.")
        self._tell_dashboards()

    def do_copy(self) -> None:
        """Copy the chart as text."""
        copy(self.app, self.view.text, "the chart as text")

    def why_not_next(self) -> str | None:
        """It takes several proposals."""
        return self.why_not_kind() or (None if len(self.proposed) > 1 else "Only a table is proposed for these rows.")

    def why_not_previous(self) -> str | None:
        """It takes several proposals."""
        return self.why_not_next()

    def why_not_save(self) -> str | None:
        """What is saved was seen."""
        return None if self.view.sample is not None else "There is no chart yet."

    def why_not_copy(self) -> str | None:
        """It takes a chart."""
        return self.why_not_save()

    def _arrange(self) -> None:
        """There is one side only."""

    def _leave_another(self) -> None:
        """Go, if the chart is of a database that is not open any more; below another screen it waits for its turn."""
        if self._of is not None and self.session is not self._of and self.is_active:
            self.dismiss()

    def _step(self, by: int) -> None:
        at = self.proposed.index(self.chart) if self.chart in self.proposed else -max(0, by)
        self.draw(self.proposed[(at + by) % len(self.proposed)])

    @work(exclusive=True, group=_GROUP, description="Looking at columns.")
    async def _look(self) -> None:
        """Read the columns and some rows, and draw what is likeliest."""
        assert self._of is not None
        self.query_one(OptionLine).said = Said(sanitize(self._subject.title))
        self.view.wait()
        try:
            self.charted = await reading.look(await self._beside.session(self._of), self._subject)
        except ConsoleError as error:
            self._fail(error)
        else:
            self._propose(self.charted)

    def _propose(self, charted: reading.Charted) -> None:
        """Draw what is likeliest."""
        self.proposed = charted.proposed
        self.draw(self.proposed[0])

    @work(exclusive=True, group=_GROUP, description="Reading a chart.")
    async def _read(self, chart: Chart) -> None:
        """Show a chart, of the rows that were looked at where they tell it, until somebody asks for newer ones."""
        assert self._of is not None
        assert self.charted is not None
        source = self.charted.source
        panel = charting.panel(source, chart)
        self.view.wait()
        try:
            session = await self._beside.session(self._of)
            if self._anew:
                sample = await reading.read(session, panel, asks=source.asks)
            else:
                sample = await reading.draw(session, self.charted, chart)
        except ConsoleError as error:
            self._fail(error)
        else:
            self.view.show(panel, sample, charting.cut_off(chart, len(sample.rows), more=sample.more))
            self.refresh_keys()

    def _fail(self, error: ConsoleError) -> None:
        self.view.fail(error)
        self.refresh_keys()

    def _tell_dashboards(self) -> None:
        """Let the list of dashboards have the new one."""
        from console.ui.screens.dashboards.screen import DashboardsScreen

        for screen in self.console.shown:
            if isinstance(screen, DashboardsScreen):
                screen.look_for_files()
