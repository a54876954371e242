"""Round places on an axis: of numbers in their unit, and of times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime

from console.dashboards.reckoning import label
from console.dashboards.units import steps

_TENS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LITTLE = 0.1  # of a span
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_TIMES = (
    *(1, 2, 5, 10, 15, 30, _MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE),
    *(_HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY),
)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12_000, 120_000)
_MONDAY = 4 * _DAY  # the first one after 1970 began
_A_MONTH = 30.4 * _DAY
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC).timestamp(), datetime(9999, 12, 30, tzinfo=UTC).timestamp()


def span(values: Sequence[float], *, zero: bool | None = None) -> tuple[float, float]:
    """Return from where to where an axis goes that shows these values; never the same twice.

    With `zero` it shows zero, without it does not care; None is for it where the values reach far from it anyway.

    >>> span([3.0, 10.0]), span([9.0, 10.0]), span([5.0, 5.0]), span([0.0]), span([9.0, 10.0], zero=True)
    ((0.0, 10.0), (9.0, 10.0), (0.0, 5.0), (0.0, 1.0), (0.0, 10.0))
    """
    low, high = min(values), max(values)
    if zero is None:
        zero = low == high or (low > 0 and low < high / 2) or (high < 0 and high > low / 2)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return (low - (abs(low) / 2), high + (abs(high) / 2 or 1.0))
    return low, high


def nice(low: float, high: float, most: int, unit: str = "") -> list[float]:
    """Return round edges around a span: about `most` parts or fewer, at least one.

    >>> nice(0.0, 97.0, 5), nice(0.0, 1.0, 4), nice(3.0, 3.0, 5), nice(0.0, 3e3, 3, "bytes")
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [0.0, 0.25, 0.5, 0.75, 1.0], [3.0, 3.5], [0.0, 1024.0, 2048.0, 3072.0])
    """
    step = _step(low, high, most, unit)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [_clean(place * step) for place in range(first, max(last, first + 1) + 1)]


def inside(low: float, high: float, most: int, unit: str = "") -> list[float]:
    """Return round numbers within a span, at most about `most`.

    >>> inside(0.0, 97.0, 5), inside(9.2, 9.4, 3)
    ([0.0, 20.0, 40.0, 60.0, 80.0], [9.2, 9.3, 9.4])
    """
    step = _step(low, high, most, unit)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [_clean(place * step) for place in range(first, last + 1)]


def labelled(low: float, high: float, most: int, unit: str = "") -> tuple[tuple[float, float], list[float]]:
    """Return a span with round numbers within it; what lacks little to one above ends there.

    >>> labelled(0.0, 97.0, 5), labelled(0.0, 85.0, 5)
    (((0.0, 100.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]), ((0.0, 85.0), [0.0, 20.0, 40.0, 60.0, 80.0]))
    """
    above = nice(low, high, most, unit)[-1]
    if high < above <= high + (high - low) * _LITTLE:
        high = above
    return (low, high), inside(low, high, most, unit)


def times(start: float, end: float, most: int, now: datetime) -> list[tuple[float, str]]:
    """Return round moments in UTC within a span, at most `most`, each with how it is said beside the others.

    The first says what one does not expect of now: that it was another year, or another day.

    >>> now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> times(1767225600, 1767225600 + 86400, 3, now)
    [(1767225600.0, '1 Jan'), (1767268800.0, '12:00'), (1767312000.0, '2 Jan')]
    >>> times(1767268800 - 365 * 86400, 1767272400 - 365 * 86400, 2, now)
    [(1735732800.0, '1 Jan 2025 12:00'), (1735736400.0, '13:00')]
    """
    found = _moments(start, end, most)
    return [(found[0][0], _placed(*found[0], now)), *found[1:]] if found else []


def _placed(at: float, said: str, now: datetime) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    today = now.astimezone(UTC)
    if ":" in said and moment.date() != today.date():
        said = f"{moment.day} {moment:%b} {said}"
    if moment.year == today.year or str(moment.year) in said:
        return said
    return said.replace(f"{moment:%b}", f"{moment:%b} {moment.year}", 1)


def _moments(start: float, end: float, most: int) -> list[tuple[float, str]]:
    start, end = max(start, _FIRST), min(end, _LAST)
    most = max(1, most)
    for step in _TIMES:
        since = _MONDAY if step % (7 * _DAY) == 0 else 0
        first = math.ceil((start - since) / step) * step + since
        if (end - first) // step < most:
            return [(float(at), _said(at, step)) for at in range(first, math.floor(end) + 1, step)]
    return _months(start, end, most)


def buckets(moments: Sequence[float], most: int, now: datetime) -> list[tuple[int, str]]:
    """Return which of several moments are named on an axis, and how: round ones if some are, else every so many.

    >>> monday, now = 4 * 86400.0, datetime(1970, 3, 1, tzinfo=UTC)
    >>> buckets([monday + week * 7 * 86400 for week in range(6)], 2, now)
    [(0, '5 Jan'), (3, '26 Jan')]
    >>> buckets([day * 86400.0 for day in range(9)], 2, now)
    [(4, '5 Jan')]
    """
    places = {at: place for place, at in enumerate(moments)}
    round_ones = [(places[at], said) for at, said in times(moments[0], moments[-1], most, now) if at in places]
    if len(round_ones) * 2 > min(most, len(moments)) - 1:
        return round_ones
    every = -(-len(moments) // most)
    named = [(place, day(moments[place])) for place in range(0, len(moments), every)]
    return [(named[0][0], _placed(moments[0], named[0][1], now)), *named[1:]]


def day(at: float) -> str:
    """Return a day as an axis says it.

    >>> day(0.0)
    '1 Jan'
    """
    moment = datetime.fromtimestamp(min(max(at, _FIRST), _LAST), UTC)
    return f"{moment.day} {moment:%b}"


def said(value: datetime | date, now: datetime) -> str:
    """Return a time as a table says it: without the year if that is this one.

    >>> now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> said(datetime(2026, 11, 20, 9, 5, tzinfo=UTC), now), said(date(2026, 11, 2), now), said(date(2024, 1, 2), now)
    ('20 Nov 09:05', ' 2 Nov', '2024-01-02')
    """
    if value.year != now.astimezone(UTC).year:
        return label(value)
    clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    return f"{value.day:2} {value:%b}{clock}"


def _step(low: float, high: float, most: int, unit: str) -> float:
    """Return the smallest round step of which no more than `most` go into a span."""
    least = (high - low) / max(1, most) or abs(high) / 10 or 1.0
    for step in steps(unit):
        if step >= least * (1 - 1e-9):
            return step
    power = 10.0 ** math.floor(math.log10(least))
    return next((times * power for times in _TENS if times * power >= least * (1 - 1e-9)), 10 * power)


def _clean(value: float) -> float:
    """Return 0.3 for 0.30000000000000004.

    >>> _clean(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.12g}")


def _months(start: float, end: float, most: int) -> list[tuple[float, str]]:
    first = datetime.fromtimestamp(start, UTC)
    for step in _MONTHS:
        if (end - start) / (_A_MONTH * step) < most:
            break
    found, month = [], math.ceil((first.year * 12 + first.month - 1) / step) * step
    while month // 12 <= 9999:
        at = datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
        if at.timestamp() > end:
            break
        if at.timestamp() >= start:
            found.append((at.timestamp(), f"{at:%Y}" if step >= 12 or at.month == 1 else f"{at:%b}"))
        month += step
    return found


def _said(at: float, step: int) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    if at % _DAY == 0:
        return day(at)
    return f"{moment:%H:%M:%S}" if step < _MINUTE else f"{moment:%H:%M}"
