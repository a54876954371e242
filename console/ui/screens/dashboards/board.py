"""One dashboard: its line, its panels, one of them alone or as rows, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from console.ui import commands
from console.ui.copying import copy
from console.ui.screens.dashboards.panel_view import PanelView
from console.ui.screens.dashboards.panels import Panels
from console.ui.screens.dashboards.watching import Watching
from console.ui.widgets.grid import Grid
from console.ui.widgets.option_line import OptionLine


class Board(Watching):
    """A dashboard on a session."""

    PLACE = "board"
    BINDINGS: ClassVar[list[BindingType]] = list(commands.bindings("board"))
    DEFAULT_CSS = """
    Board {
        & > ContentSwitcher { height: 1fr; }
        & #sample { border: round $border-blurred; border-title-color: $foreground; }
        & #sample:focus { border: round $primary; }
    }
    """

    @dataclass
    class Stepped(Message):
        """A person wants to see the next dashboard, or the one before."""

        by: int

    def compose(self) -> Iterable[Widget]:
        """A line over the panels, or over the rows of one."""
        yield OptionLine()
        with ContentSwitcher(initial="panels"):
            panels = Panels()
            panels.id = "panels"
            yield panels
            yield Grid(id="sample", empty="There are no rows.")

    def focus_panel(self) -> None:
        """Give the keys to a panel, or to the rows."""
        if self.as_rows:
            self.screen.set_focus(self.query_one(Grid))
        else:
            view = self.current or self.panels.first
            self.screen.set_focus(view)

    def back(self) -> bool:
        """Take one step back: from rows or one panel to all; False when all were shown already."""
        if self.as_rows:
            self.do_table()
        elif self.panels.zoomed is not None:
            self.do_zoom()
        else:
            return False
        return True

    def read_again(self) -> None:
        """Read what is in sight, at once."""
        if self.poller is not None:
            self.poller.again(None if self.panels.zoomed is None else self.panels.zoomed.panel.id)

    def do_pause(self) -> None:
        """Read nothing by itself any more, or again."""
        assert self.poller is not None
        self.poller.toggle()

    def do_zoom(self) -> None:
        """Give one panel all the room, or all of them their own."""
        if self.as_rows:
            self.do_table()
            return
        self.panels.zoom(self.current if self.panels.zoomed is None else None)
        self.post_message(self.Turned())

    def do_table(self) -> None:
        """Show what a panel has read as rows, or the pictures again."""
        switcher, view = self.query_one(ContentSwitcher), self.current
        assert view is not None
        if self.as_rows:
            switcher.current = "panels"
            self.screen.set_focus(view)
        else:
            self._fill(view)
            switcher.current = "sample"
            self.screen.set_focus(self.query_one(Grid))
        self._show()
        self.post_message(self.Turned())

    def do_next(self) -> None:
        """The next dashboard."""
        self.post_message(self.Stepped(1))

    def do_previous(self) -> None:
        """The dashboard before."""
        self.post_message(self.Stepped(-1))

    def do_copy(self) -> None:
        """Copy a panel as text."""
        view = self.current
        assert view is not None
        copy(self.app, view.text, "the panel as text")

    def why_not_pause(self) -> str | None:
        """There has to be something."""
        return None if self.poller is not None else "No dashboard is open."

    def why_not_zoom(self) -> str | None:
        """It takes a panel."""
        return None if self.current is not None else "No panel is chosen."

    def why_not_table(self) -> str | None:
        """It takes rows."""
        view = self.current
        if view is None:
            return "No panel is chosen."
        return None if self.as_rows or len(view.state.ring) else "Nothing was read yet."

    def why_not_copy(self) -> str | None:
        """It takes a panel."""
        return self.why_not_zoom()

    def on_panel_view_opened(self, message: PanelView.Opened) -> None:
        """Show one panel alone, or all again."""
        self.do_zoom()

    def on_panel_view_left(self, message: PanelView.Left) -> None:
        """Go to the panel beside; one that stands alone scrolls nowhere."""
        self.panels.go(message.view, message.right, message.down)

    def on_grid_cell_activated(self, message: Grid.CellActivated) -> None:
        """Show a value with the whole screen for itself."""
        message.stop()
        grid = message.grid
        if grid.row is not None:
            from console.ui.widgets.cell_viewer import CellViewer

            self.app.push_screen(CellViewer(grid.value, grid.source.columns[message.column]))
