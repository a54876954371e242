"""What is to be written to bring a row up to date, cut where the pen changes, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from console.ui.wire.cells import Cell
from console.ui.wire.pens import Pen
from console.ui.wire.runs import runs
from console.ui.wire.screen import Row

_drawn_alike = attrgetter("pen", "sure")


class Stretch(NamedTuple):
    """Cells that stand side by side in a row, of one pen, all of sure width or all of unsure."""

    row: int
    column: int
    pen: Pen
    sure: bool
    cells: Sequence[Cell]


def stretches(number: int, before: Row, after: Row) -> Iterator[Stretch]:
    """Yield from the left what differs in the row of this number."""
    for column, end in runs(before, after):
        for (pen, sure), group in groupby(after[column:end], _drawn_alike):
            cells = list(group)
            yield Stretch(number, column, pen, sure, cells)
            column += len(cells)


def by_pen(drawn: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches so that each pen is taken once.

    Where boxes stand side by side, moving the cursor down a border costs less than changing the pen three times in
    each row. Rows with signs of unsure width stay whole and in order: what such a sign runs over is mended behind it.
    """
    pens: dict[Pen, list[Stretch]] = {}
    ordered: list[Stretch] = []
    for _, group in groupby(drawn, attrgetter("row")):
        row = list(group)
        if all(stretch.sure for stretch in row):
            for stretch in row:
                pens.setdefault(stretch.pen, []).append(stretch)
        else:
            ordered += row
    for alike in pens.values():
        ordered += alike
    return ordered
