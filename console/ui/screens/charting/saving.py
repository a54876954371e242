"""Writes a chart among the user's own dashboards, by a name that none has yet."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from console.dashboards.charting.chart import Chart
from console.dashboards.charting.charting import Source, described
from console.dashboards.definition import Dashboard, Kind
from console.dashboards.files import finding
from console.dashboards.files.saving import save
from console.text import sanitize


def usual_title(source: Source, chart: Chart) -> str:
    """Return the title that is offered.

    >>> usual_title(Source("cost_by_model"), Chart(Kind.BAR, {"label": "model"}, ("cost",)))
    'Cost by model: cost by model'
    >>> usual_title(Source("a\\x1b[31m"), Chart(Kind.TABLE))
    'A␛[31m'
    """
    name = source.title.replace("_", " ").strip()
    name = name[:1].upper() + name[1:]
    return sanitize(name if chart.kind is Kind.TABLE else f"{name}: {described(chart)}")


async def is_taken(name: str, environ: Mapping[str, str]) -> bool:
    """Return whether there is a dashboard of this name: one's own would hide a shipped one, or a project's."""
    found = await asyncio.to_thread(finding.find, environ=environ, cwd=Path.cwd())
    return any(each.id == name for each in found)


async def write(dashboard: Dashboard, environ: Mapping[str, str]) -> Path:
    """Write the file and return it. Raises Refused and UsageError."""
    return await asyncio.to_thread(save, dashboard, environ)
