"""Dashboards: the list, what there is to know of one, and the one that is open over the whole width."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key, MouseDown, ScreenResume, ScreenSuspend
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from console.dashboards.definition import Dashboard
from console.dashboards.offers import Offer
from console.db.session import Session
from console.errors import ConsoleError
from console.ui import commands
from console.ui.commanding import in_words
from console.ui.copying import copy
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.dashboards import known as knowing
from console.ui.screens.dashboards import lists
from console.ui.screens.dashboards.board import Board
from console.ui.screens.dashboards.watching import Watching
from console.ui.titles import title
from console.ui.widgets.option_line import OptionLine
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.papers import Text, hanging
from console.ui.widgets.text_view import TextView


class DashboardsScreen(ConsoleScreen):
    """List and what is known of one dashboard; the board comes over both."""

    PLACE, PLACES = "dashboards", ("board", "dashboards")
    AUTO_FOCUS = "#dashboards"
    LEFT, RIGHT = "#list", "#right"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("dashboards"), ("escape", "leave", "Back")]
    DEFAULT_CSS = """
    DashboardsScreen {
        & > #body { height: 1fr; }
        & #list { width: 50%; border: round $border-blurred; border-title-color: $accent; }
        & #list:focus-within { border: round $primary; }
        & #right { width: 1fr; height: 1fr; }
        & #about { border: round $border-blurred; border-title-color: $accent; }
        & #about:focus { border: round $primary; }
        &.-narrow #list { width: 1fr; }
    }
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self.known: tuple[Offer, ...] = ()
        self._typed = ""

    def compose_body(self) -> Iterable[Widget]:
        """List on the left; on the right what is known of one, or the board."""
        with Horizontal(id="body"):
            with Vertical(id="list") as listing:
                listing.border_title = "Dashboards"
                yield OutlineTree(id="dashboards", empty="reading …")
            with ContentSwitcher(id="right", initial="about"):
                yield TextView(id="about")
                yield Board()

    @property
    def tree_(self) -> OutlineTree:
        """The list."""
        return self.query_one("#dashboards", OutlineTree)

    @property
    def board(self) -> Board:
        """The dashboard that is open."""
        return self.query_one(Board)

    @property
    def is_open(self) -> bool:
        """Whether the board is in sight."""
        return self.query_one("#right", ContentSwitcher).current == "board"

    @property
    def chosen(self) -> Offer | None:
        """What the cursor stands on."""
        node = self.tree_.node
        return node.subject if node is not None and isinstance(node.subject, Offer) else None

    def session_changed(self, session: Session | None) -> None:
        """Another database: other dashboards fit."""
        self.board.leave()
        self._close()
        self._show((), why="reading …")
        if session is not None:
            self._read()

    async def stop(self) -> bool | str | None:
        """Cancel what panels run, else what is read of the list."""
        stopped = await self.board.stop()
        return stopped if stopped is not None else await super().stop()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Read again what is in sight."""
        self.board.watched(self.is_open)

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Read nothing: nobody sees it."""
        self.board.watched(False)

    def on_key(self, event: Key) -> None:
        """A person is there."""
        self.board.touched()

    def on_mouse_down(self, event: MouseDown) -> None:
        """A person is there."""
        self.board.touched()

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Say what there is to know of it."""
        self._tell()
        self.refresh_keys()

    async def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Open it; of one that does not fit, go to what there is to know."""
        offer = self.chosen
        if offer is not None and offer.ok:
            await self._open(offer)
        elif offer is not None:
            self.set_focus(self.query_one("#about"))

    async def on_board_stepped(self, message: Board.Stepped) -> None:
        """Open the next one that fits, or the one before."""
        offer = knowing.step(self.known, self.board.dashboard, message.by)
        if offer is not None:
            self.tree_.reveal([offer.found.id])
            await self._open(offer)

    def on_watching_turned(self, message: Watching.Turned) -> None:
        """Other commands may hold."""
        self.refresh_keys()

    async def on_option_line_chosen(self, message: OptionLine.Chosen) -> None:
        """Do what a click on the line asks for."""
        await self.board.action_command(message.command_id)

    def action_leave(self) -> None:
        """One step back: from one panel to all, from the board to the list."""
        if self.is_open and self.board.back():
            return
        self._close()
        super().action_leave()

    def read_again(self) -> None:
        """Read the panels in sight again; on the list, the files."""
        if self.is_open:
            self.board.read_again()
        else:
            self._read()

    def look_for_files(self) -> None:
        """Read the list again: there is a new file."""
        self._read()

    def do_query(self) -> None:
        """Let a query be typed, with what was typed before."""
        from console.ui.screens.charting.query import QueryScreen

        self.app.push_screen(QueryScreen(self._typed, self._keep))

    def why_not_query(self) -> str | None:
        """It takes a database, and the list."""
        if self.is_open:
            return "escape goes back to the list first."
        return None if self.session is not None else "No database is open."

    def do_copy(self) -> None:
        """Copy the path of the file."""
        copy(self.app, str(self.chosen.found.path) if self.chosen is not None else "", "the path")

    def why_not_copy(self) -> str | None:
        """It takes a file."""
        return None if self.chosen is not None else "No dashboard is chosen."

    async def _open(self, offer: Offer) -> None:
        session = self.session
        if session is None or not isinstance(offer.found, Dashboard):
            return
        self.query_one("#right", ContentSwitcher).current = "board"
        self.widen(True)
        await self.board.open(session, offer.found, offer.fit)
        self.board.watched(self.is_current)
        self.call_after_refresh(self.board.focus_panel)

    def _keep(self, typed: str) -> None:
        self._typed = typed

    def _close(self) -> None:
        """Show the list again; what was open is kept, and not read."""
        self.query_one("#right", ContentSwitcher).current = "about"
        self.widen(False)
        self.board.watched(False)

    @work(exclusive=True, group="reading", description="Looking for dashboards.")
    async def _read(self) -> None:
        """Find the files, and ask which fit."""
        session = self.session
        if session is None:
            return
        try:
            found = await knowing.read(session)
        except ConsoleError as error:
            self._show((), why="nothing was read; r tries again")
            self.query_one("#about", TextView).paper = Text(in_words(error))
        else:
            self._show(found)
            self.console.now_open()

    def _show(self, found: tuple[Offer, ...], *, why: str = "There are no dashboards.") -> None:
        """Lay out what is known, or say why there is nothing."""
        self.known = found
        self.query_one("#list", Vertical).border_title = title(lists.head(found))
        self.tree_.empty = why
        self.tree_.roots = lists.nodes(found)
        self._tell()
        self.refresh_keys()

    def _tell(self) -> None:
        """Say what there is to know of what the cursor stands on."""
        about, offer = self.query_one("#about", TextView), self.chosen
        about.border_title = title(lists.name(offer)) if offer is not None else ""
        about.paper = Text(lists.about(offer) if offer is not None else "", lists.toned, hang=hanging)
