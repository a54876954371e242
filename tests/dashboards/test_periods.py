"""Periods at the edges of days, months and years, by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from console.dashboards.periods import moments

BERLIN, KIRITIMATI, ST_JOHNS = map(ZoneInfo, ("Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns"))
MIDNIGHT = datetime(2026, 11, 1, tzinfo=UTC)
LAST = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


CASES = [
    # The first moment of a month: nothing of it is over.
    ("today", MIDNIGHT, MIDNIGHT, MIDNIGHT),
    ("this month", MIDNIGHT, MIDNIGHT, MIDNIGHT),
    ("last month", MIDNIGHT, at(2026, 10, 1), MIDNIGHT),
    ("1m", MIDNIGHT, at(2026, 10, 1), MIDNIGHT),
    # The last one of a year.
    ("today", LAST, at(2026, 12, 31), LAST),
    ("this month", LAST, at(2026, 12, 1), LAST),
    ("last month", LAST, at(2026, 11, 1), at(2026, 12, 1)),
    ("this year", LAST, at(2026, 1, 1), LAST),
    ("last month", at(2027, 1, 1), at(2026, 12, 1), at(2027, 1, 1)),
    # February, with its leap day and without.
    ("1m", at(2028, 3, 31, 5), at(2028, 2, 29, 5), at(2028, 3, 31, 5)),
    ("1m", at(2027, 3, 29, 5), at(2027, 2, 28, 5), at(2027, 3, 29, 5)),
    ("12m", at(2028, 2, 29, 5), at(2027, 2, 28, 5), at(2028, 2, 29, 5)),
    ("last month", at(2028, 3, 1), at(2028, 2, 1), at(2028, 3, 1)),
    ("1d", at(2028, 3, 1, 5), at(2028, 2, 29, 5), at(2028, 3, 1, 5)),
    # Summer time ends in Berlin this night: a day of UTC has 24 hours all the same.
    ("24h", datetime(2026, 10, 25, 12, tzinfo=BERLIN), at(2026, 10, 24, 11), at(2026, 10, 25, 11)),
    ("today", datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN), at(2026, 10, 25), at(2026, 10, 25, 1, 30)),
    ("today", datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), at(2026, 10, 25), at(2026, 10, 25, 0, 30)),
    # Where it is another day, or another month, already or still.
    ("this month", datetime(2026, 12, 1, 13, tzinfo=KIRITIMATI), at(2026, 11, 1), at(2026, 11, 30, 23)),
    ("today", datetime(2026, 11, 30, 21, tzinfo=ST_JOHNS), at(2026, 12, 1), at(2026, 12, 1, 0, 30)),
]


@pytest.mark.parametrize(("word", "now", "since", "until"), CASES)
def test_moments(word: str, now: datetime, since: datetime, until: datetime) -> None:
    assert moments(word, now) == (since, until)
