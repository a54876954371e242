"""Stacked columns: over times or names, the parts of each one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label, moment, number
from console.dashboards.sample import Sample
from console.dashboards.shaping.columns import Columns
from console.dashboards.shaping.lines import MOST, greatest
from console.dashboards.shaping.shapes import Nothing, Shape, Stacks

REST = "others"

Cells = dict[tuple[float | str, str], float]


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the stacks of the last sample: time or label, series and value, or a number column for each part.

    More parts than can be told apart (or `most`) are summed up as others. Raises Unsuited.
    """
    sample = history[-1]
    columns = Columns(panel, sample)
    time = columns.find("time", "time")
    place = columns.need("label", "text", "number") if time is None else time
    series = columns.find("series", "text")
    value = columns.need("value", "number")
    values = (value,) if series is not None or "value" in panel.columns else (value, *columns.rest("number"))
    cells: Cells = {}
    for row in sample.rows:
        at = label(row[place]) if time is None else moment(row[place])
        for column in values:
            part = number(row[column])
            if at is None or part is None:
                continue
            name = label(sample.heads[column].name if series is None else row[series])
            cells[at, name] = cells.get((at, name), 0.0) + max(part, 0.0)  # less than nothing has no place in a stack
    if not cells:
        return Nothing("no rows")
    return _stacks(
        cells, timed=time is not None, sort=series is not None, most=cast(int, panel.options.get("most", MOST))
    )


def _stacks(cells: Cells, *, timed: bool, sort: bool, most: int) -> Stacks:
    places = list(dict.fromkeys(at for at, _ in cells))
    names = list(dict.fromkeys(name for _, name in cells))
    if timed:
        places.sort()
    if sort:
        names.sort()
    whole: dict[str, list[float | None]] = {name: [] for name in names}
    for (_, name), part in cells.items():
        whole[name].append(part)
    kept = names if len(names) <= most else greatest(whole, most - 1)
    columns = {name: column for column, name in enumerate(kept)}
    rows = {at: [0.0] * (len(kept) + (len(kept) < len(names))) for at in places}
    for (at, name), part in cells.items():
        rows[at][columns.get(name, -1)] += part
    if len(kept) < len(names):
        kept = [*kept, f"{len(names) - len(kept)} {REST}"]
    return Stacks(
        places=cast("tuple[float, ...] | tuple[str, ...]", tuple(places)),
        names=tuple(kept),
        parts=tuple(tuple(rows[at]) for at in places),
        timed=timed,
    )
