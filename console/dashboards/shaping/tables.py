"""Tables: the columns as they come, some with bars behind their numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import cast

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label
from console.dashboards.sample import Sample
from console.dashboards.shaping.columns import Columns
from console.dashboards.shaping.shapes import Column, Grid, Nothing, Shape
from console.dashboards.shaping.spans import SECONDS, is_span

_NAMED = re.compile(r"(^|[_ ])(id|pid|oid|xid|port|year|line)$", re.IGNORECASE)


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the last sample without the columns to `hide`. Raises Unsuited for options that name no column."""
    sample = history[-1]
    hidden, bars = _names(panel, "hide"), _names(panel, "bars")
    units = cast(Mapping[str, str], panel.options.get("units", {}))
    _must_be_there(panel, sample, (*hidden, *bars, *units))
    shown = [place for place, head in enumerate(sample.heads) if head.name not in hidden]
    if not sample.rows or not shown:
        return Nothing("no rows")
    most = cast(int, panel.options.get("most", len(sample.rows)))
    return Grid(
        columns=tuple(_column(panel, sample, place, bars, units) for place in shown),
        rows=tuple(tuple(row[place] for place in shown) for row in sample.rows[:most]),
        more=sample.more or len(sample.rows) > most,
    )


def _column(panel: Panel, sample: Sample, place: int, bars: Collection[str], units: Mapping[str, str]) -> Column:
    """Return how a column is drawn: the panel's unit is that of the columns with bars, an interval's is seconds."""
    head = sample.heads[place]
    numeric = head.role == "number"
    usual = SECONDS if is_span(head) else panel.unit if head.name in bars else ""
    return Column(
        name=label(head.name),
        numeric=numeric,
        timed=head.role == "time",
        named=numeric and _NAMED.search(head.name) is not None,
        unit=units.get(head.name, usual),
        bars=numeric and head.name in bars,
    )


def _names(panel: Panel, option: str) -> tuple[str, ...]:
    return cast("tuple[str, ...]", panel.options.get(option, ()))


def _must_be_there(panel: Panel, sample: Sample, names: Sequence[str]) -> None:
    for name in names:
        Columns(Panel(panel.id, panel.title, panel.kind, panel.sql, columns={"column": name}), sample)
