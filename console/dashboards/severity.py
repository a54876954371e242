"""Whether what a panel shows is fine: thresholds against values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.dashboards.definition import Panel, Thresholds
from console.dashboards.reckoning import number
from console.dashboards.sample import Sample
from console.dashboards.shaping import shapes
from console.dashboards.shaping.columns import Unsuited
from console.dashboards.shaping.shape import shape
from console.drawing.picture import Role

_FULL = 100.0
_ORDER = (Role.PLAIN, Role.OK, Role.WARN, Role.CRIT)


def judged(value: float | None, thresholds: Thresholds) -> Role:
    """Return OK, WARN or CRIT; PLAIN where nothing is asked of a value, or there is none.

    >>> judged(80, Thresholds(80, 100)), judged(3, Thresholds(5, 3, below=True)), judged(1, Thresholds())
    (<Role.WARN: 'warn'>, <Role.CRIT: 'crit'>, <Role.PLAIN: 'plain'>)
    """
    if value is None or (thresholds.warn is None and thresholds.crit is None):
        return Role.PLAIN
    if _reached(value, thresholds.crit, below=thresholds.below):
        return Role.CRIT
    return Role.WARN if _reached(value, thresholds.warn, below=thresholds.below) else Role.OK


def of(panel: Panel, history: Sequence[Sample]) -> Role:
    """Return the most severe of what a panel shows of now; of what goes over time only the newest counts.

    PLAIN where nothing is asked of values, and for a sample that does not suit the panel's kind.
    """
    try:
        found = shape(panel, history)
    except Unsuited:
        return Role.PLAIN
    if isinstance(found, tuple):
        return worst(*(of_gauge(panel, each) for each in found))
    return worst(*(judged(value, panel.thresholds) for value in _now(found)))


def of_gauge(panel: Panel, gauge: shapes.Gauge) -> Role:
    """Return how bad a gauge is: the panel's thresholds are per cent of the limit, a mark stands in for `warn`.

    Where only a mark says what is too much, the limit itself is critical.
    """
    warn, crit = panel.thresholds.warn, panel.thresholds.crit
    if gauge.mark is not None:
        warn, crit = gauge.mark, _FULL if crit is None else crit
    return judged(gauge.percent, Thresholds(warn, crit, panel.thresholds.below))


def worst(*found: Role) -> Role:
    """Return the most severe of roles; PLAIN of none.

    >>> worst(Role.OK, Role.WARN), worst()
    (<Role.WARN: 'warn'>, <Role.PLAIN: 'plain'>)
    """
    return max(found, key=_ORDER.index, default=Role.PLAIN)


def _reached(value: float, threshold: float | None, *, below: bool) -> bool:
    if threshold is None:
        return False
    return value <= threshold if below else value >= threshold


def _now(found: shapes.Shape) -> Iterator[float | None]:
    """Yield the values that thresholds are about."""
    match found:
        case shapes.Number(value=value):
            yield number(value)
        case shapes.Tiles(tiles=tiles):
            yield from (number(value) for _, value in tiles)
        case shapes.Lines(series=series):
            for each in series:
                yield next((y for _, y in reversed(each.points) if y is not None), None)
        case shapes.Bars(bars=bars):
            yield from (value for _, value in bars)
        case shapes.Heat(cells=rows, times=times):
            yield from (value for row in rows for value in (row[-1:] if times else row))
        case shapes.Grid(columns=columns, rows=rows):
            judged_columns = [place for place, column in enumerate(columns) if column.bars]
            yield from (number(row[place]) for row in rows for place in judged_columns)
