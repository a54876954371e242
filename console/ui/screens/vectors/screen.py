"""Vectors: the columns that hold them, what there is to know of one, and the search in it over the whole width."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from console.db.session import Session
from console.ui import commands
from console.ui.commands import Command, key_label
from console.ui.copying import copy
from console.ui.screens.vectors.desk import Desk
from console.ui.screens.vectors.desk_state import DeskState
from console.ui.screens.vectors.listing import ListingScreen
from console.ui.screens.vectors.lists import About
from console.ui.screens.vectors.question_line import QuestionInput
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.text_view import TextView
from console.vectors.column import VectorColumn


class VectorsScreen(ListingScreen):
    """List and what is known of one column; the desk comes over both."""

    PLACE, PLACES = "vectors", ("question", "hits", "picture", "search", "vectors")
    AUTO_FOCUS = "#columns"
    LEFT, RIGHT = "#list", "#right"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("vectors"), ("escape", "leave", "Back")]
    DEFAULT_CSS = """
    VectorsScreen {
        & > #body { height: 1fr; }
        & #list { width: 58%; border: round $border-blurred; border-title-color: $accent; }
        & #list:focus-within { border: round $primary; }
        & #right { width: 1fr; height: 1fr; }
        & #about { border: round $border-blurred; border-title-color: $accent; }
        & #about:focus { border: round $primary; }
        &.-narrow #list { width: 1fr; }
    }
    """

    def compose_body(self) -> Iterable[Widget]:
        """List on the left; on the right what is known of one, or the desk."""
        with Horizontal(id="body"):
            with Vertical(id="list") as listing:
                listing.border_title = "Vectors"
                yield OutlineTree(id="columns", empty="reading …")
            with ContentSwitcher(id="right", initial="about"):
                yield TextView(id="about")
                yield Desk()

    async def on_unmount(self) -> None:
        """Let go of the connection."""
        self.workers.cancel_node(self)
        await self.beside.close()

    @property
    def desk(self) -> Desk:
        """The search."""
        return self.query_one(Desk)

    @property
    def is_open(self) -> bool:
        """Whether the desk is in sight."""
        return self.query_one("#right", ContentSwitcher).current == "desk"

    def session_changed(self, session: Session | None) -> None:
        """Another database: other columns."""
        self.workers.cancel_node(self)
        self.known, self.about = None, {}
        self._close()
        self.desk.let_go()
        self.show(None, why="reading …")
        if session is not None:
            self.read()

    async def stop(self) -> bool | str | None:
        """Cancel what the desk runs, else what is read for the list."""
        ways: tuple[Callable[[], Awaitable[bool | str | None]], ...] = (
            self.desk.stop,
            self.beside.cancel,
            super().stop,
        )
        for cancel in ways:
            stopped = await cancel()
            if stopped is not None:
                return stopped
        return None

    def why_not_leave(self) -> str | None:
        """What writes is not left half-way."""
        return "Something is under way; ctrl+c stops it first." if self.desk.busy else None

    def search_in(self, schema: str, table: str) -> None:
        """Open the first column of vectors of a table, now or once the columns are known."""
        self.asked_for = f"{schema}.{table}."
        if self.known is not None:
            self._open_wanted()

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Say what there is to know of it."""
        if message.tree is self.tree_:
            self.tell_about()
            self.look_at()
            self.refresh_keys()

    def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Search in it."""
        if message.tree is self.tree_:
            self._open()

    def on_desk_state_turned(self, message: DeskState.Turned) -> None:
        """Other commands may hold."""
        self.refresh_keys()

    def on_desk_state_changed(self, message: DeskState.Changed) -> None:
        """Read the columns again: one has changed."""
        self.about = {}
        self.read()

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands that hold where the focus is; while one types, letters are letters."""
        found = super().commands_now()
        if not isinstance(self.focused, QuestionInput):
            return found
        return tuple(each for each in found if not _is_typed(self.console.keys_of(each)))

    def action_leave(self) -> None:
        """One step back: from the right to the hits, from the desk to the list."""
        if self.is_open and self.desk.back():
            return
        self._close()
        super().action_leave()

    def read_again(self) -> None:
        """Search again; on the list, read it again."""
        if self.is_open:
            self.desk.read_again()
        else:
            self.about = {}
            self.read()

    def do_about(self) -> None:
        """Go to what there is to know of it, or to why there is nothing."""
        self.set_focus(self.query_one("#about"))

    def do_fill(self) -> None:
        """Open the column, and embed what has no vector."""
        self._open(fill=True)

    def do_copy(self) -> None:
        """Copy the name of the column."""
        copy(self.app, self.column.full_name if self.column is not None else "", "the name")

    def why_not_copy(self) -> str | None:
        """It takes a column."""
        return None if self.column is not None else "No column is chosen."

    why_not_fill = why_not_copy

    def _open(self, *, fill: bool = False) -> None:
        session, chosen, known = self.session, self.chosen, self.known
        if session is None or chosen is None or known is None:
            return
        function = None if isinstance(chosen, VectorColumn) else chosen
        column = chosen if isinstance(chosen, VectorColumn) else chosen.reads(known.columns)
        if column is None and function is not None:
            column = known.columns[0] if known.columns else None
        if column is None:
            self.say("There is no column of vectors whose embedder could be taken.")
            return
        self.query_one("#right", ContentSwitcher).current = "desk"
        self.widen(True)
        functions = known.reading(column)
        self.desk.open(session, column, self.about.get(column.full_name, About()), functions, function, fill=fill)
        self.call_after_refresh(self.set_focus, self.desk.line.input)

    def _close(self) -> None:
        """Show the list again; what was searched for is kept."""
        self.query_one("#right", ContentSwitcher).current = "about"
        self.widen(False)

    def was_read(self) -> None:
        """Open what was asked for from elsewhere, and let the desk have what is known of its column by now."""
        self._open_wanted()
        self._tell_desk()

    def _open_wanted(self) -> None:
        """Open the column that was asked for from elsewhere."""
        wanted, self.asked_for = self.asked_for, ""
        assert self.known is not None
        column = next((each for each in self.known.columns if wanted and each.full_name.startswith(wanted)), None)
        if column is not None:
            self.tree_.reveal([("column", column.full_name)])
            self._open()
        elif wanted:
            self.say("The table has no column of vectors.")

    def _tell_desk(self) -> None:
        """Let the desk have what is known of its column by now."""
        now = self.desk.column
        if now is not None and self.known is not None:
            found = next((each for each in self.known.columns if each.full_name == now.full_name), None)
            if found is not None:
                self.desk.know(found, self.about.get(found.full_name, About()))


def _is_typed(keys: str) -> bool:
    """Return whether a key writes a sign where one types.

    >>> _is_typed("m"), _is_typed("question_mark,f1"), _is_typed("enter"), _is_typed("ctrl+p")
    (True, True, False, False)
    """
    first = keys.split(",")[0]
    return len(key_label(first)) == 1 or first == "space"
