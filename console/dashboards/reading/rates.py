"""Counters as changes a second, between two readings of them.

Nothing is guessed: where a counter was set back, a row was not there before, another server answered, or the clocks do
not agree on how much time has passed, there is no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import isfinite

from console.dashboards.definition import Panel
from console.dashboards.sample import Head, Sample, Value

RESET = "stats_reset"
_DIFFER = 0.5  # seconds by which the server's clock and ours may disagree on the time between, or
_SHARE = 0.05  # the share of that time
_LEAST = 0.05  # seconds; what changed in less says nothing of a second

_NUMBERS = (int, float, Decimal)

Row = tuple[Value, ...]


def rates(before: Sample, after: Sample, panel: Panel) -> Sample:
    """Return the later sample with every number as its change a second; None where that is not known.

    Texts tell which row is which. A column `stats_reset` is left out: where it changed, counters began anew. With the
    option `of` the other numbers are per cent of that column's change (100 hits of 400 are 25), and it is left out.
    Raises KeyError when there is no such column.
    """
    seconds = _seconds(before, after) if before.heads == after.heads else None
    earlier = _by_key(before) if seconds else {}
    rows = tuple(_changes(after.heads, earlier.get(_key(after.heads, row)), row, seconds or 0.0) for row in after.rows)
    heads = tuple(_head(each) for each in after.heads)
    found = replace(after, heads=heads, rows=rows)
    whole = panel.options.get("of")
    return _without(_shares(found, whole), [whole, RESET]) if isinstance(whole, str) else _without(found, [RESET])


def _seconds(before: Sample, after: Sample) -> float | None:
    """Return the time between by the server's clock; None when a clock was set in between, or our machine slept.

    So it is when the server was started anew, or another one answered: behind a pooler no connection tells of that.
    """
    if before.started != after.started:
        return None
    theirs, ours = after.at - before.at, after.monotonic - before.monotonic
    agree = abs(theirs - ours) <= max(_DIFFER, ours * _SHARE)
    return theirs if agree and theirs >= _LEAST else None


def _by_key(sample: Sample) -> dict[Row, Row | None]:
    """Return rows by what tells them apart; rows that nothing tells apart are None."""
    found: dict[Row, Row | None] = {}
    for row in sample.rows:
        key = _key(sample.heads, row)
        found[key] = None if key in found else row
    return found


def _key(heads: Sequence[Head], row: Row) -> Row:
    return tuple(value for head, value in zip(heads, row, strict=True) if head.role == "text")


def _changes(heads: Sequence[Head], then: Row | None, now: Row, seconds: float) -> Row:
    """Return a row's changes; where one counter of a row was set back, all of them were."""
    if then is None:
        return _unknown(heads, now)
    changes: list[Value] = []
    for head, old, new in zip(heads, then, now, strict=True):
        change = _change(old, new) if head.role == "number" else None
        if (_is_reset(head) and old != new) or (change is not None and change < 0):
            return _unknown(heads, now)
        changes.append(new if head.role != "number" else None if change is None else change / seconds)
    return tuple(changes)


def _unknown(heads: Sequence[Head], row: Row) -> Row:
    return tuple(None if head.role == "number" else value for head, value in zip(heads, row, strict=True))


def _change(old: Value, new: Value) -> float | None:
    if not isinstance(old, _NUMBERS) or not isinstance(new, _NUMBERS) or not (isfinite(old) and isfinite(new)):
        return None
    return float(new - old)  # type: ignore[operator]  # of one type, as their head says


def _shares(sample: Sample, whole: str) -> Sample:
    """Return a sample with its numbers as per cent of one of them."""
    at = sample.place(whole)
    rows = (
        tuple(_share(head, value, row[at]) for head, value in zip(sample.heads, row, strict=True))
        for row in sample.rows
    )
    return replace(sample, rows=tuple(rows))


def _share(head: Head, value: Value, whole: Value) -> Value:
    if head.role != "number":
        return value
    known = isinstance(value, float) and isinstance(whole, float) and whole > 0
    return 100 * value / whole if known else None  # type: ignore[operator]


def _without(sample: Sample, names: Sequence[str]) -> Sample:
    """Return a sample without some columns."""
    kept = [place for place, head in enumerate(sample.heads) if head.name not in names]
    heads = tuple(sample.heads[place] for place in kept)
    return replace(sample, heads=heads, rows=tuple(tuple(row[place] for place in kept) for row in sample.rows))


def _head(head: Head) -> Head:
    return replace(head, type_name="double precision") if head.role == "number" else head


def _is_reset(head: Head) -> bool:
    return head.name == RESET and head.role == "time"
