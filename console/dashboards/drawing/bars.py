"""Bars from left to right: name, bar, number, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from console.dashboards.definition import Panel
from console.dashboards.severity import judged
from console.dashboards.shaping.shapes import Bars
from console.dashboards.units import say
from console.drawing.paper import Room, line, padded
from console.drawing.picture import Line, Role
from console.drawing.signs import SERIES, Signs
from console.text import width as cells

_LEAST_BAR = 4


def draw(panel: Panel, shape: Bars, room: Room) -> list[Line]:
    """Return as many bars as there are lines; the last line says how many more there are."""
    total = len(shape.bars) + shape.left_out
    shown = shape.bars if total <= room.height else shape.bars[: max(1, room.height - 1)]
    lines = _lines(panel, shown, room)
    missing = total - len(shown)
    return [*lines, *([line((f"{room.signs.more} {missing:,} more", Role.MUTED))] if missing else [])]


def _lines(panel: Panel, shown: Sequence[tuple[str, float | None]], room: Room) -> list[Line]:
    roles = [judged(value, panel.thresholds) for _, value in shown]
    said = [room.signs.severity(role) + say(value, panel.unit) for (_, value), role in zip(shown, roles, strict=True)]
    figures = min(max(map(cells, said)), max(0, room.width - 2))
    names = min(max(cells(name) for name, _ in shown), max(0, (room.width - figures - 2) * 2 // 5))
    wide = room.width - names - figures - 2
    if wide < _LEAST_BAR:
        names, wide = max(0, room.width - figures - 1), 0
    values = [value or 0.0 for _, value in shown]
    low, high = min(0.0, *values), max(0.0, *values)
    return [
        line(
            padded(name, names),
            " " if names else "",
            (bar(value or 0.0, low, high, wide, room.signs), _bar_role(role)),
            " " if wide else "",
            (padded(text, figures, right=True), role if role in (Role.WARN, Role.CRIT) else Role.PLAIN),
        )
        for (name, value), text, role in zip(shown, said, roles, strict=True)
    ]


def bar(value: float, low: float, high: float, wide: int, signs: Signs) -> str:
    """Return a bar in exactly `wide` cells, from zero to a value; `low` and `high` are the ends, zero between them.

    Whatever is not zero is seen.
    """
    if wide <= 0:
        return ""
    if high <= low:
        return " " * wide
    left = min(wide - (1 if high > 0 else 0), max(1, round(wide * -low / (high - low)))) if low < 0 else 0
    if value < 0:
        return _leftwards(value / low, left, signs) + " " * (wide - left)
    return " " * left + _rightwards(value / high if high > 0 else 0.0, wide - left, signs)


def _rightwards(share: float, room: int, signs: Signs) -> str:
    parts = len(signs.across)
    eighths = round(share * room * parts)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(min(eighths, room * parts), parts)
    said = signs.across[-1] * whole + (signs.across[rest - 1] if rest else "")
    return said + " " * (room - len(said))


def _leftwards(share: float, room: int, signs: Signs) -> str:
    halves = max(1, round(share * room * 2))
    whole, rest = divmod(min(halves, room * 2), 2)
    said = (signs.left if rest else "") + signs.across[-1] * whole
    return " " * (room - len(said)) + said


def _bar_role(role: Role) -> Role:
    return role if role in (Role.WARN, Role.CRIT) else SERIES[0]
