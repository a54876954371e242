"""Lines of which there is one point each, as numbers: axes around a dot say nothing, and a name is left out by none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.dashboards.definition import Kind, Panel
from console.dashboards.drawing import number
from console.dashboards.drawing.draw import draw
from console.dashboards.sample import Sample
from console.dashboards.shaping.columns import Unsuited
from console.dashboards.shaping.shape import shape
from console.dashboards.shaping.shapes import Lines, Number, Tiles
from console.dashboards.shaping.spans import measured
from console.drawing.paper import Room, bounded
from console.drawing.picture import Picture
from console.drawing.signs import ASCII, UNICODE


def draw_once(panel: Panel, sample: Sample, width: int, height: int, *, ascii: bool = False, now: datetime) -> Picture:
    """Return what `draw` does of a panel that is read once; where its line would be a dot, the numbers."""
    panel = measured(panel, sample)
    found = _values(panel, (sample,))
    if not found:
        return draw(panel, (sample,), width, height, ascii=ascii, now=now)
    room = Room(width, height, ASCII if ascii else UNICODE, now)
    if len(found) == 1:
        return bounded(number.draw(panel, Number(found[0][1]), room.less(height=height - 1)), room)
    return bounded(number.tiles(panel, Tiles(found), room), room)


def _values(panel: Panel, history: Sequence[Sample]) -> tuple[tuple[str, float | None], ...]:
    """Return the name and the only value of each line; nothing where one has several, or it is no line."""
    try:
        found = shape(panel, history) if panel.kind is Kind.LINE else None
    except Unsuited:
        return ()
    if not isinstance(found, Lines) or any(len(each.points) > 1 for each in found.series):
        return ()
    return tuple((each.name, each.points[0][1] if each.points else None) for each in found.series)
