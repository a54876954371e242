"""Panels and samples made by hand, for tests of what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from console.dashboards.definition import Kind, Panel, Thresholds
from console.dashboards.sample import Head, Sample, Value

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
_ROLES = {"date": "time", "timestamptz": "time", "text": "text"}


def panel(kind: str, unit: str = "", *, title: str = "spend", rate: bool = False, **said: object) -> Panel:
    """Return a panel; `columns`, `warn`, `crit` and `below` are its own, the rest are options of its kind."""
    thresholds = Thresholds(said.pop("warn", None), said.pop("crit", None), bool(said.pop("below", False)))  # type: ignore[arg-type]
    columns = said.pop("columns", {})
    return Panel("p", title, Kind(kind), "SELECT 1", unit, thresholds, None, rate, columns, said)  # type: ignore[arg-type]


def sample(heads: str, rows: Iterable[Sequence[Value]], at: float = NOW.timestamp(), *, more: bool = False) -> Sample:
    """Return a sample; heads are `name type` with commas between, a type that is not said is numeric."""
    named = (each.split() for each in heads.split(","))
    made = tuple(
        Head(name, type_name := (rest[0] if rest else "numeric"), _ROLES.get(type_name, "number"))
        for name, *rest in named
    )
    return Sample(made, tuple(map(tuple, rows)), at, at, 0.01, more)
