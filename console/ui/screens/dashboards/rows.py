"""What a panel has read, as rows for the grid; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from console.dashboards.sample import Head, Sample, Value
from console.rows.source import Column, Listed


def listed(history: Sequence[Sample]) -> Listed:
    """Return the rows of the newest sample; where each sample is one row, one for each of them, the newest first."""
    if not history:
        return Listed(())
    newest = history[-1]
    if len(history) > 1 and len(newest.rows) == 1 and not any(head.role == "time" for head in newest.heads):
        alike = [sample for sample in reversed(history) if sample.heads == newest.heads]
        rows = [(_moment(sample.at), *map(_text, row)) for sample in alike for row in sample.rows]
        return Listed((Column("read at", plain=True), *map(_column, newest.heads)), rows)
    return Listed(tuple(map(_column, newest.heads)), [tuple(map(_text, row)) for row in newest.rows])


def _column(head: Head) -> Column:
    return Column(head.name, head.type_name, numeric=head.role == "number")


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%H:%M:%S}"


def _text(value: Value) -> str | None:
    """Return a value as PostgreSQL would write it; what we reckoned ourselves with six digits.

    >>> _text(0.1 + 0.2), _text(3), _text(True), _text(None), _text(datetime(2026, 3, 1, 12, tzinfo=UTC))
    ('0.3', '3', 't', None, '2026-03-01 12:00:00+00')
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(":00") if value.tzinfo else value.isoformat(" ")
    return str(value)
