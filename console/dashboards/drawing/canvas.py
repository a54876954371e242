"""Lines and clouds of points as braille, by plotext: the canvas alone, axes are ours (axes.py).

plotext keeps one figure for the whole process. It is cleared before each drawing, and drawn in one go: nothing else
may use it meanwhile, which holds as long as pictures are drawn in one thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.dashboards.shaping.shapes import Point, Series
from console.drawing.paper import BLANK, Cell
from console.drawing.signs import SERIES, Signs

_CELLS_A_POINT = 4
_STYLED = re.compile(r"\x1b\[([\d;]*)m|([^\x1b])")
_COLOUR = re.compile(r"38;5;(\d+)")


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of paper of `width` × `height` cells, and what its edges stand for."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    top: float

    def column(self, x: float) -> int:
        """Return the cell from the left in which x is; of another frame's x it may lie outside."""
        return _cell(x, self.left, self.right, self.width, 2)

    def row(self, y: float) -> int:
        """Return the cell from the top in which y is."""
        return self.height - 1 - _cell(y, self.bottom, self.top, self.height, 4)


def _cell(at: float, low: float, high: float, count: int, dots: int) -> int:
    return round((at - low) / (high - low) * (count * dots - 1)) // dots if high > low else 0


def draw(frame: Frame, series: Sequence[Series], signs: Signs, *, joined: bool, fill: bool = False) -> list[list[Cell]]:
    """Return the cells of series, row by row from the top, the first series above the others.

    `joined` draws lines between points that have no gap between them; `fill` what is below them.
    """
    import plotext

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(frame.width, frame.height)
    plotext.theme("clear")
    plotext.frame(False)
    plotext.xticks([])
    plotext.yticks([])
    plotext.xlim(frame.left, frame.right)
    plotext.ylim(frame.bottom, frame.top)
    fine = signs.braille and (joined or (len(series) == 1 and _many(series[0], frame)))
    for place, each in reversed(list(enumerate(series))):
        style = {"marker": "braille" if fine else signs.dots[place % len(SERIES)], "color": place + 1}
        for xs, ys in _pieces(each.points, frame) if joined else [_apart(each.points)]:
            if joined:
                plotext.plot(xs, ys, fillx=fill, **style)
            else:
                plotext.scatter(xs, ys, **style)
    return _read(plotext.build(), frame)


def _many(series: Series, frame: Frame) -> bool:
    """Tell whether points would hide each other if each took a cell."""
    return len(series.points) * _CELLS_A_POINT > frame.width * frame.height


def _apart(points: Sequence[Point]) -> tuple[list[float], list[float]]:
    known = [(x, y) for x, y in points if y is not None]
    return [x for x, _ in known], [y for _, y in known]


def _pieces(points: Sequence[Point], frame: Frame) -> Iterator[tuple[list[float], list[float]]]:
    """Return the stretches of a line that have no gap, thinned to what can be seen."""
    piece: list[tuple[float, float]] = []
    for x, y in points:
        if y is not None:
            piece.append((x, y))
        elif piece:
            yield _apart(_thinned(piece, frame))
            piece = []
    if piece:
        yield _apart(_thinned(piece, frame))


def _thinned(points: list[tuple[float, float]], frame: Frame) -> list[tuple[float, float]]:
    """Return of the points in one column of dots the first, the lowest, the highest and the last."""
    if len(points) <= frame.width * 2:
        return points
    columns: dict[int, list[tuple[float, float]]] = {}
    for point in points:
        columns.setdefault(_cell(point[0], frame.left, frame.right, frame.width * 2, 1), []).append(point)
    return [point for column in columns.values() for point in _ends(column)]


def _ends(column: list[tuple[float, float]]) -> list[tuple[float, float]]:
    lowest, highest = min(column, key=lambda point: point[1]), max(column, key=lambda point: point[1])
    kept = {column[0], lowest, highest, column[-1]}
    return sorted(kept)


def _read(drawn: str, frame: Frame) -> list[list[Cell]]:
    """Return what plotext has drawn, its colours as the roles of series."""
    rows = [_cells(text, frame.width) for text in drawn.split("\n")[: frame.height]]
    return rows + [[BLANK] * frame.width for _ in range(frame.height - len(rows))]


def _cells(text: str, width: int) -> list[Cell]:
    cells: list[Cell] = []
    role = BLANK[1]
    for style, sign in _STYLED.findall(text):
        if sign:
            cells.append(BLANK if sign in " ⠀" else (sign, role))
        else:
            colour = _COLOUR.search(style)
            role = SERIES[int(colour[1]) - 1] if colour else BLANK[1]
    return (cells + [BLANK] * width)[:width]
