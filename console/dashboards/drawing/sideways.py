"""Stacks over names as bars from left to right: a name, its parts behind each other, what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from console.dashboards.definition import Panel
from console.dashboards.shaping.shapes import Stacks
from console.dashboards.units import say
from console.drawing.paper import BLANK, Cell, Room, joined, line, padded, width
from console.drawing.picture import Line, Role
from console.drawing.signs import SERIES
from console.text import width as cells

_LEAST_BAR = 8
_LEAST_LINES = 3
_LEAST_COLUMN = 6  # cells below which no name stands below a column


def suits(shape: Stacks, room: Room) -> bool:
    """Return whether these stacks are told apart better from left to right: all fit, or none had its name upright."""
    if shape.timed or room.width < 2 * _LEAST_BAR:
        return False
    is_crowded = room.width // len(shape.places) <= _LEAST_COLUMN and room.height >= _LEAST_LINES
    return len(shape.places) <= room.height or is_crowded


def draw(panel: Panel, shape: Stacks, room: Room) -> list[Line]:
    """Return a line for each stack; the last line says how many more there are."""
    many = len(shape.places) if len(shape.places) <= room.height else room.height - 1
    names, parts = [str(place) for place in shape.places[:many]], shape.parts[:many]
    said = [say(sum(each), panel.unit) for each in parts]
    figures = max(map(cells, said))
    indent = min(max(map(cells, names)), max(0, (room.width - figures - 2) * 2 // 5))
    wide = max(1, room.width - indent - figures - 2)
    top = max(map(sum, shape.parts)) or 1.0
    bars = [joined(_bar(each, top, wide, room)) for each in parts]
    lines = [
        line(f"{padded(name, indent)} ", *bar, padded(text, wide - width(bar) + 1 + figures, right=True))
        for name, bar, text in zip(names, bars, said, strict=True)
    ]
    missing = len(shape.places) - many
    return [*lines, *([line((f"{room.signs.more} {missing:,} more", Role.MUTED))] if missing else [])]


def _bar(parts: Sequence[float], top: float, wide: int, room: Room) -> list[Cell]:
    """Return parts behind each other: a cell is the part that reaches its middle, the last one ends within its cell."""
    whole = sum(parts) / top * wide
    ends = list(accumulate(part / top * wide for part in parts))
    return [_cell(place, whole, ends, room) if place < whole else BLANK for place in range(wide)]


def _cell(place: int, whole: float, ends: Sequence[float], room: Room) -> Cell:
    middle = min(place + 0.5, (place + whole) / 2)
    part = next((part for part, end in enumerate(ends) if middle <= end), len(ends) - 1) % len(SERIES)
    if whole - place >= 1:
        return room.signs.fills[part], SERIES[part]
    across = room.signs.across
    return across[max(0, round((whole - place) * len(across)) - 1)], SERIES[part]
