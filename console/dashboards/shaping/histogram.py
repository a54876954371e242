"""How often which numbers are: of all values, or of what the statement has counted already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label, number
from console.dashboards.sample import Sample
from console.dashboards.shaping.columns import Columns
from console.dashboards.shaping.shapes import Histogram, Nothing, Shape
from console.dashboards.ticks import nice

_USUAL_BINS = 12


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the bins of the last sample: of its `value`, or its `bucket` and `count` as they are. Raises Unsuited."""
    sample = history[-1]
    columns = Columns(panel, sample)
    bucket = columns.find("bucket", "text", "number", "time", by_name="bucket" not in panel.columns)
    if bucket is None and "value" not in panel.columns and columns.rest("text"):
        bucket = columns.find("bucket", "text")
    if not sample.rows:
        return Nothing("no rows")
    if bucket is not None:
        return _counted(sample, bucket, columns.need("count", "number"))
    value = columns.need("value", "number")
    values = sorted(found for row in sample.rows if (found := number(row[value])) is not None)
    return (
        _binned(values, cast(int, panel.options.get("bins", _USUAL_BINS)), panel.unit)
        if values
        else Nothing("no numbers")
    )


def _counted(sample: Sample, bucket: int, count: int) -> Histogram:
    pairs = [(label(row[bucket]), max(0.0, number(row[count]) or 0.0)) for row in sample.rows]
    return Histogram(
        counts=tuple(found for _, found in pairs),
        names=tuple(name for name, _ in pairs),
        count=round(sum(found for _, found in pairs)),
    )


def _binned(values: Sequence[float], bins: int, unit: str) -> Histogram:
    """Return about as many bins as asked for, with edges that are easy to say."""
    offered = [nice(values[0], values[-1], most, unit) for most in (bins, 2 * bins)]
    edges = min(offered, key=lambda edges: abs(len(edges) - 1 - bins))
    counts = [0.0] * (len(edges) - 1)
    place = 0
    for value in values:
        while place < len(counts) - 1 and value >= edges[place + 1]:
            place += 1
        counts[place] += 1
    return Histogram(
        counts=tuple(counts), edges=tuple(edges), count=len(values), median=_at(values, 0.5), high=_at(values, 0.95)
    )


def _at(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all do not exceed.

    >>> _at([1.0, 2.0, 3.0, 4.0], 0.5), _at([7.0], 0.95)
    (2.0, 7.0)
    """
    return values[max(0, -int(-share * len(values) // 1) - 1)]
