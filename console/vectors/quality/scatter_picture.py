"""Draws points of a plane as text, and finds the point under a cell or next to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from console.drawing.dots import ACROSS, DOWN, Dots
from console.drawing.paper import BLANK, Cell, fitted, joined, legend, line, named
from console.drawing.picture import Line, Picture, Role, Span
from console.drawing.signs import ASCII, SERIES, UNICODE, Signs
from console.text import sanitize
from console.text import width as cells
from console.vectors.quality.scatter import NONE, OTHER, Scatter
from console.vectors.search.question import Key

_LEAST_WITH_LEGEND, _LEAST_FOR_TWO = 6, 14
_LEAST_WITH_NAME, _LEAST_WITH_SAID = 4, 9
_CROWDED = 0.5  # points for each cell from which on dots are finer than signs
_FIGURES = 9  # ranks that one figure says
_CURSOR, _QUESTION = ("@", "◉"), ("?", "✕")  # in ASCII, and in what every other terminal has
_TALL = 2.0  # a cell is so many times as high as it is wide


@dataclass(frozen=True, slots=True)
class _Frame:
    """The canvas in a room: its size, how many lines are above it, and whether points are drawn as fine dots."""

    width: int
    height: int
    above: int
    fine: bool


def draw_scatter(
    scatter: Scatter,
    width: int,
    height: int,
    *,
    cursor: int | None = None,
    hits: Mapping[Key, int] | None = None,
    query: tuple[float, float] | None = None,
    still: bool = False,
    ascii: bool = False,
) -> Picture:
    """Return points with the names of their colours above and the one under the cursor named below.

    `still` leaves that out where there is no cursor, and none will come. `hits` are ranks by key: the first nine are
    drawn as figures. `query` is the place of what was searched for.
    """
    if width <= 0 or height <= 0:
        return ()
    if not scatter.marks:
        return fitted([line(("No vectors to draw.", Role.MUTED))], width, height)
    signs = ASCII if ascii else UNICODE
    frame = _frame(scatter, width, height, signs)
    canvas = _fine(scatter, frame) if frame.fine else _coarse(scatter, frame, signs)
    for (row, column), cell in _over(scatter, frame, cursor, hits or {}, query, signs).items():
        canvas[row][column] = cell
    lines = [*_legend(scatter, width, frame.above, frame.fine, signs), *map(joined, canvas)]
    lines += _below(scatter, width, height, cursor, hits or {}, signs, still=still)
    return fitted(lines, width, height, ascii=ascii)


def nearest(scatter: Scatter, width: int, height: int, column: int, row: int) -> int | None:
    """Return the point nearest to a cell of the picture, None where there are no points."""
    if not scatter.marks or width <= 0 or height <= 0:
        return None
    frame = _frame(scatter, width, height, UNICODE)
    places = _places(scatter, frame)
    wanted = row - frame.above
    return min(range(len(places)), key=lambda at: abs(places[at][1] - column) + abs(places[at][0] - wanted) * _TALL)


def step(scatter: Scatter, width: int, height: int, cursor: int, right: int, down: int) -> int:
    """Return the next point in a direction, the same one where there is none.

    Straight on is nearer than aside. Points that share the cell are passed over.
    """
    frame = _frame(scatter, max(1, width), max(1, height), UNICODE)
    places = _places(scatter, frame)
    own = places[cursor]
    found = [
        (ahead + 2 * aside, at)
        for at, (row, column) in enumerate(places)
        if (ahead := (column - own[1]) * right + (row - own[0]) * down * _TALL) > 0
        and (aside := abs((column - own[1]) * down) + abs((row - own[0]) * right) * _TALL) <= 2 * ahead
    ]
    return min(found)[1] if found else cursor


def _frame(scatter: Scatter, width: int, height: int, signs: Signs) -> _Frame:
    most = 0 if height < _LEAST_WITH_LEGEND else 1 if height < _LEAST_FOR_TWO else 2
    above = len(_legend(scatter, width, most, False, signs))
    high = max(1, height - above - (height >= _LEAST_WITH_NAME) - (height >= _LEAST_WITH_SAID))
    return _Frame(width, high, above, signs.braille and len(scatter.marks) > _CROWDED * width * high)


def _legend(scatter: Scatter, width: int, most: int, fine: bool, signs: Signs) -> list[Line]:
    """Return the names of colours with how many points have each, in at most so many lines."""
    if not most or not scatter.categories:
        return []
    shown = signs.fills[0] * len(SERIES) if fine else signs.dots
    forms = named(scatter.categories, [f"{count:,}" for count in scatter.counts], shown)
    coloured = [[Span(span.text, _role(scatter, place)) for place, span in enumerate(form)] for form in forms]
    return legend(coloured, width, lines=most, more=signs.more)


def _role(scatter: Scatter, category: int) -> Role:
    rest = scatter.categories and scatter.categories[category] in (OTHER, NONE)
    return Role.MUTED if rest else SERIES[category % len(SERIES)]


def _places(scatter: Scatter, frame: _Frame) -> list[tuple[int, int]]:
    """Return the cell of each point: row and column of the canvas."""
    return [(y // DOWN, x // ACROSS) for x, y in _dots(scatter, frame)]


def _dots(scatter: Scatter, frame: _Frame) -> list[tuple[int, int]]:
    """Return the dot of each point, from the upper left of the canvas, which their extremes fill."""
    return [_dot(scatter, frame, mark.x, mark.y) for mark in scatter.marks]


def _dot(scatter: Scatter, frame: _Frame, x: float, y: float) -> tuple[int, int]:
    left, right, bottom, top = _bounds(scatter)
    wide, high = frame.width * ACROSS - 1, frame.height * DOWN - 1
    across = (x - left) / (right - left) if right > left else 0.5
    up = (y - bottom) / (top - bottom) if top > bottom else 0.5
    return round(min(1.0, max(0.0, across)) * wide), high - round(min(1.0, max(0.0, up)) * high)


@lru_cache(maxsize=8)
def _bounds(scatter: Scatter) -> tuple[float, float, float, float]:
    xs, ys = [mark.x for mark in scatter.marks], [mark.y for mark in scatter.marks]
    return min(xs), max(xs), min(ys), max(ys)


def _fine(scatter: Scatter, frame: _Frame) -> list[list[Cell]]:
    """Return each point as a dot of braille."""
    canvas = Dots(frame.width, frame.height)
    for (x, y), mark in zip(_dots(scatter, frame), scatter.marks, strict=True):
        canvas.put(x, y, _role(scatter, mark.category))
    return canvas.cells()


def _coarse(scatter: Scatter, frame: _Frame, signs: Signs) -> list[list[Cell]]:
    """Return each cell with the sign of what most of its points are."""
    found: dict[tuple[int, int], Counter[int]] = {}
    for place, mark in zip(_places(scatter, frame), scatter.marks, strict=True):
        found.setdefault(place, Counter())[mark.category] += 1
    cells = [[BLANK] * frame.width for _ in range(frame.height)]
    for (row, column), counts in found.items():
        most = min(counts, key=lambda category: (-counts[category], category))
        cells[row][column] = (signs.dots[most % len(signs.dots)], _role(scatter, most))
    return cells


def _over(
    scatter: Scatter,
    frame: _Frame,
    cursor: int | None,
    hits: Mapping[Key, int],
    query: tuple[float, float] | None,
    signs: Signs,
) -> dict[tuple[int, int], Cell]:
    """Return what is drawn over the points: hits by rank, the first above the others, the question, the cursor."""
    over: dict[tuple[int, int], Cell] = {}
    ranked = [(hits[mark.key], place) for place, mark in enumerate(scatter.marks) if mark.key and mark.key in hits]
    places = _places(scatter, frame) if ranked or cursor is not None else []
    for rank, place in sorted(ranked, reverse=True):
        over[places[place]] = (str(rank) if 0 < rank <= _FIGURES else "#", Role.STRONG)
    if query is not None:
        x, y = _dot(scatter, frame, *query)
        over[y // DOWN, x // ACROSS] = (_QUESTION[signs.braille], Role.WARN)
    if cursor is not None and cursor < len(places):
        over[places[cursor]] = (_CURSOR[signs.braille], Role.WARN)
    return over


def _below(
    scatter: Scatter,
    width: int,
    height: int,
    cursor: int | None,
    hits: Mapping[Key, int],
    signs: Signs,
    *,
    still: bool,
) -> list[Line]:
    """Return the point under the cursor by name, and what the picture is of."""
    lines: list[Line] = []
    chosen = cursor is not None and cursor < len(scatter.marks)
    if height >= _LEAST_WITH_NAME and (chosen or not still):
        lines.append(_name(scatter, cursor or 0, hits, signs) if chosen else line((_NO_POINT, Role.MUTED)))
    if height >= _LEAST_WITH_SAID:
        first, second = (f"{share * 100:.0f} %" for share in scatter.explained)
        forms = (
            f"{scatter.said}, {first} of their spread across, {second} up",
            f"{scatter.said}, {first} + {second} of the spread",
            scatter.said,
        )
        lines.append(line((next((form for form in forms if cells(form) <= width), forms[-1]), Role.MUTED)))
    return lines


_NO_POINT = "The arrows go from point to point."


def _name(scatter: Scatter, place: int, hits: Mapping[Key, int], signs: Signs) -> Line:
    mark = scatter.marks[place]
    key = sanitize(", ".join(mark.key)) or f"point {place + 1}"
    rank = f"{hits[mark.key]}. " if mark.key and mark.key in hits else ""
    name = scatter.categories[mark.category] if scatter.categories else ""
    return line(
        (f"{_CURSOR[signs.braille]} ", Role.WARN),
        (f"{rank}{mark.label or key}", Role.STRONG),
        (f"  {key}" if mark.label else "", Role.MUTED),
        (f"  {name}", _role(scatter, mark.category)) if name else "",
    )
