"""Bars: a name and a number each, in the order of the statement unless the panel says another."""

from __future__ import annotations

from collections.abc import Sequence

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label, number
from console.dashboards.sample import Sample
from console.dashboards.shaping.columns import Columns
from console.dashboards.shaping.shapes import Bars, Nothing, Shape

_USUAL_MOST = 100


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the bars of the last sample; one row of several numbers is a bar each. Raises Unsuited."""
    sample = history[-1]
    columns = Columns(panel, sample)
    if name_less := _of_one_row(panel, sample, columns):
        return name_less
    said = ("number",) if "label" in panel.columns else ()  # an hour, a year: not by itself a name
    name = columns.find("label", "text", "time", *said)
    value = columns.need("value", "number") if name is not None or "value" in panel.columns else None
    if name is None or value is None:
        name, value = _two_numbers(columns)
    bars = [(label(row[name]), number(row[value])) for row in sample.rows]
    if not bars:
        return Nothing("no rows")
    most = panel.options.get("most", _USUAL_MOST)
    assert isinstance(most, int), "kinds.py reads it"
    ordered = _ordered(bars, str(panel.options.get("order", "given")))
    return Bars(tuple(ordered[:most]), left_out=max(0, len(bars) - most))


def _of_one_row(panel: Panel, sample: Sample, columns: Columns) -> Bars | None:
    numbers = columns.rest("number")
    if panel.columns or len(sample.rows) != 1 or len(numbers) < 2 or columns.rest("text", "time"):
        return None
    row = sample.rows[0]
    return Bars(tuple((label(sample.heads[place].name), number(row[place])) for place in numbers))


def _two_numbers(columns: Columns) -> tuple[int, int]:
    """Return the first number as the name: the hour of a day, a bucket."""
    if len(columns.rest("number")) < 2:
        return columns.need("label", "text", "time"), columns.need("value", "number")
    return columns.need("label", "number"), columns.need("value", "number")


def _ordered(bars: list[tuple[str, float | None]], order: str) -> list[tuple[str, float | None]]:
    if order == "value":
        return sorted(bars, key=lambda bar: (bar[1] is None, -(bar[1] or 0)))
    return sorted(bars, key=lambda bar: bar[0].casefold()) if order == "label" else bars
