"""A dashboard read once: what each panel gave, how it is judged, and the shape of its document."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from console.dashboards import severity
from console.dashboards.definition import Dashboard, Need, Panel
from console.dashboards.fits import why_not
from console.dashboards.sample import Failed, Sample, Value
from console.dashboards.shaping.columns import Unsuited
from console.dashboards.shaping.shape import shape
from console.drawing.picture import Role
from console.errors import ConsoleError, UsageError
from console.text import plural, sanitize

Outcome = Sample | Failed | tuple[Need, ...]

_FINDINGS = 1
_MOST_DIGITS = 300  # before the point; there are floats as large, but not much larger ones


class Status(StrEnum):
    """How a panel stands; NONE where nothing is asked of its values, LEFT_OUT where it does not fit the database."""

    OK = "ok"
    WARN = "warn"
    CRIT = "crit"
    NONE = "none"
    FAILED = "failed"
    LEFT_OUT = "left_out"


_OF_ROLE = {Role.OK: Status.OK, Role.WARN: Status.WARN, Role.CRIT: Status.CRIT}
_SAID = {
    Status.CRIT: "critical",
    Status.WARN: "warning",
    Status.FAILED: "failed",
    Status.LEFT_OUT: "left out",
}


@dataclass(frozen=True, slots=True)
class Readout:
    """What the panels gave, by id in the order of the file: a sample, an error, or the needs that are not met.

    `labels` are those of what was chosen, by the parameter's id.
    """

    dashboard: Dashboard
    chosen: Mapping[str, str]
    outcomes: Mapping[str, Outcome]
    labels: Mapping[str, str] = field(default_factory=dict)

    def panel(self, id: str) -> Panel:
        """Return the definition of a panel."""
        return self.dashboard.panels[id]

    def status(self, id: str) -> Status:
        """Return how a panel stands."""
        outcome = self.outcomes[id]
        if isinstance(outcome, tuple):
            return Status.LEFT_OUT
        if isinstance(outcome, Failed) or self.error(id) is not None:
            return Status.FAILED
        return _OF_ROLE.get(severity.of(self.panel(id), (outcome,)), Status.NONE)

    def error(self, id: str) -> ConsoleError | None:
        """Return why a panel shows nothing: it could not be read, or what came does not suit its kind."""
        outcome = self.outcomes[id]
        if isinstance(outcome, Failed):
            return outcome.error
        if isinstance(outcome, Sample):
            try:
                shape(self.panel(id), (outcome,))
            except Unsuited as why:
                return UsageError(sanitize(str(why)))
        return None

    @property
    def codes(self) -> frozenset[int]:
        """The exit codes that it comes to: 1 for thresholds that are reached, and those of errors."""
        statuses = [self.status(each) for each in self.outcomes]
        errors = {error.exit_code for error in map(self.error, self.outcomes) if error is not None}
        findings = {_FINDINGS} if {Status.WARN, Status.CRIT} & set(statuses) else set()
        return frozenset(errors | findings)

    @property
    def summary(self) -> str:
        """Say how many panels there are, and which of them deserve a look."""
        by_status: dict[Status, list[str]] = {}
        for each in self.outcomes:
            by_status.setdefault(self.status(each), []).append(self.panel(each).title)
        said = [f"{words}: {', '.join(by_status[status])}" for status, words in _SAID.items() if status in by_status]
        return "; ".join([plural(len(self.outcomes), "panel"), *said])

    def as_dict(self) -> dict[str, object]:
        """Return the shape of docs/json.md."""
        return {
            "summary": self.summary,
            "dashboard": head(self.dashboard),
            "parameters": {name: value or None for name, value in self.chosen.items()},
            "panels": [self._panel(each) for each in self.outcomes],
        }

    def _panel(self, id: str) -> dict[str, object]:
        panel, outcome, error = self.panel(id), self.outcomes[id], self.error(id)
        sample = outcome if isinstance(outcome, Sample) else None
        return {
            "id": id,
            "title": panel.title,
            "kind": panel.kind.value,
            "unit": panel.unit,
            "rate": panel.rate,
            "status": self.status(id).value,
            "reason": why_not(outcome) if isinstance(outcome, tuple) else None,
            "at": datetime.fromtimestamp(sample.at, UTC).isoformat() if sample else None,
            "took_ms": round(sample.took * 1000) if sample else None,
            "columns": _columns(sample) if sample else [],
            "rows": _rows(sample) if sample else [],
            "more": bool(sample and sample.more),
            "error": error.as_dict() if error is not None else None,
        }


def head(dashboard: Dashboard) -> dict[str, object]:
    """Return what a document says of a dashboard's file."""
    return {
        "id": dashboard.id,
        "title": dashboard.title,
        "description": dashboard.description,
        "origin": dashboard.origin.value,
        "path": str(dashboard.path) if dashboard.path else None,
    }


def _columns(sample: Sample) -> list[dict[str, object]]:
    names = _names(sample)
    return [
        {"name": name, "type": head.type_name or None, "role": head.role}
        for name, head in zip(names, sample.heads, strict=True)
    ]


def _rows(sample: Sample) -> list[dict[str, object]]:
    names = _names(sample)
    return [dict(zip(names, map(plain, row), strict=True)) for row in sample.rows]


def _names(sample: Sample) -> list[str]:
    """Return the columns' names, each once: an object would lose one."""
    names: list[str] = []
    for head in sample.heads:
        name, number = head.name, 2
        while name in names:
            name, number = f"{head.name}_{number}", number + 1
        names.append(name)
    return names


def plain(value: Value) -> object:
    """Return a value as JSON has it; what that has no form for is its text.

    >>> plain(Decimal("1.50")), plain(Decimal("3.00")), plain(float("nan")), plain(date(2026, 3, 1))
    (1.5, 3, 'NaN', '2026-03-01')
    """
    if isinstance(value, Decimal) and math.isfinite(value) and value.adjusted() < _MOST_DIGITS:
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) or (isinstance(value, float) and not math.isfinite(value)):
        return str(Decimal(value))  # as PostgreSQL writes it
    return value
