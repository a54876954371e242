"""What all parts of the screen of migrations share: what is known, what is chosen, and the run under way."""

from __future__ import annotations

from console.migrations.states import Standing
from console.rows.source import Listed
from console.ui.screens.migrations.known import Known
from console.ui.screens.migrations.view import MigrationView
from console.ui.screens.working.under_way import WorkingScreen
from console.ui.widgets.grid import Grid


class MigrationsState(WorkingScreen):
    """A list of migrations, their texts, and a panel of runs."""

    def __init__(self) -> None:
        """Know nothing yet; nothing runs."""
        super().__init__()
        self.listed: Known | None = None
        self.standings: tuple[Standing, ...] = ()
        self.reading = False

    @property
    def grid(self) -> Grid:
        """The migrations on the left."""
        return self.query_one("#migrations", Grid)

    @property
    def view(self) -> MigrationView:
        """The texts on the right."""
        return self.query_one(MigrationView)

    @property
    def known(self) -> Known | None:
        """What is known of the migrations, unless a run is changing it, or it is being read."""
        return None if self.busy or self.reading or self.session is None else self.listed

    @property
    def chosen(self) -> Standing | None:
        """The migration under the cursor."""
        row = self.grid.cursor.row
        return self.standings[row] if row < len(self.standings) else None

    def awaits(self) -> str:
        """Say that folder and ledger are being read."""
        return super().awaits() or ("The migrations are still being read" if self.reading else "")

    def open_list(self, name: str, rows: Listed) -> None:
        """Show one of the lists on the right, and go there."""
        self.view.give(name, rows)
        self.view.focus_body()

    def why_not_run(self) -> str | None:
        """Say why nothing can be run or looked at."""
        if self.session is None:
            return "There is no session."
        if self.reading:
            return f"{self.awaits()}."
        if self.listed is None:
            return "There are no migrations here; the list says why."
        return "A run is under way; ctrl+c stops it." if self.busy else None
