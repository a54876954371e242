"""Lines over time and clouds of points, with axes and a legend."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.dashboards import ticks
from console.dashboards.definition import Panel
from console.dashboards.drawing import axes, canvas
from console.dashboards.drawing.canvas import Frame
from console.dashboards.drawing.sparkline import sparkline
from console.dashboards.shaping.shapes import Cloud, Lines, Series
from console.dashboards.units import say
from console.drawing.paper import Cell, Room, legend, line, named
from console.drawing.picture import Line, Role, Span
from console.drawing.signs import SERIES

_LEAST_HIGH, _LEAST_FOR_TWO, _LEAST_FOR_WORDS = 3, 6, 9
_LEAST_READ = 60.0  # seconds over which readings are drawn, from the first one on: they come in from the right


def lines(panel: Panel, shape: Lines, room: Room) -> list[Line]:
    """Return lines over time; with several a legend above them that says where each is now."""
    if room.height < _LEAST_HIGH:
        return [_tiny(panel, each, room) for each in shape.series]
    head = _head(panel, shape, room)
    room = room.less(height=len(head))
    xs = [x for each in shape.series for x, _ in each.points]
    ys = [y for each in shape.series for _, y in each.points if y is not None]
    zero = panel.options.get("zero", True if panel.options.get("fill") else None)
    across, up = _span(min(xs), max(xs), polled=shape.polled), ticks.span(ys, zero=None if zero is None else bool(zero))
    whole = all(y.is_integer() for y in ys)
    frame, edges = axes.fit(
        room, across, up, panel.unit, lambda most: ticks.times(*across, most, room.now), whole=whole
    )
    fill = bool(panel.options.get("fill")) and up[0] <= 0 <= up[1]
    drawn = canvas.draw(frame, shape.series, room.signs, joined=True, fill=fill)
    axes.level(drawn, frame, panel.thresholds.warn, Role.WARN, room.signs.level)
    axes.level(drawn, frame, panel.thresholds.crit, Role.CRIT, room.signs.level)
    if len(shape.series) > 1:
        _name_ends(drawn, frame, shape.series, room)
    return [*head, *axes.around(drawn, edges, room)]


def cloud(panel: Panel, shape: Cloud, room: Room) -> list[Line]:
    """Return points; the names of both numbers stand in the first line, before the names of the series."""
    head: list[Line] = []
    if room.height > _LEAST_HIGH:
        several = len(shape.series) + shape.left_out > 1
        names = [each.name for each in shape.series] if several else []
        words = Span(f"{shape.y} over {shape.x}", Role.MUTED)
        forms = [[words, *form] for form in named(names, [""] * len(names), room.signs.dots)]
        head = legend(forms, room.width, high=room.high, left_out=shape.left_out, more=room.signs.more)
        room = room.less(height=1)
    across = ticks.span([x for each in shape.series for x, _ in each.points])
    up = ticks.span([y for each in shape.series for _, y in each.points if y is not None])
    frame, edges = axes.fit(room, across, up, panel.unit, _numbers(across))
    return [*head, *axes.around(canvas.draw(frame, shape.series, room.signs, joined=False), edges, room)]


def _numbers(across: tuple[float, float]) -> Callable[[int], Sequence[tuple[float, str]]]:
    return lambda most: [(at, say(at)) for at in ticks.inside(*across, most)]


def _span(low: float, high: float, *, polled: bool) -> tuple[float, float]:
    """Return a span of time: of readings the last minute at least, around a single moment an hour.

    >>> _span(90.0, 100.0, polled=True), _span(90.0, 100.0, polled=False), _span(3600.0, 3600.0, polled=False)
    ((40.0, 100.0), (90.0, 100.0), (1800.0, 5400.0))
    """
    if polled:
        return min(low, high - _LEAST_READ), high
    return (low, high) if low < high else (low - 1800.0, high + 1800.0)


def _head(panel: Panel, shape: Lines, room: Room) -> list[Line]:
    """Return what is said above lines: their names, or of a single one where it is, if there is room."""
    if len(shape.series) + shape.left_out > 1:
        return _legend(panel, shape, room)
    if room.height < _LEAST_FOR_WORDS:
        return []
    known = [y for _, y in shape.series[0].points if y is not None]
    return [
        line(
            (say(known[-1], panel.unit), Role.STRONG),
            (f" last, from {say(min(known), panel.unit)} to {say(max(known), panel.unit)}", Role.MUTED),
        )
    ]


def _legend(panel: Panel, shape: Lines, room: Room) -> list[Line]:
    """Return the names with their last values; what was not in the last reading has none."""
    last = [each.points[-1][1] if shape.polled else _last(each) for each in shape.series]
    forms = named([each.name for each in shape.series], [say(y, panel.unit) for y in last], room.signs.ends)
    lines = 2 if room.height >= _LEAST_FOR_TWO else 1
    return legend(forms, room.width, high=room.high, lines=lines, left_out=shape.left_out, more=room.signs.more)


def _last(series: Series) -> float | None:
    return next((y for _, y in reversed(series.points) if y is not None), None)


def _name_ends(drawn: list[list[Cell]], frame: Frame, series: Sequence[Series], room: Room) -> None:
    """Put a letter where each line ends, beside those that end there already."""
    taken: set[tuple[int, int]] = set()
    for place, each in enumerate(series):
        x, y = next(((x, y) for x, y in reversed(each.points) if y is not None), (0.0, None))
        if y is None:
            continue
        row, column = frame.row(y), frame.column(x)
        while (row, column) in taken and column > 0:
            column -= 1
        taken.add((row, column))
        drawn[row][column] = (room.signs.ends[place], SERIES[place])


def _tiny(panel: Panel, series: Series, room: Room) -> Line:
    """Return a line in one line: how it went, and where it is."""
    values = [y for _, y in series.points]
    said = say(next((y for y in reversed(values) if y is not None), None), panel.unit)
    return line(sparkline(values, max(0, room.width - len(said) - 1), room.signs), f" {said}")
