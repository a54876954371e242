"""Makes of all rows of a result what a chart's statement would give, so that what is slow is asked once; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import cast

from console.dashboards.charting import charting
from console.dashboards.charting.chart import Chart, Gather
from console.dashboards.charting.charting import Source
from console.dashboards.definition import Kind
from console.dashboards.reckoning import number
from console.dashboards.sample import Head, Sample, Value

_Row = tuple[Value, ...]
_EXACT = frozenset(("smallint", "integer", "bigint", "numeric"))
_SUMS = {"smallint": "bigint", "integer": "bigint", "bigint": "numeric"}  # the type of a sum, where it is another


def _day(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


_CUTS: Mapping[str, Callable[[datetime], datetime]] = {
    "minute": lambda at: at.replace(second=0, microsecond=0),
    "hour": lambda at: at.replace(minute=0, second=0, microsecond=0),
    "day": _day,
    "week": lambda at: _day(at) - timedelta(days=at.weekday()),
    "month": lambda at: _day(at).replace(day=1),
    "year": lambda at: _day(at).replace(month=1, day=1),
}


def gathered(source: Source, chart: Chart, rows: Sample) -> Sample | None:
    """Return what `charting.statement` gives of a source whose rows are known; None where only the server can say.

    That is so where there are more rows, and where a time, a type or a number is not quite here what it is there.
    """
    if rows.more or not source.columns or not _is_known(chart, rows):
        return None
    places = tuple(dict.fromkeys(chart.columns.values()))
    if chart.kind is Kind.TABLE:
        made = _selected(rows, source.columns)
    elif chart.gather is Gather.EACH:
        made = _ordered(source, chart, _selected(rows, tuple(dict.fromkeys((*places, *chart.numbers)))))
    else:
        made = _ordered(source, chart, _grouped(chart, rows, places))
    return replace(made, rows=made.rows[: charting.limit(chart)])


def _is_known(chart: Chart, rows: Sample) -> bool:
    """Return whether the values that the chart needs are those of the server."""
    used = {*chart.columns.values(), *chart.numbers}
    if chart.kind is Kind.TABLE:
        return not any(_has_lost_a_time(rows, head) for head in rows.heads)
    if chart.gather is Gather.EACH:
        return True
    heads = [head for head in rows.heads if head.name in used]
    return all(_adds_up(rows, head) and not _has_lost_a_time(rows, head) for head in heads)


def _has_lost_a_time(rows: Sample, head: Head) -> bool:
    """Return whether a time may be one that Python has not: it is NULL then, like those that are missing."""
    place = rows.place(head.name)
    return head.role == "time" and any(row[place] is None for row in rows.rows)


def _adds_up(rows: Sample, head: Head) -> bool:
    """Return whether values are told apart and added here as they are there: no floats, no NaN, no types of its own."""
    if head.role != "number":
        return bool(head.type_name)
    place = rows.place(head.name)
    known = (row[place] for row in rows.rows if row[place] is not None)
    return head.type_name in _EXACT and all(number(value) is not None for value in known)


def _selected(rows: Sample, names: Sequence[str]) -> Sample:
    places = [rows.place(name) for name in names]
    kept = (tuple(row[place] for place in places) for row in rows.rows)
    return replace(rows, heads=tuple(rows.heads[place] for place in places), rows=tuple(kept))


def _grouped(chart: Chart, rows: Sample, names: Sequence[str]) -> Sample:
    """Return a row for each place of the chart, with a number for each column that is gathered."""
    heads = [_head_of_place(chart, rows.heads[rows.place(name)]) for name in names]
    places = [rows.place(name) for name in names]
    groups: dict[_Row, list[_Row]] = {} if names else {(): []}
    for row in rows.rows:
        key = tuple(_cut_to(chart.step, head, row[place]) for place, head in zip(places, heads, strict=True))
        groups.setdefault(key, []).append(row)
    columns = [rows.place(name) for name in chart.numbers]
    kept = ((*key, *_numbers(chart.gather, columns, members)) for key, members in groups.items())
    return replace(rows, heads=(*heads, *_heads_of_numbers(chart, rows)), rows=tuple(kept))


def _head_of_place(chart: Chart, head: Head) -> Head:
    is_day = chart.step and head.type_name == "date"
    return replace(head, type_name="timestamp with time zone") if is_day else head


def _cut_to(step: str, head: Head, value: Value) -> Value:
    if not step or head.role != "time" or not isinstance(value, date):
        return value
    at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    return _CUTS[step](at)


def _numbers(gather: Gather, columns: Sequence[int], rows: Sequence[_Row]) -> Iterable[Value]:
    if gather is Gather.COUNT:
        return (len(rows),)
    return (_number(gather, [cast("int | Decimal", row[at]) for row in rows if row[at] is not None]) for at in columns)


def _number(gather: Gather, values: Sequence[int | Decimal]) -> Value:
    if not values:
        return None
    match gather:
        case Gather.SUM:
            return sum(values)
        case Gather.AVERAGE:
            return Decimal(sum(values)) / len(values)
        case Gather.LEAST:
            return min(values)
    return max(values)


def _heads_of_numbers(chart: Chart, rows: Sample) -> Iterable[Head]:
    names = charting.shown(chart)
    if chart.gather is Gather.COUNT:
        return (Head(names[0], "bigint", "number"),)
    types = (rows.heads[rows.place(name)].type_name for name in chart.numbers)
    return (Head(name, _type(chart.gather, each), "number") for name, each in zip(names, types, strict=True))


def _type(gather: Gather, type_name: str) -> str:
    if gather is Gather.AVERAGE:
        return "numeric"
    return _SUMS.get(type_name, type_name) if gather is Gather.SUM else type_name


def _ordered(source: Source, chart: Chart, made: Sample) -> Sample:
    """Return rows as the statement orders them; those without a value come last."""
    by = charting.order(source, chart, [head.name for head in made.heads])
    if by is None:
        return made
    place, down = by
    known = [row for row in made.rows if row[place] is not None]
    known.sort(key=lambda row: cast("Decimal", row[place]), reverse=down)
    return replace(made, rows=(*known, *(row for row in made.rows if row[place] is None)))
