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
from console.rows.source import Column, Listed, RowSource
from console.text import plural, sanitize
from console.ui import commands
from console.ui.commanding import Commanding, in_words
from console.ui.copying import copy
from console.ui.screens.ask import Ask
from console.ui.screens.beside import Beside
from console.ui.screens.choose import Choose
from console.ui.screens.schema.browsing import Browsing, Opened
from console.ui.widgets.boxes import Sort as SortMark
from console.ui.widgets.grid import Grid

if TYPE_CHECKING:
    from console.db.session import Session
    from console.rows.foreign_keys import ForeignKey

_MOST_COPIED = 10_000  # rows
_FORMS = ("text", "csv", "json", "ndjson", "markdown", "insert")

Trail = tuple[Browsing, ...]


class RowsPane(Commanding, Vertical):
    """A grid over the rows of one relation, below a line that says how they are filtered or why there are none.

    It reads on a connection of its own, so that slow rows hold up nothing else.
    """

    PLACE = "rows"
    BINDINGS: ClassVar[list[BindingType]] = list(commands.bindings("rows"))
    DEFAULT_CSS = """
    RowsPane {
        & > Static { height: auto; max-height: 50%; display: none; color: $text-warning; }
        &.-filtered > Static { display: block; }
        &.-failed > Static { display: block; color: $text-error; padding: 1 2; }
    }
    """

    session: reactive[Session | None] = reactive(None)

    @dataclass
    class Shown(Message):
        """Rows of a relation are shown, or why there are none."""

        schema: str
        name: str

    def __init__(self, *, id: str | None = None) -> None:
        """Make a pane of no rows."""
        super().__init__(id=id)
        self.beside = Beside("data")
        self._browsing: Browsing | None = None
        self._source: RowSource = Listed(())
        self._keys: tuple[ForeignKey, ...] = ()
        self._trail: Trail = ()
        self._left: list[RowSource] = []

    def compose(self) -> ComposeResult:
        """The filter's line over the grid."""
        yield Static("", markup=False)
        yield Grid()

    async def on_unmount(self) -> None:
        """Give back the disk that rows lie on, and the connection."""
        self.workers.cancel_group(self, "rows")
        self._left.append(self._source)
        await self._let_go()
        await self.beside.close()

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def shown(self) -> tuple[str, str] | None:
        """Schema and name of the relation whose rows are shown."""
        return self._browsing.relation if self._browsing is not None else None

    def show(self, schema: str, name: str) -> None:
        """Show the rows of a relation from the beginning."""
        self.browse(Browsing(schema, name))

    def clear(self) -> None:
        """Show nothing, and forget everything."""
        self.workers.cancel_group(self, "rows")
        self._browsing, self._keys, self._trail = None, (), ()
        self.set_class(False, "-failed", "-filtered")
        self._give(Listed(()))

    @work(exclusive=True, group="rows", description="Reading rows.")
    async def browse(self, wanted: Browsing, trail: Trail = ()) -> None:
        """Show rows as wanted, from which `trail` leads back; what is wrong with a wish leaves the rows as they are."""
        if self.session is None:
            return
        try:
            opened = await wanted.open(await self.beside.session(self.session))
        except MayWrite as error:
            self._ask_leave(wanted, trail, error)
        except ConsoleError as error:
            self._fail(wanted, error)
        else:
            self._take(opened, trail)

    def do_refresh_rows(self) -> None:
        """Read the rows again."""
        if self._browsing is not None:
            self.browse(self._browsing, self._trail)

    @work(group="asking")
    async def do_filter(self) -> None:
        """Ask for a condition, and show the rows that meet it."""
        assert self._browsing is not None
        explain = "A condition in SQL, as behind WHERE; empty shows all rows again."
        asked = Ask("Where", value=self._browsing.condition, placeholder="status = 'draft'", explain=explain)
        typed = await self.app.push_screen_wait(asked)
        if typed is not None:
            self.browse(self._browsing.where(typed), self._trail)

    def do_sort(self) -> None:
        """Sort by the column under the cursor: up, down, as they come."""
        self._sort(self.grid.cursor.column)

    def do_follow(self) -> None:
        """Show the row that the key under the cursor points at."""
        key, row = self._key(), self.grid.row
        assert self._browsing is not None
        assert key is not None
        assert row is not None
        condition = key.condition(dict(zip((column.name for column in self._columns), row, strict=True)))
        if condition is None:
            self.say("This is NULL: it points nowhere.")
            return
        self.browse(Browsing(key.to_schema, key.to_name, filter=condition), (*self._trail, self._browsing))

    def do_back(self) -> None:
        """Show the rows that a key was followed from."""
        self.browse(self._trail[-1], self._trail[:-1])

    def do_copy(self) -> None:
        """Copy the cell under the cursor."""
        copy(self.app, self.grid.value or "", "the cell")

    def do_chart(self) -> None:
        """Draw the rows that meet the condition."""
        from console.ui.screens.charting.reading import Subject
        from console.ui.screens.charting.screen import ChartScreen

        assert self._browsing is not None
        schema, name = self._browsing.relation
        self.app.push_screen(ChartScreen(Subject(name, schema, self._browsing.condition)))

    @work(group="asking")
    async def do_copy_as(self) -> None:
        """Ask for a form, and copy the rows that have been read."""
        form = await self.app.push_screen_wait(Choose("Copy as", [(form, form) for form in _FORMS]))
        if form is None or self._browsing is None or self.session is None:
            return
        try:
            rows = self._read_rows()
            text = await self._browsing.written(await self.beside.session(self.session), self._columns, rows, form)
        except ConsoleError as error:
            self.say_error(error)
            return
        copy(self.app, text, f"{plural(len(rows), 'row')} as {form}")

    def why_not_filter(self) -> str | None:
        """Filtering needs rows."""
        return None if self._browsing is not None else "There are no rows here."

    def why_not_sort(self) -> str | None:
        """Sorting needs a column."""
        return None if self._columns else "There are no rows here."

    def why_not_follow(self) -> str | None:
        """Following needs a column with a foreign key."""
        return None if self._key() is not None else "The column under the cursor has no foreign key."

    def why_not_back(self) -> str | None:
        """Going back needs to have come from somewhere."""
        return None if self._trail else "No key was followed."

    def why_not_copy(self) -> str | None:
        """Copying needs a row."""
        return None if self.grid.row is not None else "There is no row here."

    def why_not_chart(self) -> str | None:
        """Drawing needs rows."""
        return self.why_not_sort()

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
        return self._source.columns

    def _key(self) -> ForeignKey | None:
        column = self.grid.cursor.column
        if self.grid.row is None or column >= len(self._columns):
            return None
        from console.rows.foreign_keys import of_column

        return of_column(self._keys, self._columns[column].name)

    def _sort(self, column: int) -> None:
        if self._browsing is not None:
            self.browse(self._browsing.sorted_by(self._columns[column].name), self._trail)

    def _read_rows(self) -> list[tuple[str | None, ...]]:
        rows = (self._source.row(index) for index in range(min(self._source.counted, _MOST_COPIED)))
        return [row for row in rows if row is not None]

    @work(group="asking")
    async def _ask_leave(self, wanted: Browsing, trail: Trail, error: MayWrite) -> None:
        """A view or condition calls what may write: only a person can agree to that."""
        choices = [("no", "No, leave it"), ("yes", "Show the rows all the same")]
        answer = await self.app.push_screen_wait(Choose("This calls what may write", choices, explain=error.detail))
        if answer == "yes":
            self.browse(wanted.agreed(), trail)
        elif self.shown != wanted.relation:
            self._fail(wanted, error)

    def _take(self, opened: Opened, trail: Trail) -> None:
        """Show rows that have come."""
        wanted, moved = opened.browsing, self.shown != opened.browsing.relation
        self._browsing, self._keys, self._trail = wanted, opened.keys, trail
        self.remove_class("-failed")
        self._mark(wanted, opened.source)
        self._give(opened.source)
        self.grid.cursor = Coordinate(0, 0 if moved else self.grid.cursor.column)
        self.post_message(self.Shown(wanted.schema, wanted.name))

    def _fail(self, wanted: Browsing, error: ConsoleError) -> None:
        """Say what went wrong: for a moment where rows stay, in their place where there are none."""
        if error.sqlstate == "42501" and self.session is not None and self.session.server is not None:
            error.hint = f"Ask for: {wanted.needed_grant(self.session.server.role)}"
        if self.shown == wanted.relation and len(self._source):
            self.say_error(error)
            return
        self._browsing, self._keys = wanted, ()
        self._give(Listed(()))
        self.set_class(True, "-failed")
        self.query_one(Static).update(f"{in_words(error)}\n\nr tries again.")
        self.post_message(self.Shown(wanted.schema, wanted.name))

    def _give(self, source: RowSource) -> None:
        """Hand rows to the grid, and let go of those before."""
        self._left.append(self._source)
        self._source = source
        self.grid.empty = self._browsing.empty if self._browsing is not None and source.columns else ""
        self.grid.source = source
        self._close_left()

    @work(group="closing")
    async def _close_left(self) -> None:
        await self._let_go()

    async def _let_go(self) -> None:
        """Close what is not shown any more."""
        while self._left:
            await self._left.pop().close()

    def _mark(self, wanted: Browsing, source: RowSource) -> None:
        """Say how the rows are filtered and sorted."""
        names = [column.name for column in source.columns]
        by = wanted.sort
        is_known = by is not None and by.column in names
        self.grid.sort = SortMark(names.index(by.column), by.descending) if by is not None and is_known else None
        self.set_class(bool(wanted.condition), "-filtered")
        self.query_one(Static).update(f"where {sanitize(wanted.condition)}")
