"""Draws distances as text: those of any two rows above those of each row from its nearest, over the same axis."""

from __future__ import annotations

from collections.abc import Sequence

from console.drawing.paper import BLANK, Cell, fitted, joined, line
from console.drawing.picture import Line, Picture, Role
from console.drawing.signs import ASCII, UNICODE, Signs
from console.text import plural
from console.text import width as cells
from console.vectors.quality.histogram import Distances, Histogram, figure

_LEAST_HIGH = 6  # two names, a line for each, the axis
_APART = 2  # blanks between numbers


def draw_distances(distances: Distances, width: int, height: int, *, ascii: bool = False) -> Picture:
    """Return both histograms, each below what it shows, with half of the room each."""
    if width <= 0 or height <= 0:
        return ()
    signs = ASCII if ascii else UNICODE
    if not distances.pairs.count or height < _LEAST_HIGH:
        return fitted([line(distances.said)], width, height, ascii=ascii)
    lines: list[Line] = []
    rest = height - 4
    for name, each, high, role in (
        ("any two rows", distances.pairs, rest - rest // 2, Role.SERIES_1),
        ("each row and its nearest", distances.nearest, rest // 2, Role.SERIES_2),
    ):
        lines.append(_head(name, each, distances, width, role))
        lines += _columns(each, width, high, role, signs)
    lines += _axis(distances, width, signs)
    return fitted(lines, width, height, ascii=ascii)


def _head(name: str, of: Histogram, distances: Distances, width: int, role: Role) -> Line:
    if not of.count:
        return line((name, role), ("  no distance is known", Role.MUTED))
    half = f"  half within {figure(of.median)}"
    most = f", 90 % from {figure(of.low)} to {figure(of.high)}"
    rest = f"  {plural(of.count, 'distance')}, {distances.metric.said}"
    forms = ((half + most, rest), (half + most, ""), (half, ""))
    fitting = (each for each in forms if cells(name + "".join(each)) <= width)
    said, aside = next(fitting, forms[-1])
    return line((name, role), said, (aside, Role.MUTED))


def _columns(of: Histogram, width: int, high: int, role: Role, signs: Signs) -> list[Line]:
    """Return a column for each bin, or for neighbours together, whose uppermost cell is a part of one."""
    counts, wide, _ = _fitted(of, width)
    top = max(counts, default=0) or 1
    rows = [[BLANK] * (len(counts) * wide) for _ in range(high)]
    for place, found in enumerate(counts):
        full = found / top * high
        for row in range(high if found else 0):
            sign = _part(full - row, signs)
            if sign:
                rows[high - 1 - row][place * wide : (place + 1) * wide] = [(sign, role)] * wide
    return [joined(row) for row in rows]


def _part(share: float, signs: Signs) -> str:
    """Return the sign of a cell that is filled from below; what is there at all is seen in the lowest."""
    if share >= 1:
        return signs.fills[0]
    return signs.up[max(1, round(share * len(signs.up))) - 1] if share > 0 else ""


def _fitted(of: Histogram, width: int) -> tuple[Sequence[int], int, int]:
    """Return counts of so many bins together that they fit, how many cells each is wide, and how many bins it is."""
    together = max(1, -(-len(of.counts) // max(1, width)))
    counts = [sum(of.counts[at : at + together]) for at in range(0, len(of.counts), together)]
    return counts, max(1, width // max(1, len(counts))), together


def _axis(distances: Distances, width: int, signs: Signs) -> list[Line]:
    """Return the line below, and numbers at some of its edges."""
    of = distances.pairs
    counts, wide, together = _fitted(of, width)
    ends = len(counts) * wide
    longest = max(cells(figure(edge)) for edge in (of.edges[0], of.edges[-1], of.edges[len(of.edges) // 2]))
    every = _every(len(counts), wide, longest + _APART)
    ticks = range(0, len(counts), every)
    floor = "".join(signs.below if at % wide == 0 and at // wide in ticks else signs.floor for at in range(ends))
    row: list[Cell] = [BLANK] * width
    for place in ticks:
        said = figure(of.edges[place * together])
        start = place * wide
        if start + cells(said) <= width and all(cell == BLANK for cell in row[max(0, start - 1) : start + len(said)]):
            row[start : start + len(said)] = [(sign, Role.AXIS) for sign in said]
    return [line((floor, Role.AXIS)), joined(row)]


def _every(bins: int, wide: int, room: int) -> int:
    """Return every so many bins an edge is named: a number that is easy to count in.

    >>> _every(60, 1, 6), _every(50, 2, 6), _every(5, 8, 6)
    (10, 5, 1)
    """
    return next((step for step in (1, 2, 5, 10, 20, 50, 100) if step * wide >= room), bins or 1)
