"""Gauges: what is used of a limit, a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label, number
from console.dashboards.sample import Sample, Value
from console.dashboards.shaping.columns import Columns
from console.dashboards.shaping.number import month_end
from console.dashboards.shaping.shapes import Gauge, Nothing, Shape

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the gauges of the last sample: `value` and `limit`, with `label`, `mark` and `note` if there are.

    Without a column for the limit, a panel in per cent (or a ratio) goes to 100 (to 1). Raises Unsuited.
    """
    sample = history[-1]
    columns = Columns(panel, sample)
    note = columns.find("note", "text", by_name=True)
    mark = columns.find("mark", "number", "text", by_name=True)
    limit = columns.find("limit", "number", by_name=True)
    value = columns.need("value", "number")
    whole = {"%": 100.0, "percent": 100.0, "ratio": 1.0}.get(panel.unit)
    if limit is None and whole is None:
        limit = columns.need("limit", "number")
    name = columns.find("label", "text", "time")
    gauges = tuple(
        Gauge(
            name="" if name is None else label(row[name]),
            value=number(row[value]),
            limit=whole if limit is None else number(row[limit]),
            marks=() if mark is None else _marks(row[mark]),
            note="" if note is None or row[note] is None else label(row[note]),
            projected=month_end(panel, sample, row[value]),
        )
        for row in sample.rows
    )
    return gauges or Nothing(label(str(panel.options.get("empty", "no rows"))))


def _marks(value: Value) -> tuple[float, ...]:
    """Return one number, or those of a text: `50, 80`, or an array as the server writes it."""
    if isinstance(value, str):
        return tuple(sorted({float(each) for each in _NUMBER.findall(value)}))
    found = number(value)
    return () if found is None else (found,)
