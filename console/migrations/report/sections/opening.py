"""The beginning: title, summary in sentences, configuration."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.marks import bullets, code, plain, table
from console.migrations.report.facts import Report
from console.migrations.report.sections.saying import counts, joined, moment, took
from console.migrations.states import State
from console.text import plural, sanitize


def opening(report: Report) -> Iterator[str]:
    """Return title, date and target, the summary, the configuration."""
    yield "# Database synchronisation report"
    scope = "all of them" if report.batch is None else f"those of batch {report.batch}"
    yield bullets(
        [
            f"**Date:** {moment(report.made_at)}",
            f"**Target:** {code(sanitize(report.target))}",
            f"**Migrations:** {code(sanitize(str(report.folder)))}, {scope}",
            f"**Status:** {'in step' if report.in_step else 'there are findings'}",
        ]
    )
    yield "## Summary"
    yield "\n".join(sentences(report))
    yield "## Configuration"
    rows = [(title.capitalize(), plain(said)) for title, said in report.configuration]
    yield table(("What", "Value"), rows)


def sentences(report: Report) -> Iterator[str]:
    """Yield the sentences of the summary."""
    yield _applied(report)
    yield from _made(report)
    yield from _pending(report)
    yield f"Verification: {report.verification.summary}."
    yield from _deviations(report)
    if report.shadow.reason:
        yield f"Not all could be told apart: {plain(report.shadow.reason).rstrip('.')}."


def _applied(report: Report) -> str:
    total = sum(report.states.values())
    done = sum(report.states.get(state, 0) for state in (State.APPLIED, State.EDITED, State.MISSING))
    if not done:
        why = "" if report.ledger else ": the database has no ledger yet"
        return f"None of {plural(total, 'migration')} is applied{why}."
    batches = {phase.batch for phase in report.phases if phase.applied and phase.batch is not None}
    runs = f", in {plural(len(batches), 'batch', 'batches')}" if report.batch is None and batches else ""
    return f"{done} of {plural(total, 'migration')} {'is' if done == 1 else 'are'} applied{runs}."


def _made(report: Report) -> Iterator[str]:
    applied = report.applied
    if not applied:
        return
    made = counts(report.created())
    statements = sum(phase.statements or 0 for phase in applied)
    times = [phase.duration_ms for phase in applied if phase.duration_ms is not None]
    how = f"{plural(statements, 'statement')} in {took(sum(times))}" if times else plural(statements, "statement")
    which = f"The {plural(len(applied), 'migration')} of batch {report.batch}" if report.batch is not None else "They"
    if made:
        yield f"{which} made {made}, with {how}."
    else:
        yield f"{which} ran {how}."


def _pending(report: Report) -> Iterator[str]:
    others = {state: number for state, number in report.states.items() if state is not State.APPLIED}
    if not others:
        yield "Nothing is pending."
        return
    said = [f"{plural(number, 'migration')} {_verb(state, number)}" for state, number in others.items()]
    yield f"{joined(said)}."


def _verb(state: State, number: int) -> str:
    if state is State.FAILED:
        return "stopped half-way"
    return f"{'is' if number == 1 else 'are'} {state.value.replace('_', ' ')}"


def _deviations(report: Report) -> Iterator[str]:
    odd = len(report.deviations)
    if odd:
        verb = "is" if odd == 1 else "are"
        yield f"{plural(odd, 'object')} {verb} missing or not as the migrations made {'it' if odd == 1 else 'them'}."
