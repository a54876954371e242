"""What the values in a dashboard's file may be, beyond what all files of ours know."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from console.config import values
from console.config.values import Wrong
from console.dashboards.definition import Need

NEEDS = ("view", "table", "column", "function", "extension", "server", "provider", "right")
_MOST_LINES = 200
_MAJOR = re.compile("[1-9][0-9]{0,2}")


def refresh(value: object) -> float:
    """Return seconds; 0 for by hand. More often than once a second nobody reads, and a server works."""
    if value == "manual":
        return 0.0
    seconds = values.duration(value)
    if 0 < seconds < 1:
        raise Wrong('has to be at least "1s", or "manual"')
    return seconds


def number(value: object) -> float:
    """Return a number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong("has to be a number")
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise Wrong("has to be a number")
    return found


def text_or_number(value: object) -> str:
    """Return either as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Wrong("has to be a text or a number")
    return str(value)


def heights(value: object) -> tuple[int, ...]:
    """Return lines a row."""
    if not isinstance(value, list) or not all(type(each) is int and 3 <= each <= _MOST_LINES for each in value):
        raise Wrong("has to be a list of whole numbers of lines, each at least 3, one for each row of layout")
    return tuple(value)


def rows(value: object) -> tuple[tuple[str, ...], ...]:
    """Return rows of cells, each with as many."""
    lines = tuple(tuple(line.split()) for line in values.listed(value))
    if not lines or not all(lines):
        raise Wrong('has to be rows of panels, such as ["month today", "days days"]')
    if len({len(line) for line in lines}) > 1:
        raise Wrong("needs as many cells in each row; say a panel twice where it spans two")
    return lines


def needs(value: object) -> tuple[Need, ...]:
    """Return what is required, of `kind:name`."""
    return tuple(_need(each) for each in values.listed(value))


def choices(value: object) -> tuple[tuple[str, str], ...]:
    """Return values and labels: of a list, where they are the same, or of a table of value = label."""
    if isinstance(value, Mapping):
        return tuple(values.texts(value).items())
    return tuple((each, each) for each in values.listed(value))


def _need(text: str) -> Need:
    kind, _, name = text.partition(":")
    if kind not in NEEDS or not name.strip():
        raise Wrong(f'has "{text}"; each is one of {", ".join(NEEDS)}, a colon and a name: "view:public.sales"')
    if kind == "server" and not _MAJOR.fullmatch(name):
        raise Wrong(f'has "{text}"; after server: stands a major version, such as server:16')
    return Need(kind, name.strip())
