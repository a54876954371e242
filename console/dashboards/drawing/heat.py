"""Heat: a cell for each x and y, darker where the number is greater."""

from __future__ import annotations

from bisect import bisect_right
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
    """Names of y take `indent` cells, each x `wide`; where these are too many, `many` share a cell's place.

    From `bounds` on a number has the next shade; `even` ones lie as far from each other between the `ends`.
    """

    indent: int
    many: int
    wide: int
    ends: tuple[float, float]
    bounds: tuple[float, ...]
    even: bool


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
    known = [value for row in shape.cells for value in _gathered(row, many) if value is not None]
    ends = min(0.0, *known), max(known)
    even = _even(*ends, len(room.signs.shades))
    bounds = _by_rank(known, even) or even
    return _Form(indent, many, max(1, min(_MOST_WIDE, wide)), ends, bounds, bounds == even)


def _even(low: float, high: float, many: int) -> tuple[float, ...]:
    return tuple(low + (high - low) * place / many for place in range(1, many))


def _by_rank(known: Sequence[float], even: tuple[float, ...]) -> tuple[float, ...]:
    """Return bounds between which lie as many numbers, where a few great ones leave most in the lightest shade.

    >>> _by_rank([0.0, 1.0, 2.0, 3.0, 4.0, 200.0], (50.0, 100.0, 150.0)), _by_rank([1.0, 2.0], (0.5, 1.0, 1.5))
    ((2.0, 3.0, 4.0), ())
    """
    some = [value for value in known if value]
    each = sorted(set(some))
    many = len(even) + 1
    if min(known) < 0 or len(each) < many or sum(value < even[0] for value in some) * 2 <= len(some):
        return ()
    return tuple(each[len(each) * place // many] for place in range(1, many))


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
        colour = Role.MUTED if not value else role if role in (Role.WARN, Role.CRIT) else SERIES[0]
        found += [(_sign(value, form, room), colour)] * form.wide
    return found


def _sign(value: float | None, form: _Form, room: Room) -> str:
    """Return the sign of a number: a shade, but for nothing."""
    if value is None:
        return " "
    if not value and not form.ends[0]:
        return room.signs.none
    return room.signs.shades[bisect_right(form.bounds, value)]


def _below(shape: Heat, form: _Form, room: Room) -> list[tuple[int, str]]:
    """Return the names of x with their cells."""
    if shape.times:
        named = ticks.buckets(shape.times, max(1, (room.width - form.indent) // _APART), room.now)
        return [(place // form.many * form.wide, said) for place, said in named]
    return thinned([(place // form.many * form.wide, shape.x[place]) for place in range(0, len(shape.x), form.many)])


def _scale(panel: Panel, form: _Form, room: Room) -> Line:
    low, high = (say(end, panel.unit) for end in form.ends)
    zero = f"{room.signs.none} " if not form.ends[0] else ""
    words = f", each cell the greatest of {form.many}" if form.many > 1 else ""
    if form.even:
        return line((f"{zero}{low} ", Role.MUTED), (room.signs.shades, SERIES[0]), (f" {high}{words}", Role.MUTED))
    steps = ["", *(f" {say(bound, panel.unit)} " for bound in form.bounds)]
    shades = [part for sign, step in zip(room.signs.shades, steps, strict=True) for part in (step, (sign, SERIES[0]))]
    return line((f"{zero}{low}  ", Role.MUTED), *shades, (f" {high}{words}", Role.MUTED))
