"""What a person has chosen on a dashboard, as values for its statements."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from console.config import names
from console.dashboards import periods
from console.dashboards.definition import Dashboard, Parameter
from console.dashboards.files.file import gives, is_number
from console.errors import UsageError
from console.text import sanitize


def chosen(dashboard: Dashboard, said: Mapping[str, str]) -> dict[str, str]:
    """Return a value for each parameter: what was said, else its default. Raises UsageError."""
    known = {each.id: each for each in dashboard.parameters}
    for name, value in said.items():
        if name not in known:
            raise _unknown(dashboard, name)
        _must_be(known[name], value)
    return {name: said.get(name, each.default) for name, each in known.items()}


def values(dashboard: Dashboard, chosen: Mapping[str, str], now: datetime) -> dict[str, object]:
    """Return the values of `%(name)s`; an empty choice is None, which means all. `now` is the server's clock."""
    found: dict[str, object] = {}
    for each in dashboard.parameters:
        word = chosen[each.id]
        if each.kind == "period":
            found |= dict(zip(gives(each), periods.moments(word, now), strict=True))
        else:
            found[each.id] = (float(word) if each.kind == "number" else word) if word else None
    return found


def sendable(sql: str, given: Collection[str]) -> str:
    """Return a statement for the driver: every `%` that begins no parameter stands for itself.

    >>> sendable("a LIKE 'b%' AND c = %(user)s", ["user"])
    "a LIKE 'b%%' AND c = %(user)s"
    """
    parameter = "|".join(map(re.escape, given)) or "(?!)"
    return re.sub(rf"%(?!\((?:{parameter})\)s)", "%%", sql)


def _must_be(parameter: Parameter, value: str) -> None:
    if parameter.kind == "period" and not periods.known(value):
        raise UsageError(f"{sanitize(value)} is no period.", hint=periods.WORDS)
    if parameter.kind == "number" and value and not is_number(value):
        raise UsageError(f"{parameter.title} has to be a number, and {sanitize(value)} is none.")
    offered = [each for each, _ in parameter.choices]
    if parameter.kind == "choice" and value and offered and not parameter.sql and value not in offered:
        hint = f"Choose one of {', '.join(map(sanitize, offered))}."
        raise UsageError(f"{parameter.title} cannot be {sanitize(value)}.", hint=hint)


def _unknown(dashboard: Dashboard, name: str) -> UsageError:
    known = [each.id for each in dashboard.parameters]
    meant = names.nearest(name, known)
    hint = f"Did you mean {meant}?" if meant else f"It has {', '.join(known) or 'none'}."
    return UsageError(f"The dashboard {dashboard.id} has no parameter {sanitize(name)}.", hint=hint)
