"""A whole dashboard as one picture: panels beside and below each other as the layout says, each below its title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from console.dashboards import layout
from console.dashboards.definition import Row
from console.drawing.paper import cut, line, width
from console.drawing.picture import Line, Picture, Role, Span

Paint = Callable[[str, int, int], Picture]

_BETWEEN = 2  # cells between panels beside each other
_FRAME = 2  # lines of a row's height that a frame takes on the screen; the title has one of them here


@dataclass(frozen=True, slots=True)
class _Placed:
    """A panel with its title: where it begins, how wide it is, its rows of the layout, and its lines."""

    left: int
    width: int
    top: int
    bottom: int
    lines: Picture


def sheet(rows: Sequence[Row], titles: Mapping[str, str], paint: Paint, room: int, *, ascii: bool = False) -> Picture:
    """Return the panels of a layout in `room` cells.

    `paint` draws a panel, by its id, in so many cells and lines; rows are as high as what it has drawn. Titles are
    sanitised already.
    """
    placed = [_placed(rows, name, place, titles[name], paint, room, ascii) for name, place in _places(rows)]
    tops = _tops(rows, placed)
    lines = (cut(_across(placed, tops, at), room) for at in range(tops[-1]))
    return _without_blanks(tuple(lines))


def _places(rows: Sequence[Row]) -> Sequence[tuple[str, layout.Place]]:
    return sorted(layout.places(rows).items(), key=lambda each: (each[1].left, each[1].top))


def _placed(
    rows: Sequence[Row], name: str, place: layout.Place, title: str, paint: Paint, room: int, ascii: bool
) -> _Placed:
    left, end = (_edge(rows, column, room) for column in (place.left, place.left + place.columns))
    wide = max(1, end - _BETWEEN - left)
    high = sum(row.height for row in rows[place.top : place.top + place.rows])
    drawn = _without_blanks(paint(name, wide, max(1, high - _FRAME)))
    return _Placed(left, wide, place.top, place.top + place.rows, (_title(title, wide, ascii), *drawn))


def _edge(rows: Sequence[Row], column: int, room: int) -> int:
    """Return where a column of the layout begins; behind the last one is where another would."""
    return (room + _BETWEEN) * column // len(rows[0].cells)


def _title(title: str, room: int, ascii: bool) -> Line:
    said = cut(line((title, Role.STRONG)), room)
    left = room - width(said) - 1
    return line(*said, (f" {('-' if ascii else '─') * left}" if left > 0 else "", Role.MUTED))


def _tops(rows: Sequence[Row], placed: Sequence[_Placed]) -> list[int]:
    """Return the line in which each row begins, and where one behind the last would; a blank line is between two."""
    tops = [0]
    for number in range(1, len(rows) + 1):
        ends = [tops[each.top] + len(each.lines) + 1 for each in placed if each.bottom == number]
        tops.append(max(tops[-1], *ends) if ends else tops[-1])
    return tops


def _across(placed: Sequence[_Placed], tops: Sequence[int], at: int) -> Line:
    """Return one line across all panels; blanks at its end are left out."""
    parts: list[Line] = []
    taken = 0
    for each in placed:
        number = at - tops[each.top]
        if 0 <= number < len(each.lines) and each.lines[number]:
            parts += [line(" " * (each.left - taken)), cut(each.lines[number], each.width)]
            taken = each.left + width(parts[-1])
    return _trimmed(chain.from_iterable(parts))


def _trimmed(spans: Iterable[Span]) -> Line:
    """Return a line without the blanks at its end."""
    kept = list(spans)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    return (*kept[:-1], Span(kept[-1].text.rstrip(), kept[-1].role)) if kept else ()


def _without_blanks(picture: Picture) -> Picture:
    """Return a picture without the blank lines at its end."""
    lines = list(picture)
    while lines and not any(span.text.strip() for span in lines[-1]):
        lines.pop()
    return tuple(lines)
