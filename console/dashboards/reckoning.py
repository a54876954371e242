"""Values of a sample as what a picture reckons with: numbers, moments, labels."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from console.dashboards.sample import Value
from console.text import sanitize

NOTHING = "–"
_LONGEST = 10**30  # from here on a name is not a number that is written out
_LARGEST, _SMALLEST = 1e150, 1e-150  # beyond these a difference or a quotient leaves what a float can say
_STYLE_OF_SIGN = re.compile("[\ufe00-\ufe0f]")  # they change how wide a terminal draws the sign before them


def number(value: Value) -> float | None:
    """Return a number, spans in seconds; None for what cannot be drawn: NULL, NaN, infinity, texts.

    >>> number(2), number(timedelta(minutes=1)), number(float("nan")), number("2"), number(1e300)
    (2.0, 60.0, None, None, None)
    """
    if value is None or isinstance(value, str | date):
        return None
    try:
        found = value.total_seconds() if isinstance(value, timedelta) else float(value)
    except (OverflowError, ValueError):
        return None
    if not abs(found) <= _LARGEST:  # NaN is not either
        return None
    return found if abs(found) > _SMALLEST else 0.0


def moment(value: Value) -> float | None:
    """Return seconds since 1970; a day is its midnight in UTC, as is a time that names no zone.

    >>> moment(date(1970, 1, 2)), moment("infinity")
    (86400.0, None)
    """
    if not isinstance(value, date):
        return None
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()


def label(value: Value) -> str:
    """Return a value as a name in one line, harmless for a terminal.

    >>> label("a\\nb"), label(None), label(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)), label(date(2026, 1, 2)), label(2.50)
    ('a␊b', '–', '2026-01-02 03:04', '2026-01-02', '2.5')
    """
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if _at_midnight(value) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:g}"
    if isinstance(value, int) and abs(value) >= _LONGEST:
        value = Decimal(value)  # of thousands of digits Python makes no text
    if isinstance(value, Decimal) and value.is_finite() and abs(value) >= _LONGEST:
        return f"{value:.3g}"
    return sanitize(_STYLE_OF_SIGN.sub("", str(value)))


def _at_midnight(value: datetime) -> bool:
    return not (value.hour or value.minute or value.second)
