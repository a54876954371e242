"""Readings made by hand, of columns in one word each, for tests of rates and rings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.dashboards.definition import Kind, Panel
from console.dashboards.sample import Head, Sample

_ROLES = {"n": "number", "t": "text", "d": "time"}
_TYPES = {"n": "bigint", "t": "text", "d": "timestamp with time zone"}


def sample(columns: str, *rows: Sequence[Any], at: float = 0.0, monotonic: float | None = None) -> Sample:
    """Return a sample; columns are written "name:t commits:n reset:d"."""
    pairs = [column.split(":") for column in columns.split()]
    heads = tuple(Head(name, _TYPES[role], _ROLES[role]) for name, role in pairs)
    return Sample(heads, tuple(map(tuple, rows)), at, at if monotonic is None else monotonic, 0.01)


def counters(**options: str) -> Panel:
    """Return a panel of counters."""
    return Panel("p", "p", Kind.LINE, "", rate=True, options=options)
