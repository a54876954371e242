"""A report as the document of `report --json`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.catalog.compare import Action
from console.catalog.model import Index, Key
from console.migrations.report.facts import Deed, Holding, Loss, Phase, Report, Rollback
from console.migrations.report.sections import metrics
from console.text import sanitize

_DONE = {Action.CREATE: "created", Action.ALTER: "altered", Action.DROP: "dropped"}

Shape = dict[str, object]


def of(report: Report) -> Shape:
    """Return the shape, without `target` and `ok`."""
    return {
        "summary": report.summary,
        "made_at": report.made_at.isoformat(),
        "dir": sanitize(str(report.folder)),
        "batch": report.batch,
        "configuration": [{"title": title, "text": sanitize(said)} for title, said in report.configuration],
        "shadow": {
            "version": report.shadow.version or None,
            "comparable": report.shadow.comparable,
            "complete": report.shadow.complete,
            "reason": sanitize(report.shadow.reason) or None,
        },
        "phases": [_phase(phase) for phase in report.phases],
        "objects": [_holding(holding) for holding in report.holdings],
        "locked": [_key(key) for key in report.locked],
        "metrics": _metrics(report),
        "verification": _without(report.verification.as_dict(), "summary"),
        "verify_files": [
            {"migration": label, "file": sanitize(str(path))} for label, path in report.verify_files.items()
        ],
        "others": [
            {"target": each.name, "shares": each.why, "state": each.state, "detail": each.summary}
            for each in report.neighbours
        ],
        "rollback": [_rollback(step) for step in report.rollback],
        "health": [
            {
                "title": line.title,
                "status": line.health.value,
                "measured": line.figure or None,
                "reason": line.reason or None,
            }
            for line in report.health
        ],
        "next": list(report.next_steps),
        "unmeasured": list(report.unmeasured),
    }


def _key(key: Key) -> Shape:
    return {"kind": key.kind.value, "name": str(key)}


def _phase(phase: Phase) -> Shape:
    return {
        "version": phase.version,
        "name": phase.label.removeprefix(f"{phase.version}_"),
        "state": phase.state.value,
        "reason": phase.reason or None,
        "batch": phase.batch,
        "applied_at": _iso(phase.applied_at),
        "duration_ms": phase.duration_ms,
        "operator": phase.operator or None,
        "database_user": phase.role or None,
        "statements": phase.statements,
        "transaction": phase.transaction,
        "objects": [_deed(deed) for deed in phase.deeds],
        "skipped": phase.skipped or None,
    }


def _deed(deed: Deed) -> Shape:
    return {**_key(deed.key), "action": _DONE[deed.action], "status": deed.now.value, "detail": deed.detail or None}


def _holding(holding: Holding) -> Shape:
    made = holding.made
    return {
        **_key(holding.key),
        "table": str(made.table) if isinstance(made, Index) else None,
        "origin": holding.origin.value,
        "migration": holding.by or None,
        "rows": holding.size.rows,
        "counted": holding.size.counted,
        "bytes": holding.size.bytes,
    }


def _metrics(report: Report) -> Shape:
    """Return the figures; what is not known is null."""
    applied, counted = report.applied, report.created()
    unknown = any(phase.skipped for phase in applied)
    created = {
        words.replace(" ", "_"): None if unknown else sum(counted[kind] for kind in kinds)
        for words, kinds in metrics.CREATED.items()
    }
    return {
        "created": created,
        "migrations": len(applied),
        "statements": _sum(phase.statements for phase in applied),
        "duration_ms": _sum(phase.duration_ms for phase in applied),
        "runs": report.attempts.total,
        "errors": len(report.attempts.failures),
    }


def _rollback(step: Rollback) -> Shape:
    return {
        "migration": step.label,
        "file": sanitize(str(step.file)) if step.file is not None else None,
        "statements": step.statements,
        "transaction": step.transaction,
        "loses": [_loss(loss) for loss in step.loses],
        "reason": step.why or None,
    }


def _loss(loss: Loss) -> Shape:
    return {**_key(loss.key), "rows": loss.size.rows, "counted": loss.size.counted, "bytes": loss.size.bytes}


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _without(shape: Shape, name: str) -> Shape:
    return {key: value for key, value in shape.items() if key != name}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
