"""Drift: two sides, the changes between them on the left, the chosen one on the right; choose, prove, keep, apply."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from console.db.session import Session
from console.ui import commands
from console.ui.screens.drift import tree
from console.ui.screens.drift.applying import ApplyingScreen
from console.ui.screens.drift.choosing import ChoosingScreen
from console.ui.screens.drift.comparing import ComparingScreen
from console.ui.screens.drift.sides import Sides
from console.ui.screens.drift.sieve import EXPLAINED, Sieve
from console.ui.screens.drift.view import DriftView
from console.ui.screens.working.panel import RunPanel
from console.ui.screens.working.unblocking import UnblockingScreen
from console.ui.widgets.change_tree import ChangeTree
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.text_view import TextView


class FilterLine(Input):
    """The line in which a filter is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "screen.unfilter", "No filter"),
        ("down", "screen.leave", "Down"),
    ]


class DriftScreen(ComparingScreen, ChoosingScreen, ApplyingScreen, UnblockingScreen):
    """Tree and texts; below the tree what is under way."""

    PLACE, PLACES = "drift", ("changes", "drift")
    AUTO_FOCUS = "#changes"
    LEFT, RIGHT = "#left", "DriftView"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("drift"), ("escape", "leave", "Back")]
    DEFAULT_CSS = """
    DriftScreen {
        & > #body { height: 1fr; }
        & #left { width: 58%; max-width: 84; }
        & #list { border: round $border-blurred; border-title-color: $accent; border-subtitle-color: $text-muted; }
        & #list:focus-within { border: round $primary; }
        & #why { height: auto; padding: 1 2; color: $text-muted; display: none; }
        & #why.-shown { display: block; }
        & FilterLine { display: none; background: $panel; }
        & FilterLine.-shown { display: block; }
        & DriftView { width: 1fr; }
        &.-narrow #left { width: 1fr; max-width: 100%; }
    }
    """

    def compose_body(self) -> Iterable[Widget]:
        """Tree and what is under way on the left, texts on the right."""
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Vertical(id="list") as listing:
                    listing.border_title = "Drift"
                    yield Static("", id="why", markup=False)
                    yield ChangeTree(id="changes", empty="")
                    yield FilterLine(compact=True, placeholder=EXPLAINED)
                yield RunPanel()
            yield DriftView()

    def session_changed(self, session: Session | None) -> None:
        """Another database: what was known is of another one."""
        self.sides = Sides()
        self.panel.leave()
        self.show(None)
        self.console.look_since()

    def why_not_leave(self) -> str | None:
        """Changes are not left half-way."""
        return "Something is under way; ctrl+c stops it first." if self.busy else None

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Show the change under the cursor."""
        self.look()
        self.refresh_keys()

    def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Go over to the texts."""
        self.view.focus_body()

    def on_change_tree_opened(self, message: ChangeTree.Opened) -> None:
        """Compare: there is no change yet."""
        if self.known is None:
            self.read_again()

    def on_drift_view_turned(self, message: DriftView.Turned) -> None:
        """Show another part."""
        self.look()

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy the SQL."""
        self.call_later(self.do_copy)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep in sight what meets the filter."""
        self.sieve = Sieve(event.value)
        if self.known is not None:
            self.tree_.roots = tree.nodes(self.known, self.sieve)
        self.say_why()
        self.look()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the tree, with the filter."""
        self.action_leave()

    def do_filter(self) -> None:
        """Show the line to type a filter in."""
        line = self.query_one(FilterLine)
        line.add_class("-shown")
        self.widen(False)
        self.set_focus(line)

    def why_not_filter(self) -> str | None:
        """There has to be something."""
        return self.why_not_use()

    def action_unfilter(self) -> None:
        """Show everything again."""
        line = self.query_one(FilterLine)
        line.value = ""
        self.action_leave()
        line.remove_class("-shown")

    def action_leave(self) -> None:
        """Go back to the tree."""
        self.widen(False)
        super().action_leave()

    def do_wide(self) -> None:
        """Give the right side the whole width, or no more."""
        if self.is_wide:
            self.action_leave()
        else:
            self.widen(True)
            self.view.focus_body()

    def do_next_tab(self) -> None:
        """The next of the texts."""
        self.view.step(1)

    def do_previous_tab(self) -> None:
        """The text before."""
        self.view.step(-1)
