"""What a panel shows of its samples, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from console.dashboards.definition import Kind, Panel
from console.dashboards.reckoning import label
from console.dashboards.sample import Sample
from console.dashboards.shaping import bars, cloud, gauges, heat, histogram, lines, number, stacks, tables
from console.dashboards.shaping.shapes import Nothing, Shape

_SHAPES: Mapping[Kind, Callable[[Panel, Sequence[Sample]], Shape]] = {
    Kind.NUMBER: number.shape,
    Kind.LINE: lines.shape,
    Kind.BAR: bars.shape,
    Kind.STACKED: stacks.shape,
    Kind.GAUGE: gauges.shape,
    Kind.HEAT: heat.shape,
    Kind.TABLE: tables.shape,
    Kind.HISTOGRAM: histogram.shape,
    Kind.SCATTER: cloud.shape,
}


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return what a panel shows of its samples, the oldest first. Raises columns.Unsuited with what it would need."""
    if not history:
        return Nothing("not read yet")
    found = _SHAPES[panel.kind](panel, history)
    if isinstance(found, Nothing) and not history[-1].rows and "empty" in panel.options:
        return Nothing(label(str(panel.options["empty"])))
    return found
