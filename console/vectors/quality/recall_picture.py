"""Draws recall over the settings of an index as text: what each finds, how long it takes, and what all rows take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from console.drawing.dots import ACROSS, DOWN, Dots
from console.drawing.paper import BLANK, Cell, fitted, joined, line, padded
from console.drawing.picture import Line, Picture, Role
from console.drawing.signs import ASCII, UNICODE, Signs
from console.text import count, plural
from console.text import width as cells
from console.vectors.quality.recall import TARGET, Curve, Measured, advise

_LEAST_HIGH, _LEAST_WIDE = 5, 24  # in less, the curve is a line of words
_LEAST_WITH_HEAD, _LEAST_WITH_TIMES = 8, 7
_FLOORS = (0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
_NAMED = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
_GUTTER = 5  # cells of a number and a tick
_SIGNS = {True: ("●", "◉", "○"), False: ("*", "@", "o")}  # a point, the one to use, reading all rows


@dataclass(frozen=True, slots=True)
class _Column:
    """A point of the curve: its name and time below, its height, and the middle of its stretch of cells."""

    at: int
    name: str
    time: str
    recall: float
    sign: str
    role: Role


def draw_curve(curve: Curve, width: int, height: int, *, target: float = TARGET, ascii: bool = False) -> Picture:
    """Return recall from below to 1 over settings from left to right; below each, the time of half the searches.

    A broken line is the target, a ring with a dot the setting to use; the last column is reading all rows.
    """
    if width <= 0 or height <= 0:
        return ()
    signs = ASCII if ascii else UNICODE
    if not curve.points:
        return fitted(_beginning(curve, width, signs), width, height, ascii=ascii)
    if height < _LEAST_HIGH or width < _LEAST_WIDE:
        return fitted([line(curve.said.replace("·", ";") if ascii else curve.said)], width, height, ascii=ascii)
    with_head, with_times = height >= _LEAST_WITH_HEAD, height >= _LEAST_WITH_TIMES
    columns = _columns(curve, width - _GUTTER, target, signs)
    head = [_head(curve)] if with_head else []
    canvas = _canvas(columns, width - _GUTTER, height - len(head) - 2 - with_times, target, signs)
    lines = [
        *head,
        *canvas,
        _floor(columns, width, signs),
        _labels(curve, columns, width, [each.name for each in columns]),
    ]
    if with_times:
        lines.append(_labels(curve, columns, width, [each.time for each in columns], left="ms"))
    return fitted(lines, width, height, ascii=ascii)


def _beginning(curve: Curve, width: int, signs: Signs) -> list[Line]:
    """Return how far reading all rows has come."""
    done = round(curve.truth / max(1, curve.queries) * min(40, width))
    bar = line((signs.across[-1] * done, Role.SERIES_1), (signs.track * (min(40, width) - done), Role.MUTED))
    said = f"Reading all rows to know what is nearest: {curve.truth} of {plural(curve.queries, 'query', 'queries')}"
    return [line(said), bar]


def _head(curve: Curve) -> Line:
    rows = f" of {count(curve.rows)} rows" if curve.rows >= 0 else ""
    more = "" if curve.finished else ", measuring"
    said = f"  {plural(curve.queries, 'query', 'queries')}{rows} by {curve.metric.said}, {curve.index.label}{more}"
    return line((f"recall@{curve.k} over {curve.knob}", Role.STRONG), (said, Role.MUTED))


def _columns(curve: Curve, room: int, target: float, signs: Signs) -> list[_Column]:
    """Return the points from left to right, then reading all rows."""
    point, best, exact = _SIGNS[signs.braille]
    use = advise(curve, target).point
    many = len(curve.points) + (curve.exact is not None)
    places = [(2 * place + 1) * room // (2 * many) for place in range(many)]

    def column(at: int, each: Measured) -> _Column:
        sign, role = (best, Role.OK) if each is use else (point, Role.SERIES_1)
        return _Column(at, str(each.setting), _milliseconds(each.latency.p50), each.recall, sign, role)

    columns = [column(at, each) for at, each in zip(places, curve.points, strict=False)]
    if curve.exact is not None:
        columns.append(_Column(places[-1], "exact", _milliseconds(curve.exact.p50), 1.0, exact, Role.MUTED))
    return columns


def _milliseconds(seconds: float) -> str:
    """Say a time without its unit.

    >>> _milliseconds(0.00052), _milliseconds(0.0473), _milliseconds(2.5)
    ('0.52', '47', '2,500')
    """
    value = seconds * 1000
    return f"{value:.1f}" if 0.95 <= value < 9.95 else f"{value:,.0f}" if value >= 9.95 else f"{value:.2f}"


def _canvas(columns: Sequence[_Column], wide: int, high: int, target: float, signs: Signs) -> list[Line]:
    least = min(each.recall for each in columns)
    floor = next((each for each in _FLOORS if each < min(least, target)), 0.0)
    dots = Dots(wide, high)
    spots = [(each.at * ACROSS, _dot(each.recall, floor, high)) for each in columns]
    measured = [spot for spot, each in zip(spots, columns, strict=True) if each.role is not Role.MUTED]
    for one, other in pairwise(measured):
        dots.join(one, other, Role.SERIES_1)
    drawn = dots.cells() if signs.braille else [[BLANK] * wide for _ in range(high)]
    level = _dot(target, floor, high) // DOWN
    if level > _dot(1.0, floor, high) // DOWN:
        drawn[level] = [(signs.level, Role.AXIS) if cell == BLANK else cell for cell in drawn[level]]
    for each, (_, y) in zip(columns, spots, strict=True):
        drawn[y // DOWN][each.at] = (each.sign, each.role)
    named = _named(floor, high, target)
    return [_row(named.get(place), row, signs) for place, row in enumerate(drawn)]


def _dot(recall: float, floor: float, high: int) -> int:
    """Return how many dots from the top a recall is: 1 is in the middle of the first cell."""
    span = max(1, high * DOWN - DOWN)
    return round((1 - recall) / (1 - floor) * span) + 1


def _named(floor: float, high: int, target: float) -> dict[int, str]:
    """Return which rows are named: 1, the target, the lowest, then others in rows that are not next to named ones."""
    wanted = [recall for recall in (1.0, target, floor, *_NAMED) if recall >= floor]
    rows = {recall: _dot(recall, floor, high) // DOWN for recall in wanted}
    named = {rows[recall]: f"{recall:.2f}" for recall in (target, 1.0) if recall in rows}
    for recall, row in rows.items():
        if row < high and not {row - 1, row, row + 1} & named.keys():
            named[row] = f"{recall:.2f}"
    return named


def _row(said: str | None, row: Sequence[Cell], signs: Signs) -> Line:
    edge = signs.tick if said else signs.axis
    return line((padded(said or "", _GUTTER - 1, right=True) + edge, Role.AXIS)) + joined(row)


def _floor(columns: Sequence[_Column], width: int, signs: Signs) -> Line:
    ticks = {each.at for each in columns}
    floor = "".join(signs.below if at in ticks else signs.floor for at in range(width - _GUTTER))
    return line((padded(signs.corner, _GUTTER, right=True) + floor, Role.AXIS))


def _labels(curve: Curve, columns: Sequence[_Column], width: int, texts: Sequence[str], left: str = "") -> Line:
    """Return texts below their columns: first that of the setting to use, then those for which there is room."""
    row: list[Cell] = [BLANK] * width
    row[: len(left)] = [(sign, Role.MUTED) for sign in left]
    for each, text in sorted(zip(columns, texts, strict=True), key=lambda pair: _rank(pair[0])):
        start = max(len(left) + 1, min(_GUTTER + each.at - (cells(text) - 1) // 2, width - cells(text)))
        around = row[start - 1 : start + cells(text) + 1]
        if start >= 0 and all(cell == BLANK for cell in around):
            role = Role.STRONG if each.name == str(curve.current) else Role.PLAIN
            row[start : start + cells(text)] = [(sign, Role.OK if each.role is Role.OK else role) for sign in text]
    return joined(row)


def _rank(column: _Column) -> tuple[int, int]:
    return ({Role.OK: 0, Role.MUTED: 1}.get(column.role, 2), column.at)
