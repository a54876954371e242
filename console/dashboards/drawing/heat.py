"""Heat: a cell for each x and y, darker where the number is greater."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.dashboards import ticks
from console.dashboards.definition import Panel
from console.dashboards.drawing.axes import label_line, thinned
from console.dashboards.severity import judged
from console.dashboards.shaping.shapes import Heat
from console.dashboards.units import say
from console.drawing.paper import Cell, Room, joined, line, padded
from console.drawing.picture import Line, Role
from console.drawing.signs import SERIES
from console.text import width as cells

_MOST_WIDE = 6
_APART = 12
_LEAST_WITH_SCALE = 4


@dataclass(frozen=True, slots=True)
class _Form:
    """Names of y take `indent` cells, each x `wide`; where these are too many, `many` share a cell's place."""

    indent: int
    many: int
    wide: int
    ends: tuple[float, float]


def draw(panel: Panel, shape: Heat, room: Room) -> list[Line]:
    """Return a line for each y, the names of x below, and what the shades mean.

    Where there are more x than cells, each cell is the greatest of several; where there are more y than lines, the
    last line says how many are missing.
    """
    scaled = room.height >= _LEAST_WITH_SCALE
    free = room.height - (2 if scaled else 0)
    total = len(shape.cells) + shape.left_out
    shown = shape.cells[: free - 1] if total > free > 1 else shape.cells[:free]
    form = _form(shape, room)
    lines = [_line(panel, shape, place, row, form, room) for place, row in enumerate(shown)]
    if total > free:
        lines.append(line((f"{room.signs.more} {total - len(shown):,} more", Role.MUTED)))
    if scaled:
        below = label_line(_below(shape, form, room), room.width - form.indent)
        lines.append(line((" " * form.indent + below, Role.AXIS)))
        lines.append(_scale(panel, form, room))
    return lines


def _form(shape: Heat, room: Room) -> _Form:
    names = min(max((cells(name) for name in shape.y), default=0), room.width // 4)
    indent = names + 1 if names else 0
    many = -(-len(shape.x) // max(1, room.width - indent))
    wide = (room.width - indent) // max(1, -(-len(shape.x) // many))
    known = [value for row in shape.cells for value in row if value is not None]
    return _Form(indent, many, max(1, min(_MOST_WIDE, wide)), (min(0.0, *known), max(known)))


def _line(panel: Panel, shape: Heat, place: int, row: Sequence[float | None], form: _Form, room: Room) -> Line:
    name = padded(shape.y[place], form.indent - 1) + " " if shape.y and form.indent else ""
    return line(name) + joined(_cells(panel, _gathered(row, form.many), form, room))


def _gathered(row: Sequence[float | None], many: int) -> list[float | None]:
    pieces = [row[place : place + many] for place in range(0, len(row), many)]
    return [max((value for value in piece if value is not None), default=None) for piece in pieces]


def _cells(panel: Panel, row: Sequence[float | None], form: _Form, room: Room) -> list[Cell]:
    found: list[Cell] = []
    for value in row:
        role = judged(value, panel.thresholds)
        sign = room.signs.none if value is None else room.signs.shades[_shade(value, form, len(room.signs.shades))]
        colour = Role.MUTED if value is None else role if role in (Role.WARN, Role.CRIT) else SERIES[0]
        found += [(sign, colour)] * form.wide
    return found


def _shade(value: float, form: _Form, many: int) -> int:
    """Return how dark a value is, from 0; all are as dark if they are equal."""
    low, high = form.ends
    return min(many - 1, int((value - low) / (high - low) * many)) if high > low else many - 1


def _below(shape: Heat, form: _Form, room: Room) -> list[tuple[int, str]]:
    """Return the names of x with their cells."""
    if shape.times:
        named = ticks.buckets(shape.times, max(1, (room.width - form.indent) // _APART), room.now)
        return [(place // form.many * form.wide, said) for place, said in named]
    return thinned([(place // form.many * form.wide, shape.x[place]) for place in range(0, len(shape.x), form.many)])


def _scale(panel: Panel, form: _Form, room: Room) -> Line:
    low, high = (say(end, panel.unit) for end in form.ends)
    words = f" {high}" + (f", each cell the greatest of {form.many}" if form.many > 1 else "")
    return line((f"{low} ", Role.MUTED), (room.signs.shades, SERIES[0]), (words, Role.MUTED))
