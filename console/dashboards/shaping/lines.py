"""Lines over time: of rows that have a time, or of one reading after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from console.dashboards.definition import Panel
from console.dashboards.reckoning import label, moment, number
from console.dashboards.sample import Sample, Value
from console.dashboards.shaping.columns import Columns
from console.dashboards.shaping.shapes import Lines, Nothing, Point, Series, Shape

MOST = 8  # series that can be told apart
_FOLLOWED = 64  # lines of which it is looked up how they went

Found = dict[str, list[Point]]
Reading = tuple[float, dict[str, float | None] | None]  # None of another statement


def shape(panel: Panel, history: Sequence[Sample]) -> Shape:
    """Return the lines of the last sample if its rows have a time, otherwise of all samples. Raises Unsuited."""
    sample = history[-1]
    columns = Columns(panel, sample)
    time = columns.find("time", "time")
    name = columns.find("series", "text")
    value = columns.need("value", "number")
    single = name is not None or "value" in panel.columns
    values = (value,) if single else (value, *columns.rest("number"))
    if time is not None:
        found = _collected(_timed(panel, sample, time, name, values))
    else:
        absent = 0.0 if panel.options.get("absent") == "zero" else None
        found = _with_gaps(_polled(panel, history, name, values), breaks(history), absent)
    if name is not None:
        found = dict(sorted(found.items()))  # whatever order the rows come in: a line keeps its colour
    if not any(y is not None for points in found.values() for _, y in points):
        return Nothing("no numbers yet" if sample.rows else "no rows")
    return replace(chosen(found), polled=time is None)


def chosen(found: Found) -> Lines:
    """Return as many series as can be told apart, those with the greatest numbers, in the order in which they are."""
    kept = greatest({name: [y for _, y in points] for name, points in found.items()}, MOST)
    return Lines(tuple(Series(name, tuple(found[name])) for name in kept), left_out=len(found) - len(kept))


def greatest(values: dict[str, list[float | None]], most: int) -> list[str]:
    """Return the names of the greatest, in the order in which they are given.

    >>> greatest({"a": [1.0], "b": [None, 5.0], "c": [-3.0]}, 2)
    ['b', 'c']
    """
    weights = {name: sum(abs(value) for value in each if value is not None) for name, each in values.items()}
    kept = set(sorted(weights, key=lambda name: -weights[name])[:most])
    return [name for name in values if name in kept]


def _timed(
    panel: Panel, sample: Sample, time: int, name: int | None, values: Sequence[int]
) -> Iterator[tuple[str, Point]]:
    timed = [(at, row) for row in sample.rows if (at := moment(row[time])) is not None]
    for at, row in sorted(timed, key=lambda pair: pair[0]):
        for line, value in _named(panel, sample, row, name, values):
            yield line, (at, value)


def breaks(history: Sequence[Sample]) -> Collection[int]:
    """Return the places before which samples are missing, as a ring knows them; a list knows none."""
    return frozenset(getattr(history, "breaks", ()))


def _polled(panel: Panel, history: Sequence[Sample], name: int | None, values: Sequence[int]) -> list[Reading]:
    """Return what each sample says; of another statement's samples nothing, of many lines those that count most now."""
    now = history[-1]
    named = {line: [value] for row in now.rows for line, value in _named(panel, now, row, name, values)}
    followed = set(greatest(named, _FOLLOWED))
    readings: list[Reading] = []
    for sample in history:
        pairs = (pair for row in sample.rows for pair in _named(panel, sample, row, name, values))
        are_few = (
            len(sample.rows) <= _FOLLOWED
        )  # what is gone now was there: its line goes on for as long as it is known
        known = {line: value for line, value in pairs if are_few or line in followed}
        readings.append((sample.at, known if sample.heads == now.heads else None))
    return readings


def _with_gaps(readings: Sequence[Reading], before: Collection[int], absent: float | None) -> Found:
    """Return lines of readings; a line is `absent` where it is not in one, and breaks where some are missing."""
    found: Found = {name: [] for _, values in readings for name in values or ()}
    for place, (at, values) in enumerate(readings):
        for name, points in found.items():
            if place in before:
                points.append((at, None))
            points.append((at, None if values is None else values.get(name, absent)))
    return found


def _named(
    panel: Panel, sample: Sample, row: Sequence[Value], name: int | None, values: Sequence[int]
) -> Iterator[tuple[str, float | None]]:
    """Return the numbers of a row, each with the name of its line."""
    for place in values:
        if name is not None:
            yield label(row[name]), number(row[place])
        elif len(values) > 1:
            yield label(sample.heads[place].name), number(row[place])
        else:
            yield label(panel.title), number(row[place])


def _collected(points: Iterable[tuple[str, Point]]) -> Found:
    found: Found = {}
    for name, point in points:
        found.setdefault(name, []).append(point)
    return found
