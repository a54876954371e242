"""The grid: every table of rows in the program, of any length, of which only the lines in sight are ever drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.events import Click
from textual.message import Message

from console.ui.widgets.columns import NARROWEST, fitting
from console.ui.widgets.table_view import TableView

_STEP = 4  # cells a column is widened by


class Grid(TableView):
    """Rows of a `RowSource` with fixed headings, a cursor, and a line that says where one is.

    The grid reads what it shows and draws it; copying, sorting, filtering and opening are asked for by messages.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", "Up", show=False),
        Binding("down,j", "move(1, 0)", "Down", show=False),
        Binding("left,h", "move(0, -1)", "Left", show=False),
        Binding("right,l", "move(0, 1)", "Right", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First column", show=False),
        Binding("end", "edge(1)", "Last column", show=False),
        Binding("ctrl+home,g", "first_row", "First row", show=False),
        Binding("ctrl+end,G", "last_row", "Last row", show=False),
        Binding("tab", "next_column(1)", "Next column", show=False),
        Binding("shift+tab", "next_column(-1)", "Previous column", show=False),
        Binding("less_than_sign,alt+left", "widen(-1)", "Narrower", show=False),
        Binding("greater_than_sign,alt+right", "widen(1)", "Wider", show=False),
        Binding("equals_sign", "fit", "Fit the column", show=False),
        Binding("enter", "activate", "Open", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | arrows, h j k l, pageup, pagedown | Move the cursor. |
    | home, end | First and last column; first and last row where the cursor is a row. |
    | ctrl+home, g, ctrl+end, G | First and last row. |
    | tab, shift+tab | Next and previous column; the next widget behind the last. |
    | < >, alt+left alt+right, = | Narrower, wider, as wide as what is seen. |
    | enter | Open: a message. |
    """

    DEFAULT_CSS = """
    Grid {
        height: 1fr;
        width: 1fr;
    }
    """

    @dataclass
    class CellChosen(Message):
        """The cursor stands on another cell."""

        grid: Grid
        row: int
        column: int

    @dataclass
    class CellActivated(Message):
        """A person wants to see more of a cell or its row."""

        grid: Grid
        row: int
        column: int

    @dataclass
    class SortRequested(Message):
        """A person wants the rows sorted by a column."""

        grid: Grid
        column: int

    @property
    def row(self) -> tuple[str | None, ...] | None:
        """The row the cursor stands on, or None where none is at hand."""
        return self.source.row(self.cursor.row) if self.cursor.row < len(self.source) else None

    @property
    def value(self) -> str | None:
        """The value the cursor stands on; None for NULL and where no row is at hand."""
        row = self.row
        return row[self.cursor.column] if row else None

    def watch_cursor(self, old: Coordinate, new: Coordinate) -> None:
        """Tell who wants to know that the cursor stands elsewhere."""
        super().watch_cursor(old, new)
        self.post_message(self.CellChosen(self, new.row, new.column))

    def end_arrived(self) -> None:
        """Put the cursor on the last row."""
        self.cursor = Coordinate(len(self.source) - 1, self.cursor.column)

    def on_click(self, event: Click) -> None:
        """Choose a cell, open it when clicked twice, or ask for an order by a heading."""
        if (offset := event.get_content_offset(self)) is None:
            return
        column = self._layout.at(self.first_column, offset.x - self._gutter)
        row = self.scroll_offset.y + offset.y - self._head
        if offset.y < self._head and column is not None:
            self.post_message(self.SortRequested(self, column))
        elif self._head <= offset.y < self._head + self.in_sight[1] and row < len(self.source):
            self.cursor = Coordinate(row, self.cursor.column if column is None else column)
            if event.chain == 2:
                self.action_activate()

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor; where it is a row, go sideways by scrolling."""
        if columns and self._by_row:
            column = max(0, min(self.first_column + columns, len(self.source.columns) - 1))
            self.scroll_to(x=self._layout.starts[column], animate=False)
        else:
            self.cursor = Coordinate(self.cursor.row + rows, self.cursor.column + columns)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a page."""
        self.action_move(pages * max(1, self.in_sight[1]), 0)

    def action_edge(self, side: int) -> None:
        """Go to the first or last column, or row where the cursor is a row."""
        if self._by_row:
            self.action_first_row() if side < 0 else self.action_last_row()
        else:
            self.cursor = Coordinate(self.cursor.row, 0 if side < 0 else len(self.source.columns) - 1)

    def action_first_row(self) -> None:
        """Go to the first row."""
        self.cursor = Coordinate(0, self.cursor.column)

    def action_last_row(self) -> None:
        """Go to the last row, which may have to be read first."""
        if self.source.complete:
            self.end_arrived()
        else:
            self.read_end()

    def action_next_column(self, step: int) -> None:
        """Go to the next column, and behind the last to the next widget."""
        column = self.cursor.column + step
        if not self._by_row and 0 <= column < len(self.source.columns):
            self.cursor = Coordinate(self.cursor.row, column)
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_widen(self, step: int) -> None:
        """Make the column wider or narrower."""
        if not self.source.columns:
            return
        column = self.cursor.column
        self.choose_width(column, max(NARROWEST, self._layout.widths[column] + step * _STEP))

    def action_fit(self) -> None:
        """Make the column as wide as what is seen of it."""
        if self.source.columns:
            column = self.cursor.column
            seen = [row[column] for row in self.rows_in_sight()]
            self.choose_width(column, fitting(self.source.columns[column], seen))

    def action_activate(self) -> None:
        """Ask for more of what the cursor stands on."""
        if len(self.source):
            self.post_message(self.CellActivated(self, *self.cursor))
