"""What a board reads: a dashboard on a session, over connections of its own, only what somebody can see."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.widgets import ContentSwitcher
from textual.worker import Worker, WorkerError

from console.dashboards.definition import Dashboard
from console.dashboards.fits import Fit
from console.dashboards.parameters import chosen as with_defaults
from console.dashboards.reading.pacing import Pause
from console.dashboards.reading.polling import Poller
from console.dashboards.reading.reader import Reader
from console.errors import UsageError
from console.ui.screens.dashboards import rows, saying
from console.ui.screens.dashboards.choosing import Choosing
from console.ui.screens.dashboards.panel_view import PanelView
from console.ui.screens.dashboards.panels import Panels
from console.ui.titles import title
from console.ui.widgets.grid import Grid
from console.ui.widgets.option_line import OptionLine

if TYPE_CHECKING:
    from console.db.session import Session

_TICK = 1.0  # seconds between two looks at how old things are


class Watching(Choosing):
    """A board that keeps its panels fresh."""

    @dataclass
    class Turned(Message):
        """Other commands may hold: another panel has the keys, it is paused, or it goes on."""

    def __init__(self) -> None:
        """Show no dashboard yet."""
        super().__init__(id="board")
        self.dashboard: Dashboard | None = None
        self.session: Session | None = None
        self.chosen: dict[str, str] = {}
        self.labels: dict[str, tuple[tuple[str, str], ...]] = {}
        self.reader: Reader | None = None
        self.poller: Poller | None = None
        self._remembered: dict[str, dict[str, str]] = {}
        self._polling: Worker[None] | None = None
        self._in_sight = False

    def on_mount(self) -> None:
        """Look from time to time how old things are."""
        self.set_interval(_TICK, self._tick)

    async def on_unmount(self) -> None:
        """End what is read, and wait until the connections have gone."""
        self.leave()
        if self._polling is not None:
            with contextlib.suppress(WorkerError):
                await self._polling.wait()

    @property
    def panels(self) -> Panels:
        """The panels."""
        return self.query_one(Panels)

    @property
    def current(self) -> PanelView | None:
        """The panel that has the keys."""
        return self.panels.current

    @property
    def as_rows(self) -> bool:
        """Whether rows are shown in place of a picture."""
        return self.query_one(ContentSwitcher).current == "sample"

    @property
    def read(self) -> tuple[str, ...]:
        """The panels that are read: those that somebody can see."""
        if not self._in_sight:
            return ()
        if self.as_rows and self.current is not None:
            return (self.current.panel.id,)
        return tuple(name for name in self.panels.seen if not self.panels.views[name].missing)

    async def open(self, session: Session, dashboard: Dashboard, fit: Fit) -> None:
        """Show a dashboard; the one that is shown already goes on as it is."""
        if self.session is session and self.dashboard == dashboard:
            return
        self.leave()
        self.session, self.dashboard, self.labels = session, dashboard, {}
        self.chosen = self._chosen_before(dashboard)
        self.reader = reader = Reader(session, dashboard)
        self.poller = Poller(reader, self.chosen, news=lambda name: self._news(reader, name))
        self.query_one(ContentSwitcher).current = "panels"
        await self.panels.hold(dashboard, fit)
        self.said_anew()
        self._polling = self._poll(self.poller, reader)
        self.read_labels(reader, dashboard)

    def leave(self) -> None:
        """Read nothing any more; who polls lets go of the connections."""
        self.reader = self.poller = None
        self.dashboard = self.session = None
        self.workers.cancel_node(self)

    def watched(self, in_sight: bool) -> None:
        """Say whether anybody can see the board: only then something is read."""
        self._in_sight = in_sight
        self.touched()
        self._show()

    def touched(self) -> None:
        """Say that a person is there."""
        if self.poller is not None:
            self.poller.touched()

    async def stop(self) -> bool | None:
        """Cancel what runs on the server, and pause: else it would begin again."""
        if self.poller is None or self.reader is None:
            return None
        stopped = await self.reader.cancel()
        if stopped is not None:
            self.poller.pause()
        return stopped

    def choose(self, chosen: Mapping[str, str]) -> None:
        """Show something else: another period, another user."""
        assert self.poller is not None
        assert self.dashboard is not None
        self.chosen = self._remembered[self.dashboard.id] = dict(chosen)
        self.poller.choose(self.chosen)
        self.said_anew()

    def on_panels_seen(self, message: Panels.Seen) -> None:
        """Read what is in sight."""
        self._show()

    def said_anew(self) -> None:
        """Say what was chosen, how often it is read, and why it is not."""
        if self.poller is None or self.dashboard is None:
            return
        why = self.poller.why
        if self.poller.paused is Pause.BY_HAND:
            why = f"{why}: space goes on"
        elif why:
            why = f"{why}; any key goes on"
        line = self.query_one(OptionLine)
        line.said = saying.said(self.dashboard, self.chosen, self.labels, self.poller.refresh, why)

    @work(group="polling", exclusive=True, description="Reading panels.")
    async def _poll(self, poller: Poller, reader: Reader) -> None:
        try:
            await poller.run()
        finally:
            await reader.close()

    def _show(self) -> None:
        """Tell the poller what is in sight."""
        if self.poller is not None:
            self.poller.show(self.read)

    def _chosen_before(self, dashboard: Dashboard) -> dict[str, str]:
        """Return what was chosen when it was open the last time; its file may know nothing of that any more."""
        try:
            return with_defaults(dashboard, self._remembered.get(dashboard.id, {}))
        except UsageError:
            return with_defaults(dashboard, {})

    def _news(self, reader: Reader, name: str) -> None:
        """Show what has changed of a panel, or whether it is paused and how often it is read."""
        if self.reader is not reader or not self.is_attached:
            return  # the last words of a dashboard that was left
        for each in [name] if name else list(self.panels.views):
            self._show_state(self.panels.views[each])
        if not name:
            self.said_anew()
            self.post_message(self.Turned())

    def _show_state(self, view: PanelView) -> None:
        assert self.poller is not None
        if view.missing or view.panel.id not in self.poller:
            return  # another dashboard is on its way: its panels are not here yet
        newest = view.newest
        view.show(self.poller.state(view.panel.id), time.monotonic())
        if view is self.current and view.newest is not newest:
            if newest is None:
                self.post_message(self.Turned())
            if self.as_rows:
                self._fill(view)

    def _fill(self, view: PanelView) -> None:
        grid = self.query_one(Grid)
        grid.border_title = title(view.panel.title)
        grid.source = rows.listed(view.state.ring)

    def _tick(self) -> None:
        if self.poller is not None and self._in_sight:
            for name in self.panels.seen:
                self._show_state(self.panels.views[name])
