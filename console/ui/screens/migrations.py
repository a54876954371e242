"""The migrations: what is applied and pending on the left, the chosen one's texts on the right; apply and roll back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.worker import Worker

from console.db.session import Session
from console.errors import ConsoleError, Interrupted
from console.migrations import history, plan, runner, status, verify
from console.migrations.files import locate, native
from console.migrations.files.folder import Folder
from console.migrations.ledgers.ledger import Direction
from console.migrations.ledgers.native import Native
from console.migrations.plan import Plan
from console.migrations.states import Standing, State
from console.migrations.status import Status
from console.text import plural, sanitize
from console.ui import commands
from console.ui.copying import copy
from console.ui.screens import migration_lists
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.confirm import Confirm
from console.ui.screens.migration_view import MigrationView
from console.ui.screens.run_panel import RunPanel
from console.ui.widgets.grid import Grid


class MigrationsScreen(ConsoleScreen):
    """List and texts; below the list what happens while migrations run."""

    PLACE = "migrations"
    AUTO_FOCUS = "#migrations"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("migrations"), ("escape", "back", "Back")]
    DEFAULT_CSS = """
    MigrationsScreen {
        & > #body { height: 1fr; }
        & #left { width: 55%; }
        & #list { border: round $border-blurred; border-title-color: $accent; }
        & #list:focus-within { border: round $primary; }
        & MigrationView { width: 1fr; }
        &.-narrow #left { width: 1fr; }
        &.-narrow MigrationView { display: none; }
        &.-narrow.-detail #left { display: none; }
        &.-narrow.-detail MigrationView { display: block; }
    }
    """

    def __init__(self) -> None:
        """Make the screen; it shows the migrations of the program's session."""
        super().__init__()
        self._folder: Folder | None = None
        self._status: Status | None = None
        self._run_worker: Worker[None] | None = None

    def compose_body(self) -> Iterable[Widget]:
        """List and run on the left, texts on the right."""
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Vertical(id="list"):
                    empty = "No migrations here. `dbconsole new NAME` makes the first."
                    yield Grid(id="migrations", cursor="row", numbers=False, types=False, footer=False, empty=empty)
                yield RunPanel()
            yield MigrationView()

    def session_changed(self, session: Session | None) -> None:
        """Read the migrations of another database."""
        self._status = None
        if session is not None:
            self._read()

    @property
    def chosen(self) -> Standing | None:
        """The migration under the cursor."""
        row = self.query_one("#migrations", Grid).cursor.row
        found = self._status.migrations if self._status else ()
        return found[row] if row < len(found) else None

    @property
    def view(self) -> MigrationView:
        """The texts on the right."""
        return self.query_one(MigrationView)

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._run_worker is not None and not self._run_worker.is_finished

    def on_grid_cell_chosen(self, message: Grid.CellChosen) -> None:
        """Show the texts of the migration under the cursor."""
        if message.grid.id == "migrations":
            self.view.standing = self.chosen
            self.refresh_keys()

    def on_grid_cell_activated(self, message: Grid.CellActivated) -> None:
        """Open the texts where they do not stand beside the list."""
        if message.grid.id == "migrations":
            self.add_class("-detail")

    def action_back(self) -> None:
        """Go back to the list."""
        self.remove_class("-detail")
        self.query_one("#migrations", Grid).focus()

    def do_refresh(self) -> None:
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

    def why_not_copy(self) -> str | None:
        """Lists are not copied here."""
        return None if self.view.sql else "No SQL is shown."

    def why_not_up(self) -> str | None:
        """Say why nothing can be applied."""
        return self._why_not_run() or self._no(self._plan_up, "Nothing is pending.")

    def why_not_down(self) -> str | None:
        """Say why nothing can be rolled back."""
        return self._why_not_run() or self._no(self._plan_down, "This migration is not applied.")

    def why_not_verify(self) -> str | None:
        """Checks need a folder and a session."""
        return self._why_not_run()

    def why_not_plan(self) -> str | None:
        """A plan needs something pending."""
        return self.why_not_up()

    def why_not_history(self) -> str | None:
        """History needs a session."""
        return None if self.session is not None else "There is no session."

    def do_plan(self) -> None:
        """Show the statements that up would run."""
        try:
            self._open("plan", migration_lists.plan(self._plan_up()))
        except ConsoleError as error:
            self.say_error(error)

    def do_up(self) -> None:
        """Apply up to the chosen one, or all that is pending when an applied one is chosen."""
        self._ask_and_run(self._plan_up())

    def do_down(self) -> None:
        """Roll back the chosen one and all that was applied after it."""
        self._ask_and_run(self._plan_down())

    @work(exclusive=True, group="reading", description="Verifying.")
    async def do_verify(self) -> None:
        """Run all checks and show them, the failed ones first."""
        assert self.session is not None
        assert self._folder is not None
        try:
            found = await verify.verify(self.session, self._folder)
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
            found = await history.read(self.session, limit=200)
        except ConsoleError as error:
            self.say_error(error)
            return
        self._open("history", migration_lists.history(found.entries))

    def do_cancel(self) -> None:
        """Stop the run under way: the server cancels, and the panel says what the state is."""
        if self.busy and self._run_worker is not None:
            self._run_worker.cancel()
        else:
            self.app.exit(0)

    def _open(self, name: str, rows: object) -> None:
        self.view.give(name, rows)  # type: ignore[arg-type]
        self.add_class("-detail")

    def _why_not_run(self) -> str | None:
        if self.session is None or self._status is None:
            return "There is no session, or no folder of migrations."
        return "A run is under way; ctrl+c stops it." if self.busy else None

    def _no(self, make: object, nothing: str) -> str | None:
        try:
            return None if make().steps else nothing  # type: ignore[operator]
        except ConsoleError as error:
            return error.title

    def _plan_up(self) -> Plan:
        assert self._folder is not None
        chosen = self.chosen
        to = chosen.version if chosen is not None and chosen.state is State.PENDING else None
        return plan.up(self._folder, self._recorded, to=to)

    def _plan_down(self) -> Plan:
        assert self._folder is not None
        chosen = self.chosen
        if chosen is None or chosen.applied is None:
            return Plan()
        after = [each for each in self._recorded.applied if each.position >= chosen.applied.position]
        return plan.down(self._folder, self._recorded, steps=len(after))

    @work(group="asking")
    async def _ask_and_run(self, wanted: Plan) -> None:
        assert self.session is not None
        lines = [f"{step.direction.value}  {sanitize(step.migration.label)}" for step in wanted.steps]
        consent = await self.app.push_screen_wait(Confirm(self.session.target, _action(wanted), lines))
        if consent is not None:
            self._run_worker = self._run(wanted, consent)

    @work(exclusive=True, group="running", description="Running migrations.")
    async def _run(self, wanted: Plan, consent: object) -> None:
        """Run a plan on a connection of its own and show what happens."""
        assert self.session is not None
        panel = self.query_one(RunPanel)
        panel.begin(f"{_action(wanted)} on {self.session.target.name}")
        try:
            async with await self.session.sibling("migrations", direct=True) as own:
                async for event in runner.run(own, wanted, consent):  # type: ignore[arg-type]
                    panel.take(event)
        except Interrupted as error:
            panel.fail(error)
        except ConsoleError as error:
            panel.fail(error)
        self._read()

    @work(exclusive=True, group="reading", description="Reading the migrations.")
    async def _read(self) -> None:
        """Read folder and ledger and lay them side by side."""
        session = self.session
        if session is None:
            return
        listing = self.query_one("#list", Vertical)
        try:
            self._folder = native.read(locate.folder(session.target, None, Path.cwd()))
            self._recorded = await Native().read(session)
        except ConsoleError as error:
            listing.border_title = "Migrations"
            self.say_error(error)
            return
        self._status = status.of(self._folder, self._recorded, Native().name)
        listing.border_title = _title(self._status)
        listing.border_subtitle = sanitize(self._status.summary)
        self.query_one("#migrations", Grid).source = migration_lists.migrations(
            self._status.migrations, datetime.now(UTC)
        )
        self.view.standing = self.chosen
        self.refresh_keys()


def _action(wanted: Plan) -> str:
    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    return f"roll back {plural(downs, 'migration')}" if downs else f"apply {plural(ups, 'migration')}"


def _title(found: Status) -> str:
    return sanitize(f"Migrations · {found.dir.name} · ledger {found.ledger}").replace("[", r"\[")
