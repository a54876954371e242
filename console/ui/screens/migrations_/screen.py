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
from textual.worker import Worker

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations import history, verify
from console.migrations.files.folder import Folder
from console.migrations.plan import Plan
from console.migrations.states import Standing
from console.rows.source import Listed
from console.text import sanitize
from console.ui import commands
from console.ui.commanding import in_words
from console.ui.copying import copy
from console.ui.screens import migration_lists, migration_report, migration_run
from console.ui.screens.confirm import Confirm
from console.ui.screens.migration_recording import RecordingScreen
from console.ui.screens.migration_run import Known
from console.ui.screens.migration_view import MigrationView
from console.ui.screens.run_panel import RunPanel
from console.ui.titles import title
from console.ui.widgets.grid import Grid
from console.ui.widgets.text_view import TextView

_REMEMBERED = 200  # entries of the history


class MigrationsScreen(RecordingScreen):
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
        & MigrationView { width: 1fr; }
        &.-narrow #left { width: 1fr; max-width: 100%; }
    }
    """

    def __init__(self) -> None:
        """Make the screen; it shows the migrations of the program's session."""
        super().__init__()
        self._known: Known | None = None
        self._standings: tuple[Standing, ...] = ()
        self._report_worker: Worker[None] | None = None

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
        if session is not None:
            self._read()

    @property
    def grid(self) -> Grid:
        """The migrations on the left."""
        return self.query_one("#migrations", Grid)

    @property
    def known(self) -> Known | None:
        """What is known of the migrations, unless a run is changing it."""
        return None if self.busy or self.session is None else self._known

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The migrations with their states."""
        return self._standings

    @property
    def chosen(self) -> Standing | None:
        """The migration under the cursor."""
        row = self.grid.cursor.row
        return self._standings[row] if row < len(self._standings) else None

    @property
    def view(self) -> MigrationView:
        """The texts on the right."""
        return self.query_one(MigrationView)

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._run_worker is not None and not self._run_worker.is_finished

    async def stop(self) -> bool | None:
        """Stop the run under way: the server cancels, and the panel says what the state is. Or stop a report."""
        if self._report_worker is not None and not self._report_worker.is_finished:
            self._report_worker.cancel()
            return True
        if self._run_worker is None or self._run_worker.is_finished:
            return await super().stop()
        self._run_worker.cancel()
        return None if self._run_worker.is_finished else True

    def why_not_leave(self) -> str | None:
        """A run is not left half-way."""
        return "Migrations are running; ctrl+c stops them first." if self.busy else None

    def on_grid_cell_chosen(self, message: Grid.CellChosen) -> None:
        """Show the texts of the migration under the cursor."""
        if message.grid is self.grid:
            self.view.standing = self.chosen
            self._lint()
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
        self._lint()
        self.refresh_keys()

    def read_again(self) -> None:
        """Read folder and ledger again."""
        self._read()

    def do_next_tab(self) -> None:
        """The next of the texts."""
        self.view.step(1)

    def do_previous_tab(self) -> None:
        """The text before."""
        self.view.step(-1)

    def do_copy(self) -> None:
        """Copy the SQL that is shown."""
        copy(self.app, self.view.sql, "the SQL")

    def do_plan(self) -> None:
        """Show the statements that up would run."""
        assert self._known is not None
        try:
            self._open("plan", migration_lists.plan(self._known.up(self.chosen)))
        except ConsoleError as error:
            self.say_error(error)

    def rehearsable(self) -> tuple[Folder, Plan]:
        """What up would apply is what can be rehearsed."""
        assert self._known is not None
        return self._known.folder, self._known.up(self.chosen)

    def do_up(self) -> None:
        """Apply up to the chosen one, or all that is pending when an applied one is chosen."""
        assert self._known is not None
        self._ask_and_run(self._known.up(self.chosen))

    def do_down(self) -> None:
        """Roll back the chosen one and all that was applied after it."""
        assert self._known is not None
        self._ask_and_run(self._known.down(self.chosen))

    @work(exclusive=True, group="reading", description="Verifying.")
    async def do_verify(self) -> None:
        """Run all checks and show them, the failed ones first."""
        assert self.session is not None
        assert self._known is not None
        try:
            found = await verify.verify(self.session, self._known.folder)
        except ConsoleError as error:
            self.say_error(error)
            return
        self._open("checks", migration_lists.checks(found))
        self.say(found.summary, severity="information" if not found.failed else "warning")

    @work(exclusive=True, group="reading", description="Reading the history.")
    async def do_history(self) -> None:
        """Show what was done here."""
        assert self.session is not None
        try:
            found = await history.read(self.session, limit=_REMEMBERED)
        except ConsoleError as error:
            self.say_error(error)
            return
        self._open("history", migration_lists.history(found.entries))

    def do_report(self) -> None:
        """Ask for a file, and write the synchronisation report to it."""
        self._report_worker = self._write_report()

    @work(exclusive=True, group="report", description="Writing the report.")
    async def _write_report(self) -> None:
        assert self.session is not None
        assert self._known is not None
        typed = await self.app.push_screen_wait(migration_report.question(self.session))
        if not typed or self.session is None or self._known is None:
            return
        self.say("Writing the report …")
        try:
            found = await migration_report.write(self.session, self._known.folder, typed)
        except ConsoleError as error:
            self.say_error(error)
            return
        said = f"The report is in {typed}: {found.summary}."
        self.say(said, severity="information" if found.in_step else "warning")

    def why_not_up(self) -> str | None:
        """Say why nothing can be applied."""
        return self._why_not_run() or (self._known.why_not_up(self.chosen) if self._known is not None else None)

    def why_not_down(self) -> str | None:
        """Say why nothing can be rolled back."""
        return self._why_not_run() or (self._known.why_not_down(self.chosen) if self._known is not None else None)

    def why_not_verify(self) -> str | None:
        """Checks need a folder and a session."""
        return self._why_not_run()

    def why_not_report(self) -> str | None:
        """A report needs a folder and a session, and nobody who changes both meanwhile."""
        return self._why_not_run()

    def why_not_plan(self) -> str | None:
        """A plan needs something pending."""
        return self.why_not_up()

    def why_not_rehearse(self) -> str | None:
        """What can be applied can be rehearsed."""
        return self.why_not_up()

    def why_not_history(self) -> str | None:
        """History needs a session."""
        return None if self.session is not None else "There is no session."

    def why_not_copy(self) -> str | None:
        """Lists are not copied here."""
        return None if self.view.sql else "No SQL is shown."

    def _why_not_run(self) -> str | None:
        if self.session is None or self._known is None:
            return "There is no session, or no folder of migrations."
        return "A run is under way; ctrl+c stops it." if self.busy else None

    def _open(self, name: str, rows: Listed) -> None:
        self.view.give(name, rows)
        self.view.focus_body()

    @work(group="asking")
    async def _ask_and_run(self, wanted: Plan) -> None:
        assert self.session is not None
        assert self._known is not None
        known = self._known
        lines = [f"{step.direction.value}  {step.migration.label}" for step in wanted.steps]
        action = migration_run.words(wanted)
        lines += [*wanted.warnings, *known.recorded.notes, *await migration_run.dangers(self.session, wanted)]
        consent = await self.app.push_screen_wait(Confirm(self.session.target, action, lines))
        if consent is not None:
            self.action_leave()
            self._run_worker = self._run(self.session, known, wanted, consent)

    @work(exclusive=True, group="running", description="Running migrations.")
    async def _run(self, session: Session, known: Known, wanted: Plan, consent: Consent) -> None:
        """Run a plan and show what happens."""
        panel = self.query_one(RunPanel)
        panel.begin(f"{migration_run.words(wanted)} on {session.target.name}")
        self.refresh_keys()
        try:
            async for event in migration_run.carry_out(session, known, wanted, consent):
                panel.take(event)
        except ConsoleError as error:
            panel.fail(error)
        self._read()

    @work(exclusive=True, group="reading", description="Reading the migrations.")
    async def _read(self) -> None:
        """Read folder and ledger and lay them side by side."""
        session = self.session
        if session is None:
            return
        try:
            known = await migration_run.read(session)
        except ConsoleError as error:
            self._show(None)
            self._say_why(in_words(error))
        else:
            self._show(known)
            self._say_why("")
            self.console.now_open()

    def _show(self, known: Known | None) -> None:
        """Lay out what is known of the migrations."""
        self._known = known
        listing = self.query_one("#list", Vertical)
        if known is None:
            self._standings = ()
            listing.border_title, listing.border_subtitle = "Migrations", ""
            self.grid.source = Listed(())
        else:
            found = known.status
            self._standings = found.migrations
            listing.border_title = title(migration_lists.head(found))
            listing.border_subtitle = title(found.summary)
            self.grid.source = migration_lists.migrations(found.migrations, datetime.now(UTC))
        self.view.standing = self.chosen
        self._lint()
        self.refresh_keys()

    @work(exclusive=True, group="linting", description="Looking at what the migration may do to others.")
    async def _lint(self) -> None:
        """Show the hazards of the chosen migration, when that is what is looked at."""
        if self.view.tab != "lint" or self.session is None or self._known is None or self.chosen is None:
            return
        try:
            found = await migration_run.lint(self.session, self._known, self.chosen)
        except ConsoleError as error:
            self.say_error(error)
            return
        self.view.put("lint", migration_lists.hazards(found) if found is not None else Listed(()))

    def _say_why(self, words: str) -> None:
        """Say why there is no list."""
        why = self.query_one("#why", Static)
        why.set_class(bool(words), "-shown")
        why.update(sanitize(words, lines=True))
