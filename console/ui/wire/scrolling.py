"""Finding rows that moved up or down as a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from console.ui.wire.cells import UNKNOWN, Cell, blank
from console.ui.wire.screen import Row, differing

_FEWEST_ROWS = 4


class Scroll(NamedTuple):
    """The rows from `top` to `bottom`, both included, moved up by `lines`, down if negative."""

    top: int
    bottom: int
    lines: int

    @property
    def block(self) -> range:
        """The numbers of the rows."""
        return range(self.top, self.bottom + 1)


def found(before: Sequence[Row], after: Mapping[int, Row]) -> Scroll | None:
    """Return how most of the changed rows moved, or None if that cannot be said or done.

    Only the middle of what changed is looked at: beside it there may be scroll bars, borders and other panels. A block
    that would hold unknown cells cannot be moved, since they could not be put right afterwards.
    """
    moves = _moves(before, after) if len(after) >= _FEWEST_ROWS else {}
    votes = Counter(lines for lines in moves.values() if lines)
    lines, count = votes.most_common(1)[0] if votes else (0, 0)
    if count < _FEWEST_ROWS - 1:
        return None
    rows = [row for row, moved in moves.items() if moved == lines]
    scroll = Scroll(min(*rows, min(rows) + lines), max(*rows, max(rows) + lines), lines)
    return None if any(UNKNOWN in after.get(row, before[row]) for row in scroll.block) else scroll


def apply(scroll: Scroll, rows: Sequence[Row]) -> list[Row]:
    """Return the rows as the terminal shows them after the scroll."""
    fresh: list[Row] = [[blank()] * len(rows[0]) for _ in range(abs(scroll.lines))]
    block = rows[scroll.top : scroll.bottom + 1]
    moved = [*block[scroll.lines :], *fresh] if scroll.lines > 0 else [*fresh, *block[: scroll.lines]]
    return [*rows[: scroll.top], *moved, *rows[scroll.bottom + 1 :]]


def _moves(before: Sequence[Row], after: Mapping[int, Row]) -> Mapping[int, int]:
    """Return by how many lines each changed row moved up, as far as it is found again."""
    first, last = _window(before, after)
    places = _places(before, range(min(after), max(after) + 1), first, last)
    looks = {row: _look(cells, first, last) for row, cells in after.items()}
    return {row: places[look] - row for row, look in looks.items() if look in places}


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
    """Return where each look is to be found, if at one place only and more than a blank or a rule."""
    looks = {number: _look(before[number], first, last) for number in numbers}
    times = Counter(looks.values())
    return {look: number for number, look in looks.items() if times[look] == 1 and len(set(look)) > 1}


def _look(row: Row, first: int, last: int) -> tuple[Cell, ...]:
    return tuple(row[first:last])
