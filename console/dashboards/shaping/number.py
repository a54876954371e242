"""One number with what it was before; or several, where a row has several or each row has its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from console.dashboards import projecting
from console.dashboards.definition import Panel
from console.dashboards.projecting import Projection
from console.dashboards.reckoning import label, moment, number
from console.dashboards.sample import Sample, Value
from console.dashboards.shaping.columns import Columns, Unsuited
from console.dashboards.shaping.lines import breaks
from console.dashboards.shaping.shapes import Nothing, Number, Shape, Tiles
from console.dashboards.shaping.spans import SECONDS, is_span

_TREND = 400


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the number of the last sample.

    Rows with a time are its trend, the last of them the number and the one before what it was. Without a time the
    samples are the trend. Raises Unsuited.
    """
    sample = history[-1]
    columns = Columns(panel, sample)
    time = columns.find("time", "time")
    before = columns.find("before", "number", by_name=True)
    note = columns.find("note", "text", by_name=True)
    if time is None and "value" not in panel.columns:
        tiles = _tiles(columns, sample)
        if tiles:
            return tiles
    value = columns.need("value", "number") if time is not None else columns.need("value", "number", "text", "time")
    if not sample.rows:
        return Nothing("no rows")
    if time is not None:
        return _projected(panel, sample, _of_times(panel, sample, time, value, before, note))
    if len(sample.rows) > 1:
        raise Unsuited("A number needs one row, rows with a time, or rows of a name and a number.")
    row = sample.rows[0]
    found = Number(
        value=row[value],
        before=None if before is None else row[before],
        trend=_polled(history, value) if panel.options.get("trend", True) else (),
        note=_note(row, note),
    )
    return _projected(panel, sample, found)


def month_end(panel: Panel, sample: Sample, value: Value) -> Projection | None:
    """Return what a sum of this month will be at its end, by the server's clock; None if the panel does not ask."""
    if panel.options.get("project") != "month":
        return None
    return projecting.month_end(number(value), datetime.fromtimestamp(sample.at, UTC))


def _projected(panel: Panel, sample: Sample, found: Number) -> Number:
    return replace(found, projected=month_end(panel, sample, found.value))


def _tiles(columns: Columns, sample: Sample) -> Tiles | None:
    """Return several numbers of one row, or names and numbers of several."""
    numbers, names = columns.rest("number"), columns.rest("text")
    if len(sample.rows) > 1 and names and numbers:
        return Tiles(tuple((label(row[names[0]]), row[numbers[0]]) for row in sample.rows))
    if len(sample.rows) == 1 and len(numbers) > 1 and "value" not in (columns.head(place).name for place in numbers):
        heads = [columns.head(place) for place in numbers]
        named = ((label(head.name), sample.rows[0][place]) for head, place in zip(heads, numbers, strict=True))
        units = tuple(SECONDS if is_span(head) else "" for head in heads)
        return Tiles(tuple(named), units if any(units) else ())
    return None


def _of_times(panel: Panel, sample: Sample, time: int, value: int, before: int | None, note: int | None) -> Number:
    rows = sorted((row for row in sample.rows if moment(row[time]) is not None), key=lambda row: moment(row[time]) or 0)
    if not rows:
        return Number(None)
    last = rows[-1]
    earlier = rows[-2][value] if len(rows) > 1 else None
    return Number(
        value=last[value],
        before=earlier if before is None else last[before],
        trend=tuple(number(row[value]) for row in rows[-_TREND:]) if panel.options.get("trend", True) else (),
        note=_note(last, note),
    )


def _polled(history: Sequence[Sample], value: int) -> tuple[float | None, ...]:
    """Return how the number went from sample to sample, with a gap where some are missing.

    Before another statement was read there is nothing.
    """
    heads, missing = history[-1].heads, breaks(history)
    found: list[float | None] = []
    for place in range(max(0, len(history) - _TREND), len(history)):
        sample = history[place]
        if sample.heads == heads:
            found += [None] if place in missing and found else []
            found.append(number(sample.rows[0][value]) if sample.rows else None)
    return tuple(found) if len(found) > 1 else ()


def _note(row: Sequence[Value], place: int | None) -> str:
    return "" if place is None or row[place] is None else label(row[place])
