"""Intervals: seconds here, and said as time wherever a panel does not say its unit."""

from __future__ import annotations

from dataclasses import replace

from console.dashboards.definition import Kind, Panel
from console.dashboards.sample import Head, Sample

SECONDS = "s"


def is_span(head: Head) -> bool:
    """Return whether the values of a column are intervals."""
    return head.type_name == "interval"


def measured(panel: Panel, sample: Sample) -> Panel:
    """Return a panel with the unit of its numbers where all of them are intervals and its file says none.

    A table has a unit for each column.
    """
    numbers = [head for head in sample.heads if head.role == "number"]
    if panel.unit or panel.kind is Kind.TABLE or not numbers or not all(map(is_span, numbers)):
        return panel
    return replace(panel, unit=SECONDS)
