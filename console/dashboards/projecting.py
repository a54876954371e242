"""Where a month is going, and how a value compares with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import isfinite

from console.dashboards.periods import months_before

Number = int | float | Decimal
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Projection:
    """What a month will come to if it goes on as it went; `day` is its last day."""

    total: float
    day: date


@dataclass(frozen=True, slots=True)
class Change:
    """How a value differs from the one before; `percent` is None where the one before was 0."""

    absolute: float
    percent: float | None


def month_end(so_far: Number | None, now: datetime) -> Projection | None:
    """Return what a sum that began with the month (UTC) will be at its end.

    The rest of the month is taken to go like the part that is over. None on the first day, which says too little, and
    for what is no number.

    >>> month_end(100, datetime(2026, 11, 11, tzinfo=UTC))
    Projection(total=300.0, day=datetime.date(2026, 11, 30))
    """
    now = now.astimezone(UTC)
    began = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ends = months_before(began, -1)
    over = (now - began).total_seconds()
    if so_far is None or not isfinite(so_far) or over < _DAY:
        return None
    total = float(so_far) * (ends - began).total_seconds() / over
    return Projection(total, (ends - timedelta(days=1)).date())


def change(now: Number | None, before: Number | None) -> Change | None:
    """Return the change from before to now; None where one of them is no number.

    >>> change(112, 100), change(-5, -10).percent, change(3, 0).percent
    (Change(absolute=12.0, percent=12.0), 50.0, None)
    """
    if now is None or before is None or not isfinite(now) or not isfinite(before):
        return None
    absolute = float(now) - float(before)
    return Change(absolute, 100 * absolute / abs(float(before)) if before else None)
