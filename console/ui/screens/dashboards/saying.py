"""What the line over the panels says: which dashboard, what was chosen, how often it is read, and why it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from console.dashboards.definition import Dashboard, Parameter
from console.text import duration, sanitize
from console.ui.widgets.option_line import Said

_SPANS = {"h": "hours", "d": "days", "w": "weeks", "m": "months"}
_PAUSED = "‖"


def period_of(dashboard: Dashboard) -> Parameter | None:
    """Return the parameter that is a period, if there is one."""
    return next((each for each in dashboard.parameters if each.kind == "period"), None)


def others_of(dashboard: Dashboard) -> tuple[Parameter, ...]:
    """Return the parameters beside the period."""
    period = period_of(dashboard)
    return tuple(each for each in dashboard.parameters if each is not period)


def label(parameter: Parameter, value: str, offered: tuple[tuple[str, str], ...] = ()) -> str:
    """Return how a chosen value is said; an empty one means all.

    >>> label(Parameter("period", "period", "period"), "30d"), label(Parameter("user", "user"), "")
    ('last 30 days', 'all')
    """
    found = dict((*offered, *parameter.choices)).get(value, value)
    if parameter.kind == "period" and found == value:
        return period(value)
    return sanitize(found) if value else "all"


def period(word: str) -> str:
    """Return a period in words.

    >>> period("24h"), period("1m"), period("this month"), period("all")
    ('last 24 hours', 'last month', 'this month', 'all time')
    """
    span = re.fullmatch(r"(\d+)([hdwm])", word)
    if span is None:
        return "all time" if word == "all" else word
    unit = _SPANS[span[2]]
    return f"last {unit[:-1]}" if span[1] == "1" else f"last {span[1]} {unit}"


def every(dashboard: Dashboard, refresh: float | None) -> str:
    """Say how often a dashboard is read."""
    seconds = dashboard.refresh if refresh is None else refresh
    return f"every {interval(seconds)}" if seconds else "by hand"


def interval(seconds: float) -> str:
    """Say how much time lies between two readings.

    >>> interval(2), interval(60), interval(90)
    ('2 s', '1 m', '1 m 30 s')
    """
    return f"{seconds:g} s" if seconds < 60 else duration(seconds)


def said(
    dashboard: Dashboard,
    chosen: Mapping[str, str],
    labels: Mapping[str, tuple[tuple[str, str], ...]],
    refresh: float | None,
    why: str,
) -> Said:
    """Return what the line says of a dashboard."""
    parts = []
    period_ = period_of(dashboard)
    if period_ is not None:
        parts.append(("p", label(period_, chosen[period_.id]), "board.period"))
    others = others_of(dashboard)
    if others:
        words = [f"{sanitize(each.title)} {label(each, chosen[each.id], labels.get(each.id, ()))}" for each in others]
        parts.append(("f", " · ".join(words), "board.filter"))
    parts.append(("e", every(dashboard, refresh), "board.every"))
    return Said(sanitize(dashboard.title), tuple(parts), f"{_PAUSED} {why}" if why else "", bool(why))
