"""The screen as the terminal shows it, cell by cell, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress, count
from operator import is_not

from console.ui.wire.cells import UNKNOWN, Cell
from console.ui.wire.frames import Frame

Row = list[Cell]


def differing(before: Row, after: Row) -> Iterator[int]:
    """Yield the columns in which two rows differ."""
    return compress(count(), map(is_not, before, after))


class Screen:
    """What was sent to a terminal of so many columns and rows; nothing yet."""

    def __init__(self, columns: int, rows: int) -> None:
        self.size = (columns, rows)
        self.rows: list[Row] = [[UNKNOWN] * columns for _ in range(rows)]

    def holds(self, frame: Frame) -> bool:
        """Say whether all of the frame is inside the screen."""
        columns, rows = self.size
        return frame.cursor[0] < rows and all(
            0 <= piece.row < rows and 0 <= piece.column <= columns - len(piece.cells) for piece in frame.pieces
        )

    def changed_by(self, frame: Frame) -> Mapping[int, Row]:
        """Return the rows that the frame changes, as they will be, by their number."""
        after: dict[int, Row] = {}
        for piece in frame.pieces:
            row = after.get(piece.row, self.rows[piece.row])
            end = piece.column + len(piece.cells)
            if row[piece.column : end] == piece.cells:
                continue
            if piece.row not in after:
                row = after[piece.row] = row.copy()
            _cut(row, piece.column)
            _cut(row, end)
            row[piece.column : end] = piece.cells
        return after


def _cut(row: Row, column: int) -> None:
    """Make unknown the sign that lies across the left edge of a column: half of it is about to be overwritten."""
    if column >= len(row) or not _is_tail(row[column]):
        return
    head = column
    while _is_tail(row[head]):
        row[head], head = UNKNOWN, head - 1
    row[head] = UNKNOWN
    end = column + 1
    while end < len(row) and _is_tail(row[end]):
        row[end], end = UNKNOWN, end + 1


def _is_tail(cell: Cell) -> bool:
    return cell.width == 0 and cell is not UNKNOWN
