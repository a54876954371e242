"""What may be chosen for a chart, as questions and answers; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from console.dashboards.charting.chart import GATHERED, MEANINGS, NUMBERLESS, SEVERAL, STEPS, Chart, Gather
from console.dashboards.definition import Kind
from console.dashboards.sample import Sample
from console.text import sanitize
from console.ui.widgets.option_line import Said

NUMBERS = "numbers"
UNITS = ("", "USD", "EUR", "bytes", "bytes/s", "s", "ms", "%", "ratio", "/s")
_MOST = 8
_INSTEAD = {"time": "label", "label": "time"}  # a stack stands over one of them


def meanings(chart: Chart) -> tuple[str, ...]:
    """Return what columns of a chart can be chosen for."""
    said = tuple(each.name for each in MEANINGS[chart.kind])
    return said if chart.kind in NUMBERLESS or chart.gather is Gather.COUNT else (*said, NUMBERS)


def now(chart: Chart, meaning: str) -> str:
    """Return the column, or the columns, that mean something now."""
    return ", ".join(chart.numbers) if meaning == NUMBERS else chart.columns.get(meaning, "")


def columns(chart: Chart, meaning: str, sample: Sample) -> tuple[tuple[str, ...], ...]:
    """Return the columns that can mean something, each choice one, none, or all numbers."""
    roles = ("number",) if meaning == NUMBERS else next(e.roles for e in MEANINGS[chart.kind] if e.name == meaning)
    found = tuple(dict.fromkeys(head.name for head in sample.heads if head.role in roles))
    choices = tuple((name,) for name in found)
    if meaning == NUMBERS:
        return (*choices, found[:_MOST]) if chart.kind in SEVERAL and len(found) > 1 else choices
    is_needed = next(each.needed for each in MEANINGS[chart.kind] if each.name == meaning)
    return choices if is_needed else ((), *choices)


def place_now(chart: Chart, meaning: str, choices: Sequence[tuple[str, ...]]) -> int:
    """Return the place of what holds now among the choices, the first if it is not there."""
    own = chart.numbers if meaning == NUMBERS else tuple(filter(None, [chart.columns.get(meaning)]))
    return choices.index(own) if own in choices else 0


def with_column(chart: Chart, meaning: str, chosen: Sequence[str]) -> Chart:
    """Return a chart in which these columns mean something."""
    if meaning == NUMBERS:
        return replace(chart, numbers=tuple(chosen))
    gone = {meaning, _INSTEAD.get(meaning, meaning)} if chart.kind is Kind.STACKED and chosen else {meaning}
    said = {each: name for each, name in chart.columns.items() if each not in gone}
    said.update((meaning, name) for name in chosen)
    return replace(chart, columns=MappingProxyType(said))


def steps(chart: Chart, times: frozenset[str]) -> tuple[str, ...]:
    """Return what times of a chart can be cut to; nothing where it has none, or shows each row."""
    has_times = bool(times & set(chart.columns.values()))
    return ("", *STEPS) if has_times and chart.gather is not Gather.EACH else ()


def has_unit(chart: Chart) -> bool:
    """Return whether a unit is said: not of rows that are counted, nor of all columns of a table."""
    return chart.kind is not Kind.TABLE and chart.gather is not Gather.COUNT


def gathering(chart: Chart) -> str:
    """Say what is made of several rows.

    >>> gathering(Chart(Kind.LINE, gather=Gather.SUM, step="day")), gathering(Chart(Kind.BAR))
    ('sum a day', 'each row')
    """
    return f"{chart.gather} a {chart.step}" if chart.step and chart.gather is not Gather.EACH else str(chart.gather)


def said(name: str, chart: Chart, place: int | None, proposed: int) -> Said:
    """Return what the line over a chart says; `place` is the proposal's, None for one that was changed."""
    shown = [each for each in (*chart.columns.values(), *chart.numbers) if each]
    parts = [("k", str(chart.kind), "chart.kind")]
    if meanings(chart):
        parts.append(("c", sanitize(", ".join(shown)) or "columns", "chart.columns"))
    if chart.kind in GATHERED:
        parts.append(("g", gathering(chart), "chart.gather"))
    if has_unit(chart):
        parts.append(("u", sanitize(chart.unit) or "unit", "chart.unit"))
    aside = f"[ {place + 1} of {proposed} ]" if place is not None else "changed"
    return Said(sanitize(name), tuple(parts), aside)
