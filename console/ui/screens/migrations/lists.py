"""Migrations, checks and history as rows for the grid; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from console.migrations.states import Standing, State
from console.migrations.status import Status
from console.rows.source import Column, Listed
from console.text import age, duration

if TYPE_CHECKING:
    from console.migrations.hazards.hazard import Hazard
    from console.migrations.hazards.looking import Looked
    from console.migrations.history import Entry
    from console.migrations.plan import Plan
    from console.migrations.verify import Verification

PANE = 38  # cells of text beside the list, on a terminal of 120

SIGNS = {
    State.APPLIED: "✓",
    State.PENDING: "●",
    State.EDITED: "≠",
    State.MISSING: "?",
    State.OUT_OF_ORDER: "↕",
    State.FAILED: "✗",
    State.RUNNING: "▸",
    State.RENAMED: "≈",
    State.UNSUPPORTED: "⊘",
}


def head(found: Status) -> str:
    """Return the title of the list: the folder and its ledger, and of another tool's the format and why."""
    whose = f"Migrations · {found.dir.name} · ledger {found.ledger}"
    if found.format == found.ledger == _OURS:
        return whose
    return f"{whose} · format {found.format} · {found.why}"


_OURS = "dbconsole"


def columns(*names: str, numeric: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return columns that hold words of ours."""
    return tuple(Column(name, numeric=name in numeric, plain=True) for name in names)


def migrations(standings: Iterable[Standing], now: datetime) -> Listed:
    """Return a row for each migration: sign, version, name, state, when, how long, batch."""
    head = columns("", "version", "name", "state", "when", "took", "batch", numeric=("took", "batch"))
    return Listed(head, [_standing(standing, now) for standing in standings])


def _standing(standing: Standing, now: datetime) -> tuple[str, ...]:
    applied = standing.applied
    at = applied.applied_at if applied else None
    took = applied.duration_ms if applied else None
    return (
        SIGNS[standing.state],
        standing.version,
        standing.name,
        standing.state.value.replace("_", " "),
        f"{age((now - at).total_seconds())} ago" if at else "",
        duration(took / 1000) if took is not None else "",
        str(applied.batch) if applied and applied.batch is not None else "",
    )


def checks(found: Verification) -> Listed:
    """Return a row for each check, the failed ones first."""
    ordered = sorted(found.checks, key=lambda check: check.ok)
    rows = [("✓" if check.ok else "✗", check.migration, check.name, check.detail) for check in ordered]
    return Listed(columns("", "migration", "check", "detail"), rows)


def history(entries: Iterable[Entry]) -> Listed:
    """Return a row for each thing that was done, newest first."""
    head = columns(
        "when", "migration", "direction", "outcome", "took", "batch", "by", "error", numeric=("took", "batch")
    )
    return Listed(head, [_entry(entry) for entry in entries])


def _entry(entry: Entry) -> tuple[str, ...]:
    return (
        f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
        f"{entry.version}_{entry.name}" if entry.name else entry.version,
        entry.direction,
        entry.outcome.replace("_", " "),
        duration(entry.duration_ms / 1000) if entry.duration_ms is not None else "",
        str(entry.batch) if entry.batch is not None else "",
        entry.by,
        entry.error or "",
    )


def hazards(found: Looked) -> Listed:
    """Return what a migration may do to others, by its lines, in rows that can be read in a narrow pane."""
    head = columns("", "line", "what may happen, and what to do", numeric=("line",))
    if found.problem:
        return Listed(head, [("✗", "", found.problem)])
    return Listed(head, [row for hazard in found.hazards for row in _hazard(hazard)])


def _hazard(hazard: Hazard) -> Iterator[tuple[str, ...]]:
    from console.migrations.hazards.hazard import Severity

    sign = {Severity.CRIT: "✗", Severity.WARN: "!"}.get(hazard.severity, "·")
    yield sign, str(hazard.line), hazard.statement
    for line in wrap(hazard.sentence, PANE):
        yield "", "", line
    for number, line in enumerate(wrap(hazard.advice, PANE - 2)):
        yield "", "", f"{'  ' if number else '→ '}{line}"


def plan(wanted: Plan) -> Listed:
    """Return a row for each statement that would run, in order, below one for its migration."""
    from console.migrations.script import parse

    rows: list[tuple[str, ...]] = []
    for step in wanted.steps:
        program = parse(step.script)
        how = "one transaction" if program.transaction else "statement by statement"
        rows.append(("", "", f"{step.direction.value} {step.migration.label} · {how}"))
        rows += [(str(piece.number), str(piece.line), piece.title) for piece in program.pieces]
    return Listed(columns("no.", "line", "statement", numeric=("no.", "line")), rows)
