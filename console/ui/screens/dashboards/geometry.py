"""Where panels stand on a screen of some size: columns of equal width, rows stretched over its lines; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from textual.geometry import Region

from console.dashboards.definition import Kind, Panel, Row
from console.dashboards.layout import places

_GROWS = {Kind.NUMBER: 0, Kind.GAUGE: 0, Kind.BAR: 1, Kind.HEAT: 1}  # what says little more when it is higher
_USUAL = 3
_MOST = 3  # times its own height that a row becomes at most


def regions(rows: Sequence[Row], panels: Mapping[str, Panel], width: int, height: int) -> dict[str, Region]:
    """Return the region of each panel; where the rows are lower than `height`, those with charts become higher."""
    wide = max((len(row.cells) for row in rows), default=1)
    heights = _stretched(rows, panels, height)
    tops = [0, *accumulate(heights)]
    found = {}
    for name, place in places(rows).items():
        left, right = (width * column // wide for column in (place.left, place.left + place.columns))
        top, bottom = tops[place.top], tops[place.top + place.rows]
        found[name] = Region(left, top, right - left, bottom - top)
    return found


def _stretched(rows: Sequence[Row], panels: Mapping[str, Panel], height: int) -> list[int]:
    """Return the heights of rows, what is left of `height` shared out by their own heights.

    >>> from console.dashboards.definition import Kind, Panel
    >>> panels = {"a": Panel("a", "a", Kind.NUMBER, ""), "b": Panel("b", "b", Kind.LINE, "")}
    >>> _stretched([Row(("a",), 6), Row(("b",), 10)], panels, 31), _stretched([Row(("b",), 10)], panels, 4)
    ([6, 25], [10])
    """
    heights = [row.height for row in rows]
    left = height - sum(heights)
    shares = list(accumulate(row.height * _weight(row, panels) for row in rows))
    if left <= 0 or not shares[-1]:
        return heights
    ends = [left * share // shares[-1] for share in shares]
    more = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    return [min(each + extra, each * _MOST) for each, extra in zip(heights, more, strict=True)]


def _weight(row: Row, panels: Mapping[str, Panel]) -> int:
    return max(_GROWS.get(panels[name].kind, _USUAL) for name in row.cells)


def neighbour(boxes: Mapping[str, Region], name: str, right: int, down: int) -> str | None:
    """Return the nearest panel in a direction, None at the edge.

    >>> boxes = {"a": Region(0, 0, 10, 5), "b": Region(10, 0, 10, 5), "c": Region(0, 5, 20, 5)}
    >>> neighbour(boxes, "a", 1, 0), neighbour(boxes, "b", 0, 1), neighbour(boxes, "c", 0, 1)
    ('b', 'c', None)
    """
    here = boxes[name]
    ahead = {
        other: (_beyond(here, box, right, down), _aside(here, box, right))
        for other, box in boxes.items()
        if other != name and _beyond(here, box, right, down) >= 0
    }
    return min(ahead, key=lambda other: (ahead[other][1] > 0, *ahead[other]), default=None)


def _beyond(here: Region, box: Region, right: int, down: int) -> int:
    """Return how far a region lies beyond an edge of another, negative when it does not."""
    if right:
        return box.x - here.right if right > 0 else here.x - box.right
    return box.y - here.bottom if down > 0 else here.y - box.bottom


def _aside(here: Region, box: Region, right: int) -> int:
    """Return how far it lies to the side of that way; 0 when it is straight ahead."""
    if right:
        return max(0, box.y - here.bottom + 1, here.y - box.bottom + 1)
    return max(0, box.x - here.right + 1, here.x - box.right + 1)
