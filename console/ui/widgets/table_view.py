"""What a grid looks like: headings that stay, rows, the place of the cursor, and a line that says where one is."""

from __future__ import annotations

from typing import Literal

from textual.cache import LRUCache
from textual.coordinate import Coordinate
from textual.events import Resize
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from console.rows.source import RowSource
from console.ui.widgets.boxes import Boxes, Sort
from console.ui.widgets.columns import Layout, grown, sample_size, wanted, widths
from console.ui.widgets.line_view import Span
from console.ui.widgets.parts import Line, Part, fill, shown
from console.ui.widgets.reading_ahead import place
from console.ui.widgets.row_view import RowView

_LINES_KEPT = 256


class TableView(RowView):
    """Rows under fixed headings, drawn by the line. It scrolls sideways by whole columns."""

    cursor: reactive[Coordinate] = reactive(Coordinate(0, 0), init=False, repaint=False)
    """The row and column, from 0, that the cursor stands on."""

    sort: reactive[Sort | None] = reactive[Sort | None](None)
    """The column marked as the one the rows are sorted by."""

    def __init__(
        self,
        source: RowSource | None = None,
        *,
        cursor: Literal["cell", "row"] = "cell",
        numbers: bool = True,
        types: bool = True,
        footer: bool = True,
        empty: str = "No rows.",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Create a view of `source`.

        `numbers`, `types` and `footer` are the gutter of row numbers, the line of types below the names, and the line
        that says which rows are seen. `empty` is shown when there are none, says what to do next, and may be changed
        before other rows are given.
        """
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._by_row = cursor == "row"
        self._numbers = numbers
        self._footer = footer
        self._head = 2 if types else 1
        self.empty = empty
        self._wanted: tuple[int, ...] = ()
        self._chosen: dict[int, int] = {}
        self._is_measured = False
        self._layout = Layout.of(())
        self._boxes: Boxes | None = None
        self._lines: LRUCache[int, Strip] = LRUCache(_LINES_KEPT)
        if source is not None:
            self.set_reactive(RowView.source, source)

    @property
    def in_sight(self) -> tuple[int, int]:
        """The first row in sight and how many have room."""
        return self.scroll_offset.y, max(0, self.face.height - self._head - int(self._footer))

    @property
    def first_column(self) -> int:
        """The leftmost column in sight."""
        return self._layout.first(self.scroll_offset.x)

    @property
    def _gutter(self) -> int:
        """How many cells the row numbers take."""
        if not self._numbers:
            return 0
        return len(f"{max(len(self.source), self.source.estimate or 0):,}") + 2

    @property
    def _room(self) -> int:
        return max(0, self.face.width - self._gutter)

    def on_mount(self) -> None:
        """Measure the rows the view was made with."""
        self._measure()

    def on_resize(self, event: Resize) -> None:
        """Share out the room there is now, and read what has come into sight."""
        self.lay_out()
        self._follow()
        self.read()

    def watch_source(self) -> None:
        """Show other rows, with the cursor as near to where it was as can be."""
        self._chosen = {}
        self._measure()
        self.cursor = self.validate_cursor(self.cursor)
        self._follow()
        super().watch_source()

    def validate_cursor(self, cursor: Coordinate) -> Coordinate:
        """Keep the cursor on a cell that is there."""
        row = max(0, min(cursor.row, len(self.source) - 1))
        return Coordinate(row, max(0, min(cursor.column, len(self.source.columns) - 1)))

    def watch_cursor(self, old: Coordinate, new: Coordinate) -> None:
        """Draw the lines that changed, and scroll when the cursor leaves the page."""
        self.refresh_lines(self._head + old.row)
        self.refresh_lines(self._head + new.row)
        if old.column != new.column:
            self.refresh_lines(self.scroll_offset.y)
        self._follow()

    def watch_sort(self) -> None:
        """Draw the mark."""
        self.refresh()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Draw from another column on."""
        self.forget_lines()
        super().watch_scroll_x(old_value, new_value)

    def rows_arrived(self) -> None:
        """Draw rows that have come; the first of them tell how wide the columns should be."""
        if self._is_measured:
            self._wanted = grown(self._wanted, self.source.columns, self.rows_in_sight())
            self.lay_out()
        else:
            self._measure()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw other rows, and widen columns whose numbers have become longer."""
        super().watch_scroll_y(old_value, new_value)
        wanted = grown(self._wanted, self.source.columns, self.rows_in_sight())
        if wanted != self._wanted:
            self._wanted = wanted
            self.lay_out()

    def rows_in_sight(self) -> list[tuple[str | None, ...]]:
        """Return the rows in sight that are at hand."""
        top, height = self.in_sight
        return [row for row in map(self.source.row, range(top, min(top + height, len(self.source)))) if row is not None]

    def forget_lines(self) -> None:
        """Draw every line anew."""
        self._boxes = None
        if hasattr(self, "_lines"):  # styles are looked at before there are lines
            self._lines.clear()

    def lay_out(self) -> None:
        """Place the columns in the room there is, and tell the scroll bars how much there is to see."""
        self._layout = Layout.of(widths(self._wanted, self._room, self._chosen))
        height = self._head + len(self.source) + int(self._footer)
        self.virtual_size = Size(self._gutter + self._layout.total, height)
        self.forget_lines()
        self.refresh()

    def choose_width(self, column: int, cells: int) -> None:
        """Give a column the width a person wants."""
        self._chosen[column] = cells
        self.lay_out()
        self._follow()

    def render_line(self, y: int) -> Strip:
        """Draw the headings, a row, or the line of state."""
        room, height = self.face
        if y < self._head:
            return self._heading(room, types=y > 0)
        if self._footer and y == height - 1:
            return self.paint_words(self._state(), room=room)
        index = self.scroll_offset.y + y - self._head
        if index < len(self.source):
            return self._line(index, room)
        empty = shown(f" {self.empty}", "faint") if index == 0 and self.source.complete else ()
        return self.paint(Span(empty), room=room)

    def _measure(self) -> None:
        """Measure the columns by the first rows that are at hand."""
        source = self.source
        first = range(min(len(source), sample_size(len(source.columns))))
        rows = [row for row in map(source.row, first) if row is not None]
        self._is_measured = bool(rows)
        self._wanted = wanted(source.columns, rows)
        self.lay_out()

    def _follow(self) -> None:
        """Scroll as little as brings the cursor into sight."""
        top, height = self.in_sight
        if not height:
            return
        self.scroll_to(y=max(min(top, self.cursor.row), self.cursor.row - height + 1), animate=False, force=True)
        if self._layout.starts and not self._by_row:
            x = self._layout.scroll_for(self.cursor.column, self.first_column, self._room)
            if x != self._layout.starts[self.first_column]:
                self.scroll_to(x=x, animate=False, force=True)

    def _columns(self) -> Boxes:
        if self._boxes is None:
            self._boxes = Boxes(self.source.columns, self._layout, self.first_column, self._room)
        return self._boxes

    def _heading(self, room: int, *, types: bool) -> Strip:
        boxes = self._columns()
        spans = [Span((Part(" " * self._gutter),), "line--header")]
        for index, box in zip(boxes.indexes, boxes.types() if types else boxes.names(self.sort), strict=True):
            is_marked = not types and not self._by_row and index == self.cursor.column
            spans.append(Span(box, "line--mark" if is_marked else "line--header"))
        return self.paint(*spans, Span((), "line--header"), room=room)

    def _line(self, index: int, room: int) -> Strip:
        if index == self.cursor.row:
            return self._cursor_line(index, room)
        if (strip := self._lines.get(index)) is None:
            row = self.source.row(index)
            boxes = self._columns().absent() if row is None else self._columns().row(row)
            strip = self.paint(Span(self._number(index, "faint")), *map(Span, boxes), room=room)
            self._lines.set(index, strip)
        return strip

    def _cursor_line(self, index: int, room: int) -> Strip:
        row = self.source.row(index)
        boxes = self._columns().absent() if row is None else self._columns().row(row)
        if self._by_row:
            spans = [Span(box, "line--cursor") for box in (self._number(index, ""), *boxes)]
            return self.paint(*spans, room=room)
        at = self.cursor.column
        spans = [
            Span(box, "line--cursor" if column == at else "")
            for column, box in zip(self._columns().indexes, boxes, strict=True)
        ]
        return self.paint(Span(self._number(index, "accent")), *spans, Span(()), room=room)

    def _number(self, index: int, tone: str) -> Line:
        if not self._numbers:
            return ()
        number = f"{'' if index < self.source.counted else '~'}{index + 1:,}"
        return [*fill([Part(number, tone)], self._gutter - 1, right=True), Part(" ")]

    def _state(self) -> tuple[Line, Line]:
        """Return where one is, and what is going on."""
        note = getattr(self.source, "note", "")
        where = shown(f" {place(self.source, *self.in_sight)}{' · ' if note else ''}{note}", "faint")
        if self.failure is not None:
            return where, [*shown(f"✗ {self.failure.title} ", "bad")]
        return where, [Part("reading… ", "accent")] if self.is_reading else []
