"""Columns from the floor up: stacks of parts over times or names, and histograms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from console.dashboards import ticks
from console.dashboards.definition import Panel
from console.dashboards.drawing import axes, sideways
from console.dashboards.drawing.canvas import Frame
from console.dashboards.shaping.shapes import Histogram, Stacks
from console.dashboards.units import say
from console.drawing.paper import BLANK, Cell, Room, legend, line, named
from console.drawing.picture import Line, Role
from console.drawing.signs import SERIES
from console.text import cut

_MOST_WIDE, _LEAST_APART = 14, 3
_LEAST_TAKEN = 0.75  # of the room
_LEAST_NAME, _USUAL_NAME = 6, 8
_LEAST_WITH_HEAD, _LEAST_FOR_TWO = 4, 6


def stacks(panel: Panel, shape: Stacks, room: Room) -> list[Line]:
    """Return stacks with a legend above them; names lie on their side if that says more.

    Where there are more than cells, the last ones are drawn.
    """
    head = []
    if room.height >= _LEAST_WITH_HEAD:
        totals = [sum(parts[place] for parts in shape.parts) for place in range(len(shape.names))]
        forms = named(shape.names, [say(total, panel.unit) for total in totals], room.signs.fills)
        lines = 2 if room.height >= _LEAST_FOR_TWO else 1
        head = legend(forms, room.width, high=room.high, lines=lines, more=room.signs.more)
        room = room.less(height=len(head))
    if sideways.suits(shape, room):
        return [*head, *sideways.draw(panel, shape, room)]
    top = max((sum(parts) for parts in shape.parts), default=0.0) or 1.0
    whole = all(part.is_integer() for parts in shape.parts for part in parts)
    frame, edges = axes.fit(room, (0.0, 1.0), (0.0, top), panel.unit, lambda _: [], whole=whole)
    first = max(0, len(shape.places) - frame.width)
    parts, places = shape.parts[first:], shape.places[first:]
    columns = _columns(len(parts), frame.width)
    canvas = _blank(frame)
    for column, each in zip(columns, parts, strict=True):
        _stack(canvas, column, each, frame.top, room)
    if room.height >= _LEAST_WITH_HEAD:
        edges = replace(edges, bottom=tuple(_places(shape, places, columns, frame.width, room.now)))
    return [*head, *axes.around(canvas, edges, room)]


def histogram(panel: Panel, shape: Histogram, room: Room) -> list[Line]:
    """Return a column for each bin, its edges below; how many there are and their middle in the first line."""
    head = []
    if room.height >= _LEAST_WITH_HEAD:
        head = [line((_summary(panel, shape), Role.MUTED))]
        room = room.less(height=1)
    top = max(shape.counts, default=0.0) or 1.0
    frame, edges = axes.fit(room, (0.0, 1.0), (0.0, top), "", lambda _: [], whole=True)
    counts = _merged(shape.counts, frame.width)
    columns = _columns(len(counts), frame.width, touching=bool(shape.edges))
    canvas = _blank(frame)
    for column, count in zip(columns, counts, strict=True):
        _stack(canvas, column, (count,), frame.top, room)
    if room.height >= _LEAST_WITH_HEAD:
        edges = replace(edges, bottom=tuple(_below(panel, shape, columns)))
    return [*head, *axes.around(canvas, edges, room)]


def _columns(many: int, room: int, *, touching: bool = False) -> list[range]:
    """Return the cells of so many columns: as wide as each other with a blank between, or none between narrow ones.

    Where too much of the room were left by that, all of it is taken, and some are wider by a cell.
    """
    each = room // max(1, many)
    if each > _MOST_WIDE or (each >= _LEAST_APART and not touching):
        wide = min(_MOST_WIDE, each - (0 if touching else 1))
        step = wide + (0 if touching else 1)
        return [range(place * step, place * step + wide) for place in range(many)]
    if each * many >= room * _LEAST_TAKEN:
        return [range(place * each, place * each + each) for place in range(many)]
    return [range(place * room // many, (place + 1) * room // many) for place in range(many)]


def _blank(frame: Frame) -> list[list[Cell]]:
    return [[BLANK] * frame.width for _ in range(frame.height)]


def _stack(canvas: list[list[Cell]], cells_of: range, parts: Sequence[float], top: float, room: Room) -> None:
    """Draw a stack: each cell is the part that reaches its middle, the uppermost ends in parts of a cell."""
    high = len(canvas)
    whole = sum(parts) / top * high
    if whole <= 0:
        return
    ends, reached = [], 0.0
    for part in parts:
        reached += part / top * high
        ends.append(reached)
    for row in range(high):
        if row >= whole and row > 0:
            break
        middle = min(row + 0.5, (row + whole) / 2)
        place = next((place for place, end in enumerate(ends) if middle <= end), len(ends) - 1)
        sign = _part_of_cell(whole - row, room) if whole - row < 1 else room.signs.fills[place % len(SERIES)]
        for column in cells_of:
            canvas[high - 1 - row][column] = (sign, SERIES[place % len(SERIES)])


def _part_of_cell(share: float, room: Room) -> str:
    """Return the uppermost cell: what is there at all is seen."""
    up = room.signs.up
    return up[max(0, min(len(up), round(share * len(up))) - 1)]


def _places(
    shape: Stacks, places: Sequence[float | str], columns: Sequence[range], wide: int, now: datetime
) -> list[tuple[int, str]]:
    """Return which columns are named, and in which cell."""
    middles = [column.start + (len(column) - 1) // 2 for column in columns]
    if not shape.timed:
        longest = _longest(columns)
        return axes.thinned([(at, cut(str(name), longest)) for at, name in zip(middles, places, strict=True)])
    moments = [place for place in places if isinstance(place, float)]

    def labels(most: int) -> list[tuple[int, str]]:
        return [(middles[place], said) for place, said in ticks.buckets(moments, most, now)]

    return list(axes.closest(wide, labels))


def _longest(columns: Sequence[range]) -> int:
    """Return how long names below columns may be: as wide as these, if that says something."""
    widest = max(map(len, columns))
    return widest if widest >= _LEAST_NAME else _USUAL_NAME


def _merged(counts: Sequence[float], room: int) -> list[float]:
    """Return counts of neighbours together where there are more bins than cells."""
    many = -(-len(counts) // room)
    return [sum(counts[place : place + many]) for place in range(0, len(counts), many)]


def _below(panel: Panel, shape: Histogram, columns: Sequence[range]) -> list[tuple[int, str]]:
    bins = -(-len(shape.counts) // len(columns))
    if shape.edges:
        edges = [say(edge, panel.unit, short=True) for edge in shape.edges[:-1:bins]]
        return axes.thinned([(column.start, edge) for column, edge in zip(columns, edges, strict=True)])
    longest = _longest(columns)
    names = [cut(name, longest) for name in shape.names[::bins]]
    return axes.thinned([(each.start + (len(each) - 1) // 2, name) for each, name in zip(columns, names, strict=True)])


def _summary(panel: Panel, shape: Histogram) -> str:
    parts = [f"{shape.count:,} in all"]
    if shape.median is not None and shape.high is not None:
        parts = [f"{shape.count:,} values", f"half up to {say(shape.median, panel.unit)}"]
        parts.append(f"95 % up to {say(shape.high, panel.unit)}")
    return ", ".join(parts)
