"""Drift: two sides, the changes between them on the left, the chosen one on the right; choose, prove, keep, apply."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from console.db.session import Session
from console.text import plural, sanitize
from console.ui import commands
from console.ui.screens.drift import definitions, texts, tree
from console.ui.screens.drift.applying import ApplyingScreen
from console.ui.screens.drift.choosing import ChoosingScreen
from console.ui.screens.drift.comparing import ComparingScreen
from console.ui.screens.drift.finishing import FinishingScreen
from console.ui.screens.drift.known import Known
from console.ui.screens.drift.sides import Sides
from console.ui.screens.drift.sieve import EXPLAINED, Sieve
from console.ui.screens.drift.view import OF_CHANGE, DriftView
from console.ui.screens.working.panel import RunPanel
from console.ui.screens.working.unblocking import UnblockingScreen
from console.ui.titles import title
from console.ui.widgets.change_tree import ChangeTree
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.text_view import TextView

_MADE = "\nWhat migrations or a file make is made in a throw-away PostgreSQL."


class FilterLine(Input):
    """The line in which a filter is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "screen.unfilter", "No filter"),
        ("down", "screen.leave", "Down"),
    ]


class DriftScreen(ComparingScreen, ChoosingScreen, FinishingScreen, ApplyingScreen, UnblockingScreen):
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

    def show(self, found: Known | None) -> None:
        """Lay out what is known."""
        self.known = found
        listing = self.query_one("#list", Vertical)
        listing.border_title = title(f"Drift · {self.sides.said(self.here)}")
        listing.border_subtitle = title(texts.state(found)) if found is not None else ""
        self.tree_.roots = tree.nodes(found, self.sieve) if found is not None else []
        self._say_why()
        self._look()
        self.refresh_keys()

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Show the change under the cursor."""
        self._look()
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
        self._look()

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy the SQL."""
        self.call_later(self.do_copy)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep in sight what meets the filter."""
        self.sieve = Sieve(event.value)
        if self.known is not None:
            self.tree_.roots = tree.nodes(self.known, self.sieve)
        self._say_why()
        self._look()

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

    def _say_why(self) -> None:
        """Say what to do where there is no change to look at."""
        why, said = self.query_one("#why", Static), self._why()
        why.set_class(bool(said), "-shown")
        why.update(sanitize(said, lines=True))

    def _why(self) -> str:
        if self.session is None:
            return ""
        if self.known is None:
            made = (
                "\nWhat migrations or a file make is made in a throw-away PostgreSQL."
                if self.sides.takes_shadow
                else ""
            )
            return (
                f"enter or r compares {self.sides.said(self.here)}.{made}"
                "\nf and t choose other sides, s turns them round. Nothing is written to either."
            )
        if not self.known.drift.changes:
            return f"✓ {self.known.drift.summary}\n{self._how()}"
        if not self.tree_.roots:
            return f"Nothing matches among {plural(len(self.known.drift.changes), 'change')}; escape shows them again."
        return ""

    def _how(self) -> str:
        assert self.known is not None
        found = self.known.drift
        notes = "\n".join(f"· {note}" for note in found.notes)
        return f"{sanitize(found.a.label)} is as {sanitize(found.b.label)}.\n{notes}"

    def _look(self) -> None:
        """Show on the right what the cursor and the tab ask for."""
        view, found, standing = self.view, self.known, self.standing
        if found is None or (standing is None and view.tab in OF_CHANGE):
            view.head("")
            view.show_text("" if found is None else texts.about(found))
            return
        if view.tab in OF_CHANGE and standing is not None:
            key = standing.part.key if standing.part is not None else standing.whole
            view.head(f"{key.kind} {sanitize(str(key))}", texts.whose(found, standing))
            if view.tab == "both":
                self._show_both(found, standing)
            elif view.tab == "SQL":
                view.show_sql(texts.sql_of(found, standing))
            else:
                view.show_text(texts.hazards(found, standing))
            return
        view.head("what is taken" if view.tab == "all SQL" else "this comparison")
        if view.tab == "all SQL":
            self._show_whole(found)
        else:
            view.show_text(texts.about(found))

    @work(exclusive=True, group="looking", description="Writing down both definitions.")
    async def _show_both(self, found: Known, standing: tree.Standing) -> None:
        before, after = await asyncio.to_thread(definitions.of, found.drift, standing)
        if self.known is found and self.standing == standing and self.view.tab == "both":
            self.view.show_both(before, after)

    @work(exclusive=True, group="looking", description="Planning what is taken.")
    async def _show_whole(self, found: Known) -> None:
        taken = await self.planned(found)
        if taken is not None and self.view.tab == "all SQL":
            self.view.show_sql(texts.whole(taken))
