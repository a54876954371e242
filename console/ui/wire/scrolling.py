"""Finding rows that moved up or down as a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.ui.wire.cells import Cell, cells
from console.ui.wire.pens import PLAIN
from console.ui.wire.screen import Row, differing

_FEWEST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Scroll:
    """The rows from `top` to `bottom`, both included, moved up by `lines`, down if negative."""

    top: int
    bottom: int
    lines: int


def found(before: Sequence[Row], after: Mapping[int, Row]) -> Scroll | None:
    """Return how most of the changed rows moved, or None if that cannot be said or nothing is gained by it.

    Only the middle of what changed is looked at: beside it there may be scroll bars, borders and other panels.
    """
    if len(after) < _FEWEST_ROWS:
        return None
    first, last = _window(before, after)
    places = _places(before, range(min(after), max(after) + 1), first, last)
    moves = {row: places[look] - row for row, cells in after.items() if (look := _look(cells, first, last)) in places}
    votes = Counter(lines for lines in moves.values() if lines)
    if not votes:
        return None
    lines, count = votes.most_common(1)[0]
    if count < _FEWEST_ROWS - 1:
        return None
    rows = [row for row, moved in moves.items() if moved == lines]
    return Scroll(min(*rows, min(rows) + lines), max(*rows, max(rows) + lines), lines)


def apply(scroll: Scroll, rows: Sequence[Row]) -> list[Row]:
    """Return the rows as the terminal shows them after the scroll."""
    blank: Sequence[Cell] = cells(" ", PLAIN) or ()
    fresh: list[Row] = [[*blank] * len(rows[0]) for _ in range(abs(scroll.lines))]
    block = rows[scroll.top : scroll.bottom + 1]
    moved = [*block[scroll.lines :], *fresh] if scroll.lines > 0 else [*fresh, *block[: scroll.lines]]
    return [*rows[: scroll.top], *moved, *rows[scroll.bottom + 1 :]]


def _window(before: Sequence[Row], after: Mapping[int, Row]) -> tuple[int, int]:
    """Return the middle half of the columns that changed in a typical row."""
    firsts, ends = [], []
    for number, row in after.items():
        columns = tuple(differing(before[number], row))
        firsts.append(columns[0])
        ends.append(columns[-1] + 1)
    first, end = sorted(firsts)[len(firsts) // 2], sorted(ends)[len(ends) // 2]
    quarter = (end - first) // 4
    return first + quarter, max(end - quarter, first + quarter + 1)


def _places(before: Sequence[Row], numbers: range, first: int, last: int) -> Mapping[tuple[Cell, ...], int]:
    places: dict[tuple[Cell, ...], int] = {}
    twice = set()
    for number in numbers:
        look = _look(before[number], first, last)
        if look in places:
            twice.add(look)
        places[look] = number
    return {look: number for look, number in places.items() if look not in twice and len(set(look)) > 1}


def _look(row: Row, first: int, last: int) -> tuple[Cell, ...]:
    return tuple(row[first:last])
