"""How numbers are said in their units, long in a row and short on an axis; docs/dashboards.md names the units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from console import text
from console.dashboards.reckoning import label, number
from console.dashboards.sample import Value

MONEY = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
BYTES = {"B": 1.0, "bytes": 1.0, "kB": 2.0**10, "MB": 2.0**20, "GB": 2.0**30, "TB": 2.0**40}
SPANS = {
    **dict.fromkeys(("us", "µs"), 1e-6),
    "ms": 1e-3,
    **dict.fromkeys(("s", "seconds"), 1.0),
    **dict.fromkeys(("min", "minutes"), 60.0),
    **dict.fromkeys(("h", "hours"), 3600.0),
    **dict.fromkeys(("d", "days"), 86400.0),
}
_SCIENTIFIC = 1e15  # from here on figures in a row are not read any more


def say(value: Value, unit: str = "", *, short: bool = False) -> str:
    """Return a value in its unit; `short` leaves out what is zero behind the point.

    >>> say(41.2, "USD"), say(60, "USD", short=True), say(0.00042, "USD"), say(-3, "USD")
    ('$ 41.20', '$ 60', '$ 0.00042', '-$ 3.00')
    >>> say(69.04, "%"), say(99.97, "%"), say(0.5, "ratio"), say(1536, "bytes/s"), say(250, "ms")
    ('69 %', '99.97 %', '50 %', '1.50 kB/s', '250 ms')
    >>> say(12_345, "rows"), say(3.14159), say(7, "/s"), say(None, "USD"), say("north")
    ('12.3 k rows', '3.14', '7/s', '–', 'north')
    """
    found = number(value)
    if found is None:
        return _unreckoned(value)
    base, per = _parted(unit)
    said = _said(found, base, short=short)
    return f"{said}{per}"


def axis(places: Sequence[float], unit: str) -> list[tuple[float, str]]:
    """Return places on an axis with what stands at them: money with as many digits at each.

    >>> axis([1.0, 1.5], "USD"), axis([0.0, 1024.0, 1536.0], "bytes")
    ([(1.0, '$ 1.00'), (1.5, '$ 1.50')], [(0.0, '0 B'), (1024.0, '1 kB'), (1536.0, '1.5 kB')])
    """
    base, _ = _parted(unit)
    short = base not in MONEY or all(at.is_integer() for at in places)
    return [(at, say(at, unit, short=short)) for at in places]


def steps(unit: str) -> tuple[float, ...]:
    """Return the steps that an axis may take in a unit beside those of tens: of bytes, of time.

    >>> steps("bytes")[:3], steps("USD")
    ((1.0, 2.0, 5.0), ())
    """
    base, _ = _parted(unit)
    if base in BYTES:
        return tuple(times * 1024.0**power / BYTES[base] for power in range(7) for times in _OF_BYTES)
    if base in SPANS:
        return tuple(seconds / SPANS[base] for seconds in _OF_SECONDS)
    return ()


_OF_BYTES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 256.0, 512.0)
_OF_SECONDS = (
    *(1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 21600.0, 43200.0),
    *(86400.0 * days for days in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)


def _parted(unit: str) -> tuple[str, str]:
    """Return what is counted and what it is counted by, sanitised: `bytes/s` is `bytes` and `/s`."""
    unit = label(unit.strip())
    base, slash, per = unit.partition("/")
    return (base.strip(), f"/{per}" if slash else "")


def _said(value: float, base: str, *, short: bool) -> str:
    if base in MONEY:
        return f"{'-' if value < 0 else ''}{MONEY[base]} {_money(abs(value), short=short)}"
    if base in BYTES:
        return _bytes(value * BYTES[base], short=short)
    if base in SPANS:
        return _span(value * SPANS[base], short=short)
    if base in ("%", "percent"):
        return f"{_percent(value)} %"
    if base == "ratio":
        return f"{_percent(value * 100)} %"
    return f"{plain(value)} {base}".rstrip()


def plain(value: float) -> str:
    """Return a number with three digits that count, whole ones below ten thousand in full.

    >>> plain(1234), plain(12_345), plain(0.1234), plain(2.0), plain(1e18), plain(0.00001234)
    ('1,234', '12.3 k', '0.123', '2', '1e+18', '1.23e-05')
    """
    if abs(value) >= _SCIENTIFIC:
        return f"{value:.3g}"
    if abs(value) >= 999.5 or value == int(value):
        return _short(text.count(round(value)))
    return f"{value:.3g}"


def _short(said: str) -> str:
    """Return `1.50 k` as `1.5 k`."""
    figures, blank, rest = said.partition(" ")
    return (figures.rstrip("0").rstrip(".") if "." in figures else figures) + blank + rest


def _money(value: float, *, short: bool) -> str:
    if value >= _SCIENTIFIC:
        return f"{value:.3g}"
    if value >= 99_999.5:
        return _short(text.count(value)) if short else text.count(value)
    if short and value == round(value):
        return f"{value:,.0f}"
    if value == 0 or value >= 0.995:
        return f"{value:,.2f}"
    if value < 1e-8:
        return f"{value:.1e}"
    said = f"{value:.{max(2, 1 - math.floor(math.log10(value)))}f}"  # two that count: a call of a model costs little
    return said[:4] + said[4:].rstrip("0")


def _bytes(value: float, *, short: bool) -> str:
    if abs(value) >= 1024.0**5 * 9999:
        return f"{value:.3g} B"
    said = text.size(value)
    return _short(said) if short else said


def _span(value: float, *, short: bool) -> str:
    sign, value = ("-" if value < 0 else ""), abs(value)
    if value >= _SCIENTIFIC:
        return f"{sign}{value:.3g} s"
    if value == 0:
        return "0 s"
    if value < 0.0001:
        return f"{sign}{value * 1e6:.3g} µs"
    if short and value < 60:
        return f"{sign}{_short(text.duration(value))}"
    return f"{sign}{text.duration(value)}"


def _percent(value: float) -> str:
    """Return per cent; what is nearly all is never said to be all.

    >>> _percent(100.0), _percent(99.996), _percent(0.05), _percent(12.0)
    ('100', '99.996', '0.05', '12')
    """
    if abs(value) >= _SCIENTIFIC:
        return f"{value:.3g}"
    if abs(value) >= 999.5:
        return f"{value:,.0f}"
    said = f"{value:.3g}"
    if float(said) == 100.0 and value < 100.0:
        said = f"{math.floor(value * 1000) / 1000:.3f}".rstrip("0").rstrip(".")
    return said


def _unreckoned(value: Value) -> str:
    """Say what is no number one can reckon with: nothing, text, NaN, and what is beyond all scales."""
    if value is None or isinstance(value, str | date):
        return label(value)
    return f"{Decimal(value):.3g}" if isinstance(value, int | float | Decimal) else label(str(value))
