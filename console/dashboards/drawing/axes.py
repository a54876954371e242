"""Axes around a canvas: numbers in their unit on the left, times or numbers below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from console.dashboards import ticks
from console.dashboards.drawing.canvas import Frame
from console.dashboards.units import axis
from console.drawing.paper import BLANK, Cell, Room, joined, line, padded
from console.drawing.picture import Line, Role
from console.text import width as cells

_LEAST_WIDE, _LEAST_HIGH = 24, 4  # in less there is no room for an axis
_LEAST_FOR_FLOOR = 8
_LEAST_LABEL, _MOST_LABEL = 6, 12  # cells that a label below takes, with the blanks around it
_BETWEEN = 3  # blanks between two of them at least


@dataclass(frozen=True, slots=True)
class Axes:
    """What stands at the edges: labels of rows, and of columns with the cell in which each is."""

    left: dict[int, str]
    bottom: tuple[tuple[int, str], ...]
    wide: int
    floor: bool


def fit(
    room: Room,
    across: tuple[float, float],
    up: tuple[float, float],
    unit: str,
    below: Callable[[int], Sequence[tuple[float, str]]],
    *,
    whole: bool = False,
) -> tuple[Frame, Axes]:
    """Return the canvas that is left beside the axes, and these; `below` gives so many labels of the axis below.

    `whole` names whole numbers only: of sessions there is no half.
    """
    high = room.height - (0 if room.height < _LEAST_HIGH else 2 if room.height >= _LEAST_FOR_FLOOR else 1)
    up, places = ticks.labelled(*up, max(2, min(6, high // 2 + 1)), unit)
    marks = axis([at for at in places if at.is_integer() or not whole], unit)
    wide = max((cells(said) for _, said in marks), default=0)
    if room.width < _LEAST_WIDE or wide > room.width // 3:
        marks, wide = [], -1
    frame = Frame(max(1, room.width - wide - 1), max(1, high), *across, *up)

    def labels(most: int) -> list[tuple[int, str]]:
        return [(frame.column(at), said) for at, said in below(most)]

    return frame, Axes(
        left={frame.row(at): said for at, said in marks},
        bottom=tuple(closest(frame.width, labels)) if room.height >= _LEAST_HIGH else (),
        wide=wide,
        floor=room.height >= _LEAST_FOR_FLOOR,
    )


def around(canvas: Sequence[Sequence[Cell]], axes: Axes, room: Room) -> list[Line]:
    """Return a canvas with its axes, line by line."""
    lines = [_row(place, row, axes, room) for place, row in enumerate(canvas)]
    indent = axes.wide + 1
    wide = len(canvas[0]) if canvas else 0
    if axes.floor:
        below = {place for place, _ in axes.bottom}
        floor = "".join(room.signs.below if place in below else room.signs.floor for place in range(wide))
        corner = padded(room.signs.corner, indent, right=True) if axes.wide >= 0 else ""
        lines.append(line((corner + floor, Role.AXIS)))
    if axes.bottom:
        lines.append(line((" " * indent + label_line(axes.bottom, wide), Role.AXIS)))
    return lines


def closest(wide: int, labels: Callable[[int], Sequence[tuple[int, str]]]) -> Sequence[tuple[int, str]]:
    """Return as many labels as stand apart in so many cells; `labels` gives at most so many.

    >>> closest(30, lambda most: [(place * 30 // most, "May") for place in range(most)])
    [(0, 'May'), (7, 'May'), (15, 'May'), (22, 'May')]
    """
    found: Sequence[tuple[int, str]] = ()
    for each in range(_LEAST_LABEL, _MOST_LABEL + 1):
        found = labels(max(1, wide // each))
        starts = [_start(place, said, wide) for place, said in found]
        ends = [start + cells(said) for start, (_, said) in zip(starts, found, strict=True)]
        if all(right - left >= _BETWEEN for left, right in zip(ends, starts[1:], strict=False)):
            break
    return found


def thinned(labels: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return every so many labels, so that none touches the next.

    >>> thinned([(0, "10"), (2, "20"), (4, "30"), (6, "40")])
    [(0, '10'), (4, '30')]
    """
    for every in range(1, len(labels) + 1):
        kept = list(labels[::every])
        if all(
            right - (cells(next_one) - 1) // 2 > left + cells(said) // 2 + 1
            for (left, said), (right, next_one) in pairwise(kept)
        ):
            return kept
    return list(labels[:1])


def level(canvas: list[list[Cell]], frame: Frame, at: float | None, role: Role, sign: str) -> None:
    """Draw a line at a height where the canvas is empty."""
    if at is None or not frame.bottom <= at <= frame.top:
        return
    row = canvas[frame.row(at)]
    for place, cell in enumerate(row):
        if cell == BLANK:
            row[place] = (sign, role)


def _row(place: int, row: Sequence[Cell], axes: Axes, room: Room) -> Line:
    if axes.wide < 0:
        return joined(row)
    said = axes.left.get(place)
    edge = room.signs.axis if said is None else room.signs.tick
    return line((padded(said or "", axes.wide, right=True) + edge, Role.AXIS)) + joined(row)


def label_line(bottom: Sequence[tuple[int, str]], wide: int) -> str:
    """Return labels in one line, each in the middle below its cell, those left out that would touch the one before."""
    said = ""
    for place, label in bottom:
        size = cells(label)
        start = _start(place, label, wide)
        if size <= wide and (not said or start > cells(said)):
            said += " " * (start - cells(said)) + label
    return said


def _start(place: int, label: str, wide: int) -> int:
    """Return where a label begins that stands in the middle below a cell, or at the edge."""
    size = cells(label)
    return max(0, min(place - (size - 1) // 2, wide - size))
