"""Periods as people say them (7d, this month), and the moments they stand for, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

USUAL = ("24h", "7d", "30d", "90d", "this month", "last month", "all")
WORDS = (
    'Periods are a number with h, d, w or m ("24h", "30d"), "today", "this month", "last month", "this year", "all".'
)
_SPAN = re.compile(r"([1-9]\d{0,3})(h|d|w|m)")
_NAMED = ("today", "this month", "last month", "this year", "all")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def known(word: str) -> bool:
    """Tell whether a word is a period.

    >>> known("30d"), known("this month"), known("soon")
    (True, True, False)
    """
    return word in _NAMED or _SPAN.fullmatch(word) is not None


def moments(word: str, now: datetime) -> tuple[datetime, datetime]:
    """Return since (included) and until (excluded) of a period that ends now, both in UTC.

    Days, months and years are whole ones; `7d` is the last seven times 24 hours. Raises ValueError.

    >>> now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    >>> [str(each.date()) for word in ("7d", "last month", "1m") for each in moments(word, now)]
    ['2026-03-24', '2026-03-31', '2026-02-01', '2026-03-01', '2026-02-28', '2026-03-31']
    """
    now = now.astimezone(UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    month = midnight.replace(day=1)
    named = {
        "today": (midnight, now),
        "this month": (month, now),
        "last month": (months_before(month, 1), month),
        "this year": (month.replace(month=1), now),
        "all": (_BEGINNING, now),
    }
    if word in named:
        return named[word]
    found = _SPAN.fullmatch(word)
    if found is None:
        raise ValueError(word)
    number = int(found[1])
    return (months_before(now, number) if found[2] == "m" else now - timedelta(hours=number * _HOURS[found[2]])), now


def months_before(moment: datetime, number: int) -> datetime:
    """Return the same day some months earlier, or the last one of that month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - number, 12)
    year, month = max(year, _BEGINNING.year), month + 1
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return moment.replace(year=year, month=month, day=min(moment.day, (following - timedelta(days=1)).day))
