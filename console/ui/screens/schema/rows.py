"""The rows of a relation, and what one can do with them: filter, sort, follow a key and come back, look, copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from console.errors import ConsoleError
from console.text import plural
from console.ui import commands
from console.ui.copying import copy
from console.ui.screens.ask import Ask
from console.ui.screens.choose import Choose
from console.ui.screens.schema.browsing import Browsing
from console.ui.screens.schema.rows_reader import RowsReader
from console.ui.widgets.grid import Grid

if TYPE_CHECKING:
    from console.rows.foreign_keys import ForeignKey

_MOST_COPIED = 10_000  # rows
_FORMS = ("text", "csv", "json", "ndjson", "markdown", "insert")


class RowsPane(RowsReader):
    """The rows of one relation, with commands."""

    PLACE = "rows"
    BINDINGS: ClassVar[list[BindingType]] = list(commands.bindings("rows"))

    @dataclass
    class Shown(RowsReader.Shown):
        """Rows of a relation are shown, or why there are none."""

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
