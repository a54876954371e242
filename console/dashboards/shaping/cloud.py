"""Points of two numbers."""

from __future__ import annotations

from collections.abc import Sequence

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label, number
from console.dashboards.sample import Sample
from console.dashboards.shaping.columns import Columns
from console.dashboards.shaping.lines import MOST, greatest
from console.dashboards.shaping.shapes import Cloud, Nothing, Point, Series, Shape


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the points of the last sample that have both numbers, in series if it names them. Raises Unsuited."""
    sample = history[-1]
    columns = Columns(panel, sample)
    x, y = columns.need("x", "number"), columns.need("y", "number")
    name = _series(panel, sample, columns)
    found: dict[str, list[Point]] = {}
    for row in sample.rows:
        across, up = number(row[x]), number(row[y])
        if across is not None and up is not None:
            found.setdefault("" if name is None else label(row[name]), []).append((across, up))
    if not found:
        return Nothing("no rows" if not sample.rows else "no points with both numbers")
    kept = greatest({each: [1.0] * len(points) for each, points in sorted(found.items())}, MOST)
    return Cloud(
        series=tuple(Series(each, tuple(found[each])) for each in kept),
        x=label(sample.heads[x].name),
        y=label(sample.heads[y].name),
        left_out=len(found) - len(kept),
    )


def _series(panel: Panel, sample: Sample, columns: Columns) -> int | None:
    """Return the column that names series; of those that do not say so, one of few names."""
    if "series" in panel.columns:
        return columns.find("series", "text")
    texts = columns.rest("text")
    named = [place for place in texts if sample.heads[place].name == "series"]
    few = [place for place in texts if len({row[place] for row in sample.rows}) <= MOST]
    return next(iter(named or few), None)
