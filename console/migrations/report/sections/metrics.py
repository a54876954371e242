"""The metrics in one table, and in which form the migrations ran."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.marks import bullets, plain, table
from console.catalog.model import Kind
from console.migrations.report.facts import Attempts, Phase, Report
from console.migrations.report.sections.phases import form
from console.migrations.report.sections.saying import labelled, took

CREATED = {
    "tables": (Kind.TABLE, Kind.FOREIGN_TABLE),
    "columns added": (Kind.COLUMN,),
    "views": (Kind.VIEW, Kind.MATERIALIZED_VIEW),
    "indexes": (Kind.INDEX,),
    "functions": (Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE),
    "triggers": (Kind.TRIGGER,),
    "policies": (Kind.POLICY,),
    "types": (Kind.TYPE, Kind.DOMAIN),
    "extensions": (Kind.EXTENSION,),
    "schemas": (Kind.SCHEMA,),
}


def metrics(report: Report) -> Iterator[str]:
    """Return the metrics table and the form of the transactions."""
    yield "## Metrics"
    applied = report.applied
    if not applied:
        yield "Nothing is applied, so nothing was created and nothing took any time."
    else:
        yield table(("Metric", "Value"), [*_created(report), *_run(report, applied)], right={1})
        yield from _failures(report.attempts)
    yield "## Transactions"
    yield from _transactions(report)


def _created(report: Report) -> Iterator[tuple[str, str]]:
    counted = report.created()
    unknown = any(phase.skipped for phase in report.applied)
    for words, kinds in CREATED.items():
        title = words if words.endswith("added") else f"{words} created"
        yield title.capitalize(), "skipped" if unknown else str(sum(counted[kind] for kind in kinds))


def _run(report: Report, applied: tuple[Phase, ...]) -> Iterator[tuple[str, str]]:
    statements = [phase.statements for phase in applied]
    yield "Migrations applied", str(len(applied))
    yield "SQL statements", _total(statements, str)
    yield "Execution time", _total([phase.duration_ms for phase in applied], took)
    yield "Errors", str(len(report.attempts.failures))
    yield "Runs that went through", success(report.attempts)


def _total(values: list[int | None], said: object) -> str:
    """Say a sum; where a ledger keeps none of it, that it does not."""
    known = [value for value in values if value is not None]
    if not known:
        return "not kept by the ledger"
    assert callable(said)
    return f"{said(sum(known))}{'' if len(known) == len(values) else f', of {len(known)} migrations'}"


def success(attempts: Attempts) -> str:
    """Say how many runs of up scripts went through; the share is never rounded up.

    >>> success(Attempts(3, ("0002: no",))), success(Attempts(0, ()))
    ('2 of 3 (66.6 %)', 'not kept by the history')
    """
    if not attempts.total:
        return "not kept by the history"
    good = attempts.total - len(attempts.failures)
    return f"{good} of {attempts.total} ({good * 1000 // attempts.total / 10:.1f} %)"


def _failures(attempts: Attempts) -> Iterator[str]:
    if attempts.failures:
        yield "Runs that did not go through, the newest first; nothing of them remains unless a phase says so:"
        yield bullets(plain(said) for said in attempts.failures)


def _transactions(report: Report) -> Iterator[str]:
    if not report.phases:
        return
    single = [phase for phase in report.phases if phase.transaction is False]
    yield (
        "A migration in one transaction is applied whole or not at all, together with the record of it in the ledger."
        if not single
        else "Those outside a transaction keep what is done when they stop half-way; the ledger remembers where."
    )
    cells = [
        (labelled(phase.label), form(phase), str(phase.statements or "–"), took(phase.duration_ms))
        for phase in report.phases
    ]
    yield table(("Migration", "Form", "Statements", "Time"), cells, right={2, 3})
    reasons = [f"{labelled(phase.label)}: {plain(reason)}" for phase in single for reason in phase.alone]
    if reasons:
        yield bullets(reasons)
