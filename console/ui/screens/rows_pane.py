"""The rows of a relation, and what one can do with them: filter, sort, follow a key and come back, look, copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.coordinate import Coordinate
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from console.errors import ConsoleError, MayWrite
from console.rows.source import Column, Listed
from console.text import plural, sanitize
from console.ui import commands
from console.ui.commanding import Commanding
from console.ui.copying import copy
from console.ui.screens.browsing import Browsing
from console.ui.widgets.boxes import Sort as SortMark
from console.ui.widgets.grid import Grid

if TYPE_CHECKING:
    from console.db.session import Session
    from console.rows.foreign_keys import ForeignKey

_MOST_COPIED = 10_000  # rows
_FORMS = ("text", "csv", "json", "ndjson", "markdown", "insert")


class RowsPane(Commanding, Vertical):
    """A grid over the rows of one relation, with a line that says how they are filtered."""

    PLACE = "rows"
    BINDINGS: ClassVar[list[BindingType]] = list(commands.bindings("rows"))
    DEFAULT_CSS = """
    RowsPane {
        & > Static { height: 1; display: none; color: $text-warning; }
        &.-filtered > Static { display: block; }
    }
    """

    session: reactive[Session | None] = reactive(None)

    @dataclass
    class Moved(Message):
        """Rows of another relation are shown, after a key was followed or left again."""

        schema: str
        name: str

    def __init__(self, *, id: str | None = None) -> None:
        """Make a pane of no rows."""
        super().__init__(id=id)
        self._browsing: Browsing | None = None
        self._keys: tuple[ForeignKey, ...] = ()
        self._before: list[Browsing] = []

    def compose(self) -> ComposeResult:
        """The filter's line over the grid."""
        yield Static("", markup=False)
        yield Grid()

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def shown(self) -> tuple[str, str] | None:
        """Schema and name of the relation whose rows are shown."""
        return (self._browsing.schema, self._browsing.name) if self._browsing is not None else None

    def show(self, schema: str, name: str) -> None:
        """Show the rows of a relation from the beginning."""
        if self.shown != (schema, name):
            self._before.clear()
        self.browse(Browsing(schema, name))

    def clear(self) -> None:
        """Show nothing, and forget everything."""
        self._browsing, self._keys = None, ()
        self._before.clear()
        self.grid.source = Listed(())

    @work(exclusive=True, group="rows", description="Reading rows.")
    async def browse(self, wanted: Browsing) -> None:
        """Show rows as wanted; what is wrong with a wish leaves the rows as they are."""
        if self.session is None:
            return
        try:
            source = await wanted.open(self.session)
            keys = await wanted.keys(self.session)
        except MayWrite as error:
            self._ask_leave(wanted, error)
            return
        except ConsoleError as error:
            self.say_error(error)
            return
        moved = self.shown != (wanted.schema, wanted.name)
        before, self._browsing, self._keys = self.grid.source, wanted, keys
        self.grid.source = source
        self._mark(wanted)
        await before.close()
        if moved:
            self.grid.cursor = Coordinate(0, 0)
            self.post_message(self.Moved(wanted.schema, wanted.name))

    def do_refresh_rows(self) -> None:
        """Read the rows again."""
        if self._browsing is not None:
            self.browse(self._browsing)

    @work(group="asking")
    async def do_filter(self) -> None:
        """Ask for a condition, and show the rows that meet it."""
        assert self._browsing is not None
        explain = "A condition in SQL, as behind WHERE; empty shows all rows again."
        from console.ui.screens.ask import Ask

        asked = Ask("Where", value=self._browsing.condition, placeholder="status = 'draft'", explain=explain)
        typed = await self.app.push_screen_wait(asked)
        if typed is not None:
            self.browse(self._browsing.where(typed))

    def do_sort(self) -> None:
        """Sort by the column under the cursor: up, down, as they come."""
        self._sort(self.grid.cursor.column)

    def do_follow(self) -> None:
        """Show the row that the key under the cursor points at."""
        assert self._browsing is not None
        key = self._key()
        row = self.grid.row
        assert key is not None
        assert row is not None
        condition = key.condition(dict(zip((column.name for column in self._columns), row, strict=True)))
        if condition is None:
            self.say("This is NULL: it points nowhere.")
            return
        self._before.append(self._browsing)
        self.browse(Browsing(key.to_schema, key.to_name, filter=condition))

    def do_back(self) -> None:
        """Show the rows that a key was followed from."""
        self.browse(self._before.pop())

    def do_copy(self) -> None:
        """Copy the cell under the cursor."""
        copy(self.app, self.grid.value or "", "the cell")

    @work(group="asking")
    async def do_copy_as(self) -> None:
        """Ask for a form, and copy the rows that have been read."""
        from console.ui.screens.choose import Choose

        form = await self.app.push_screen_wait(Choose("Copy as", [(form, form) for form in _FORMS]))
        if form is None or self._browsing is None or self.session is None:
            return
        try:
            rows = self._read_rows()
            text = await self._browsing.written(self.session, self._columns, rows, form)
        except ConsoleError as error:
            self.say_error(error)
            return
        copy(self.app, text, f"{plural(len(rows), 'row')} as {form}")

    def why_not_filter(self) -> str | None:
        """Filtering needs rows."""
        return None if self._browsing is not None else "There are no rows here."

    def why_not_sort(self) -> str | None:
        """Sorting needs rows."""
        return self.why_not_filter()

    def why_not_follow(self) -> str | None:
        """Following needs a column with a foreign key."""
        return None if self._key() is not None else "The column under the cursor has no foreign key."

    def why_not_back(self) -> str | None:
        """Going back needs to have come from somewhere."""
        return None if self._before else "No key was followed."

    def why_not_copy(self) -> str | None:
        """Copying needs a row."""
        return None if self.grid.row is not None else "There is no row here."

    def why_not_copy_as(self) -> str | None:
        """Copying needs a row."""
        return self.why_not_copy()

    def on_grid_sort_requested(self, message: Grid.SortRequested) -> None:
        """Sort by the heading that was clicked."""
        message.stop()
        self._sort(message.column)

    def on_grid_cell_activated(self, message: Grid.CellActivated) -> None:
        """Show a value with the whole screen for itself."""
        message.stop()
        if self.grid.row is not None:
            from console.ui.widgets.cell_viewer import CellViewer

            self.app.push_screen(CellViewer(self.grid.value, self._columns[message.column]))

    @property
    def _columns(self) -> tuple[Column, ...]:
        return self.grid.source.columns

    def _key(self) -> ForeignKey | None:
        column = self.grid.cursor.column
        if self.grid.row is None or column >= len(self._columns):
            return None
        from console.rows.foreign_keys import of_column

        return of_column(self._keys, self._columns[column].name)

    def _sort(self, column: int) -> None:
        if self._browsing is not None:
            self.browse(self._browsing.sorted_by(self._columns[column].name))

    def _read_rows(self) -> list[tuple[str | None, ...]]:
        source = self.grid.source
        rows = (source.row(index) for index in range(min(source.counted, _MOST_COPIED)))
        return [row for row in rows if row is not None]

    @work(group="asking")
    async def _ask_leave(self, wanted: Browsing, error: MayWrite) -> None:
        """A view or condition calls what may write: only a person can agree to that."""
        choices = [("no", "No, leave it"), ("yes", "Show the rows all the same")]
        from console.ui.screens.choose import Choose

        answer = await self.app.push_screen_wait(Choose("This calls what may write", choices, explain=error.detail))
        if answer == "yes":
            self.browse(wanted.agreed())

    def _mark(self, wanted: Browsing) -> None:
        """Say how the rows are filtered and sorted."""
        names = [column.name for column in self._columns]
        by = wanted.sort
        self.grid.sort = (
            SortMark(names.index(by.column), by.descending) if by is not None and by.column in names else None
        )
        self.set_class(bool(wanted.condition), "-filtered")
        self.query_one(Static).update(sanitize(f"where {wanted.condition}"))
