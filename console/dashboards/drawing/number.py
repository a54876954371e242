"""One number: large where there is room, with its change and how it went; several as tiles."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from console.dashboards.definition import Panel
from console.dashboards.drawing.digits import HEIGHT, big
from console.dashboards.drawing.sparkline import sparkline
from console.dashboards.projecting import Change, change
from console.dashboards.reckoning import number
from console.dashboards.severity import judged
from console.dashboards.shaping.shapes import Gauge, Number, Tiles
from console.dashboards.units import say
from console.drawing.paper import Room, line, padded, width
from console.drawing.picture import Line, Role
from console.text import cut
from console.text import width as cells

_GOOD = {"up": (Role.OK, Role.WARN), "down": (Role.WARN, Role.OK), "neither": (Role.PLAIN, Role.PLAIN)}
_LEAST_TILE, _MOST_TILE, _APART = 16, 34, 3
_LEAST_TREND = 4


def draw(panel: Panel, shape: Number, room: Room) -> list[Line]:
    """Return a number in as many lines as there are, the most important first."""
    said = say(shape.value, panel.unit)
    role = judged(number(shape.value), panel.thresholds)
    strong = Role.STRONG if role in (Role.PLAIN, Role.OK) else role
    notes = [note for note in (projected(panel, shape, room), shape.note) if note]
    moved = _change(panel, shape, room.width, room)
    large = big(said) if room.signs.braille and room.height > HEIGHT else None
    severity = room.signs.severity(role)
    if large and max(map(cells, large)) + len(severity) <= room.width:
        blank = " " * len(severity)
        head = [line((start + row, strong)) for start, row in zip((blank, blank, severity), large, strict=True)]
        return [*head, *_below(shape, moved, notes, room.less(height=HEIGHT))]
    first = line((severity + said, strong))
    beside = _change(panel, shape, room.width - width(first) - 2, room)
    if beside:
        first, moved = line(*first, "  ", *beside), ()
    left = room.width - width(first) - 2
    if room.height == 1 and not moved and left >= _LEAST_TREND:
        trend = sparkline(shape.trend, left, room.signs)
        return [line(*first, "  " if trend.text else "", trend)]
    return [first, *_below(shape, moved, notes, room.less(height=1))]


def tiles(panel: Panel, shape: Tiles, room: Room) -> list[Line]:
    """Return numbers with their names, in as many columns as there is room for."""
    units = [panel.unit or unit for unit in shape.units or [""] * len(shape.tiles)]
    said = [
        (name, say(value, unit), judged(number(value), panel.thresholds))
        for (name, value), unit in zip(shape.tiles, units, strict=True)
    ]
    columns = _columns(said, room)
    wide = min(_MOST_TILE, (room.width - _APART * (columns - 1)) // columns)
    figures = min(max(cells(value) + 2 for _, value, _ in said), wide)
    lines = [
        line(*_between(_tile(tile, wide, figures, room) for tile in said[start : start + columns]))
        for start in range(0, len(said), columns)
    ]
    if len(lines) > room.height > 1:
        missing = len(said) - columns * (room.height - 1)
        lines[room.height - 1 :] = [line((f"{room.signs.more} {missing} more", Role.MUTED))]
    return lines


def _columns(said: list[tuple[str, str, Role]], room: Room) -> int:
    """Return in how many columns tiles stand: as few as their lines allow, but none wider than it reads."""
    most = max(1, (room.width + _APART) // (_LEAST_TILE + _APART))
    readable = min(len(said), room.width // (_MOST_TILE + _APART))
    return min(most, max(1, readable, -(-len(said) // max(1, room.height))))


def _tile(tile: tuple[str, str, Role], wide: int, figures: int, room: Room) -> list[str | tuple[str, Role]]:
    name, value, role = tile
    strong = Role.STRONG if role in (Role.PLAIN, Role.OK) else role
    sign = room.signs.severity(role)
    return [
        (padded(name, max(0, wide - figures)), Role.MUTED),
        (padded(sign + value, min(figures, wide), right=True), strong),
    ]


def _between(tiles: Iterator[list[str | tuple[str, Role]]]) -> Iterator[str | tuple[str, Role]]:
    for place, tile in enumerate(tiles):
        if place:
            yield " " * _APART
        yield from tile


def _below(shape: Number, moved: Line, notes: list[str], room: Room) -> list[Line]:
    """Return what stands below a number: its change, the notes, and how it went, behind the change if need be."""
    lines = [moved] if moved else []
    free = room.height - len(lines) - len(notes)
    trend = sparkline(shape.trend, room.width, room.signs)
    if not trend.text:
        return [*lines, *_noted(notes, max(0, free), room)]
    if free >= 1:
        return [*lines, *_noted(notes, free - 1, room), line(trend)]
    wide = room.width - width(moved) - 2
    if moved and wide >= _LEAST_TREND:
        lines = [line(*moved, "  ", sparkline(shape.trend, wide, room.signs))]
    return [*lines, *_noted(notes, 0, room)]


def _noted(notes: list[str], more: int, room: Room) -> list[Line]:
    """Return a line for each note; the last one, which may be long, takes so many more."""
    if not notes:
        return []
    last = textwrap.wrap(notes[-1], max(1, room.width), max_lines=1 + more, placeholder="…") if more else [notes[-1]]
    return [line((cut(each, room.width), Role.MUTED)) for each in (*notes[:-1], *last)]


def projected(panel: Panel, shape: Number | Gauge, room: Room) -> str:
    """Return where a month is going: `→ $ 57.90 by 30 Nov`; nothing if nobody asks."""
    if shape.projected is None:
        return ""
    day = shape.projected.day
    return f"{room.signs.arrow} {say(shape.projected.total, panel.unit)} by {day.day} {day:%b}"


def _change(panel: Panel, shape: Number, wide: int, room: Room) -> Line:
    """Return how far the number went since before, and what it was; nothing where it does not fit."""
    form = str(panel.options.get("change", "percent"))
    found = change(number(shape.value), number(shape.before))
    if found is None or form == "none":
        return ()
    parts = line(_moved(panel, found, form, room))
    before = line((f" from {say(shape.before, panel.unit)}" if found.absolute else "", Role.MUTED))
    fitting = (of for of in ((*parts, *before), parts) if width(of) <= wide)
    return next(fitting, ())


def _moved(panel: Panel, found: Change, form: str, room: Room) -> tuple[str, Role]:
    if not found.absolute:
        return f"{room.signs.same} as before", Role.MUTED
    rose = found.absolute > 0
    better, worse = _GOOD[str(panel.options.get("good", "neither"))]
    if form == "absolute" or found.percent is None:
        much = say(abs(found.absolute), panel.unit)
    else:
        much = say(_two_digits(abs(found.percent)), "%")
    return f"{room.signs.rise if rose else room.signs.fall} {much}", better if rose else worse


def _two_digits(percent: float) -> float:
    """Return per cent as one says them: 12, not 12.3; above a hundred as they are."""
    return float(f"{percent:.2g}") if percent < 100 else percent
