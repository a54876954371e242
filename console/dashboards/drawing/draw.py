"""A panel's samples as a picture: what the screen, a pipe and a report show of it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime

from console.dashboards.definition import Panel
from console.dashboards.drawing import bars, gauge, graph, grid, heat, number, upright
from console.dashboards.reckoning import label
from console.dashboards.sample import Sample
from console.dashboards.shaping import shapes
from console.dashboards.shaping.columns import Unsuited
from console.dashboards.shaping.shape import shape
from console.dashboards.shaping.spans import measured
from console.drawing.paper import Room, bounded, in_ascii, line
from console.drawing.picture import Line, Picture, Role
from console.drawing.signs import ASCII, UNICODE


def draw(
    panel: Panel, history: Sequence[Sample], width: int, height: int, *, ascii: bool = False, now: datetime
) -> Picture:
    """Return a panel as at most `height` lines of at most `width` cells, without its title.

    `history` is what was read, the oldest first; the last one is what is now. What does not suit the panel's kind is
    a sentence that says so. `now` is aware of its zone; `ascii` keeps to signs that every terminal has.
    """
    if width <= 0 or height <= 0:
        return ()
    room = Room(width, height, ASCII if ascii else UNICODE, now)
    panel = measured(panel, history[-1]) if history else panel
    try:
        found = shape(panel, history)
    except Unsuited as unsuited:
        return words(str(unsuited), room, Role.WARN)
    picture = bounded(_lines(panel, found, room), room)
    return in_ascii(picture) if ascii else picture


def words(text: str, room: Room, role: Role = Role.MUTED) -> Picture:
    """Return a sentence, broken between words."""
    lines = textwrap.wrap(label(text), room.width, max_lines=room.height, placeholder="…")
    return bounded([line((each, role)) for each in lines], room)


def _lines(panel: Panel, found: shapes.Shape, room: Room) -> Sequence[Line]:
    match found:
        case shapes.Nothing(words=why):
            return words(why, room)
        case shapes.Number():
            return number.draw(panel, found, room)
        case shapes.Tiles():
            return number.tiles(panel, found, room)
        case shapes.Lines():
            return graph.lines(panel, found, room)
        case shapes.Cloud():
            return graph.cloud(panel, found, room)
        case shapes.Bars():
            return bars.draw(panel, found, room)
        case shapes.Stacks():
            return upright.stacks(panel, found, room)
        case shapes.Histogram():
            return upright.histogram(panel, found, room)
        case shapes.Heat():
            return heat.draw(panel, found, room)
        case shapes.Grid():
            return grid.draw(panel, found, room)
        case _:
            return gauge.draw(panel, found, room)
