"""Heat: a number for each x, or for each x and y, shown by how dark it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label, moment, number
from console.dashboards.sample import Sample, Value
from console.dashboards.shaping.columns import Columns, Unsuited
from console.dashboards.shaping.shapes import Heat, Nothing, Shape

_MOST_LINES = 200

Cells = dict[tuple[Value, Value], float]


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the cells of the last sample; of two rows for one cell the numbers are added. Raises Unsuited."""
    sample = history[-1]
    x, y, value = _places(panel, sample, Columns(panel, sample))
    timed = sample.heads[x].role == "time"
    cells: Cells = {}
    for row in sample.rows:
        key = (row[x], None if y is None else row[y])
        found = number(row[value])
        if found is not None and (not timed or moment(row[x]) is not None):
            cells[key] = cells.get(key, 0.0) + found
    if not cells:
        return Nothing("no rows")
    columns = _order([across for across, _ in cells], sample.heads[x].role)
    lines = _order([down for _, down in cells], "text" if y is None else sample.heads[y].role)
    return Heat(
        x=tuple(map(label, columns)),
        y=() if y is None else tuple(map(label, lines[:_MOST_LINES])),
        cells=_field(cells, columns, lines[:_MOST_LINES]),
        times=tuple(moment(each) or 0.0 for each in columns) if timed else (),
        left_out=max(0, len(lines) - _MOST_LINES),
    )


def _field(cells: Cells, columns: Sequence[Value], lines: Sequence[Value]) -> tuple[tuple[float | None, ...], ...]:
    across = {each: place for place, each in enumerate(columns)}
    field: dict[Value, list[float | None]] = {each: [None] * len(columns) for each in lines}
    for (x, y), found in cells.items():
        if y in field:
            field[y][across[x]] = found
    return tuple(map(tuple, field.values()))


def _places(panel: Panel, sample: Sample, columns: Columns) -> tuple[int, int | None, int]:
    """Return x, y and the value: what the panel does not say are the first two columns, and the last number."""
    any_role = ("time", "text", "number")
    value = columns.find("value", "number", by_name="value" not in panel.columns)
    if value is None:
        numbers = columns.rest("number")
        value = numbers[-1] if numbers else columns.need("value", "number")
    free = [place for place in sorted(columns.rest(*any_role)) if place != value]
    x = columns.find("x", *any_role) if "x" in panel.columns else free.pop(0) if free else None
    y = columns.find("y", *any_role) if "y" in panel.columns else free.pop(0) if free else None
    if x is None:
        raise Unsuited("A heat needs two columns or three: x, y if there is one, and a number.")
    return x, y, value


def _order(found: Sequence[Value], role: str) -> list[Value]:
    """Return each once: times and numbers by size, names as they come."""
    once = list(dict.fromkeys(found))
    by: dict[str, Callable[[Value], float | None]] = {"time": moment, "number": number}
    if role not in by:
        return once
    return sorted(once, key=lambda value: (by[role](value) is None, by[role](value) or 0.0))
