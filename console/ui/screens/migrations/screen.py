"""The migrations: what is applied and pending on the left, the chosen one's texts on the right; apply and roll back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from console.db.session import Session
from console.errors import ConsoleError
from console.rows.source import Listed
from console.text import sanitize
from console.ui import commands
from console.ui.commanding import in_words
from console.ui.copying import copy
from console.ui.screens.migrations import known, lists
from console.ui.screens.migrations.applying import ApplyingScreen
from console.ui.screens.migrations.known import Known
from console.ui.screens.migrations.looking import LookingScreen
from console.ui.screens.migrations.recording import RecordingScreen
from console.ui.screens.migrations.rehearsing import RehearsingScreen
from console.ui.screens.migrations.view import MigrationView
from console.ui.screens.working.panel import RunPanel
from console.ui.screens.working.unblocking import UnblockingScreen
from console.ui.titles import title
from console.ui.widgets.grid import Grid
from console.ui.widgets.text_view import TextView


class MigrationsScreen(LookingScreen, ApplyingScreen, RehearsingScreen, RecordingScreen, UnblockingScreen):
    """List and texts; below the list what happens while migrations run."""

    PLACE, PLACES = "migrations", ("migrations",)
    AUTO_FOCUS = "#migrations"
    LEFT, RIGHT = "#left", "MigrationView"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("migrations"), ("escape", "leave", "Back")]
    DEFAULT_CSS = """
    MigrationsScreen {
        & > #body { height: 1fr; }
        & #left { width: 60%; max-width: 74; }
        & #list { border: round $border-blurred; border-title-color: $accent; border-subtitle-color: $text-muted; }
        & #list:focus-within { border: round $primary; }
        & #why { height: auto; padding: 1 2; color: $text-warning; display: none; }
        & #why.-shown { display: block; }
        & #why.-beside { padding: 0 1; max-height: 4; }
        & MigrationView { width: 1fr; }
        &.-narrow #left { width: 1fr; max-width: 100%; }
    }
    """

    def compose_body(self) -> Iterable[Widget]:
        """List and run on the left, texts on the right."""
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Vertical(id="list") as listing:
                    listing.border_title = "Migrations"
                    yield Static("", id="why", markup=False)
                    yield Grid(id="migrations", cursor="row", numbers=False, types=False, footer=False, empty="")
                yield RunPanel()
            yield MigrationView()

    def session_changed(self, session: Session | None) -> None:
        """Read the migrations of another database."""
        self._show(None)
        self._say_why("")
        self.view.clear()
        self.read_again()

    def why_not_leave(self) -> str | None:
        """A run is not left half-way."""
        return "Migrations are running; ctrl+c stops them first." if self.busy else None

    def on_grid_cell_chosen(self, message: Grid.CellChosen) -> None:
        """Show the texts of the migration under the cursor."""
        if message.grid is self.grid:
            self.view.standing = self.chosen
            self.lint()
            self.refresh_keys()

    def on_grid_cell_activated(self, message: Grid.CellActivated) -> None:
        """Go over to the texts."""
        if message.grid is self.grid:
            self.view.focus_body()

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy the SQL."""
        self.do_copy()

    def on_migration_view_turned(self, message: MigrationView.Turned) -> None:
        """Only texts can be copied; what a migration may do to others is looked up when somebody wants to see it."""
        self.lint()
        self.refresh_keys()

    def read_again(self) -> None:
        """Read folder and ledger again."""
        self.reading = self.session is not None
        if self.session is not None:
            self._read(self.session)

    def do_next_tab(self) -> None:
        """The next of the texts."""
        self.view.step(1)

    def do_previous_tab(self) -> None:
        """The text before."""
        self.view.step(-1)

    def do_copy(self) -> None:
        """Copy the SQL that is shown."""
        copy(self.app, self.view.sql, "the SQL")

    def why_not_copy(self) -> str | None:
        """Lists are not copied here."""
        return None if self.view.sql else "No SQL is shown."

    @work(exclusive=True, group="reading", description="Reading the migrations.")
    async def _read(self, session: Session) -> None:
        """Read folder and ledger and lay them side by side."""
        try:
            found = await known.read(session)
        except ConsoleError as error:
            self.reading = False
            self._show(None)
            self._say_why(in_words(error))
        else:
            if self.listed is None:
                self.call_after_refresh(self.console.look_since)  # its code is read behind the list
            self.reading = False
            self._show(found)
            self._say_why("\n".join(found.remarks), beside=True)
        self.console.now_open()
        self.console.catch_up(self)

    def _show(self, found: Known | None) -> None:
        """Lay out what is known of the migrations."""
        self.listed = found
        listing = self.query_one("#list", Vertical)
        if found is None:
            self.standings = ()
            listing.border_title, listing.border_subtitle = "Migrations", ""
            self.grid.source = Listed(())
        else:
            status = found.status
            self.standings = status.migrations
            listing.border_title = title(lists.head(status))
            listing.border_subtitle = title(status.summary)
            self.grid.source = lists.migrations(status.migrations, datetime.now(UTC))
        self.view.standing = self.chosen
        self.lint()
        self.refresh_keys()

    def _say_why(self, words: str, *, beside: bool = False) -> None:
        """Say why there is no list, or what to know `beside` it."""
        why = self.query_one("#why", Static)
        why.set_class(bool(words), "-shown")
        why.set_class(beside, "-beside")
        why.update(sanitize(words, lines=True))
