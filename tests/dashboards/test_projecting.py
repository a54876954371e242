"""The month's end and changes, reckoned by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from console.dashboards.projecting import Change, Projection, change, month_end

NOV, FEB, LEAP, DEC = date(2026, 11, 30), date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("so_far", "now", "expected"),
    [
        # 10 of 30 days are over: three times as much.
        (Decimal("20.00"), datetime(2026, 11, 11, tzinfo=UTC), Projection(60.0, NOV)),
        # 20.5 days of 30 are over: 41.20 / 20.5 * 30.
        (41.2, datetime(2026, 11, 21, 12, tzinfo=UTC), Projection(60.292682926829265, NOV)),
        (28, datetime(2026, 2, 15, tzinfo=UTC), Projection(56.0, FEB)),
        (29, datetime(2028, 2, 2, tzinfo=UTC), Projection(841.0, LEAP)),
        # December ends with the year: 16 of 31 days.
        (32, datetime(2026, 12, 17, tzinfo=UTC), Projection(62.0, DEC)),
        # The last second: what it is.
        (99.0, datetime(2026, 11, 30, 23, 59, 59, 999_999, tzinfo=UTC), Projection(99.0, NOV)),
        (0, datetime(2026, 11, 11, tzinfo=UTC), Projection(0.0, NOV)),
        # 1 December 1:00 in Tokyo is still 30 November, 16:00.
        (30, datetime(2026, 12, 1, 1, tzinfo=timezone(timedelta(hours=9))), Projection(30 * 720 / 712, NOV)),
        # The first day says too little.
        (5, datetime(2026, 11, 1, 23, 59, tzinfo=UTC), None),
        (None, datetime(2026, 11, 11, tzinfo=UTC), None),
        (Decimal("NaN"), datetime(2026, 11, 11, tzinfo=UTC), None),
    ],
)
def test_month_end(so_far: float | Decimal | None, now: datetime, expected: Projection | None) -> None:
    found = month_end(so_far, now)
    assert (found and found.day) == (expected and expected.day)
    assert (found and found.total) == pytest.approx(expected and expected.total)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (112, 100, Change(12, 12)),
        (Decimal("41.20"), Decimal("36.80"), Change(4.4, 11.956521739130434)),
        (50, 100, Change(-50, -50)),
        (-5, -10, Change(5, 50)),
        (0, 0, Change(0, None)),
        (3, 0, Change(3, None)),
        (None, 1, None),
        (1, None, None),
        (float("nan"), 1, None),
        (1, float("inf"), None),
    ],
)
def test_change(now: float | None, before: float | None, expected: Change | None) -> None:
    found = change(now, before)
    assert (found and found.absolute) == pytest.approx(expected and expected.absolute)
    assert (found and found.percent) == pytest.approx(expected and expected.percent)
