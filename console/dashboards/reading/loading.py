"""What the server wrote, as values that can be reckoned with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from console.dashboards.sample import Head, Value
from console.db.query import Column, Row
from console.db.types import BUILT_IN

Load = Callable[[str], Value]

_DAY = 86_400
# As PostgreSQL counts them when it makes seconds of an interval.
_SPANS = {"year": 365.25 * _DAY, "mon": 30 * _DAY, "day": _DAY}
_PART = re.compile(r"([+-]?\d+) (year|mon|day)s?")
_CLOCK = re.compile(r"([+-]?)(\d+):(\d\d):(\d\d(?:\.\d+)?)")


def heads(columns: Iterable[Column]) -> tuple[Head, ...]:
    """Return the columns of a sample; a type that PostgreSQL does not bring has no name here and is text.

    >>> heads([Column("day", 1082), Column("cost", 1700), Column("mood", 70_000)])[1]
    Head(name='cost', type_name='numeric', role='number')
    """
    return tuple(_head(each) for each in columns)


def rows(heads: Sequence[Head], found: Iterable[Row], *, as_written: bool = False) -> tuple[tuple[Value, ...], ...]:
    """Return rows of values; what Python cannot hold (infinite times, years BC) is None, or as the server wrote it."""
    loads = [_LOADS.get(head.type_name) for head in heads]
    return tuple(
        tuple(_value(load, text, as_written=as_written) for load, text in zip(loads, row, strict=True)) for row in found
    )


def seconds(text: str) -> float:
    """Return the seconds of an interval as PostgreSQL writes it by itself; a month has 30 days. Raises ValueError.

    >>> seconds("1 day -00:00:01.5"), seconds("-2 days"), seconds("1 mon")
    (86398.5, -172800.0, 2592000.0)
    """
    parts = _PART.findall(text)
    clock = _CLOCK.search(text)
    if not parts and clock is None:
        raise ValueError(text)
    whole = sum(int(amount) * _SPANS[unit] for amount, unit in parts)
    if clock is None:
        return float(whole)
    sign, hours, minutes, rest = clock.groups()
    within = int(hours) * 3600 + int(minutes) * 60 + float(rest)
    return whole - within if sign == "-" else whole + within


def _head(column: Column) -> Head:
    name, _ = BUILT_IN.get(column.type_oid, ("", False))
    return Head(column.name, name, _ROLES.get(name, "text"))


def _value(load: Load | None, text: str | None, *, as_written: bool) -> Value:
    if text is None or load is None:
        return text
    try:
        return load(text)
    except ValueError:
        return text if as_written else None


def _moment(text: str) -> datetime:
    """A time without a zone counts as UTC, as days and months do."""
    found = datetime.fromisoformat(text)
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


_NUMBERS: Mapping[str, Load] = {
    **dict.fromkeys(("smallint", "integer", "bigint"), int),
    **dict.fromkeys(("real", "double precision"), float),
    "numeric": Decimal,
    "interval": seconds,
}
_TIMES: Mapping[str, Load] = {
    "date": date.fromisoformat,
    "timestamp without time zone": _moment,
    "timestamp with time zone": _moment,
}
_LOADS: Mapping[str, Load] = {**_NUMBERS, **_TIMES, "boolean": lambda text: text == "t"}
_ROLES = {**dict.fromkeys(_NUMBERS, "number"), **dict.fromkeys(_TIMES, "time")}
