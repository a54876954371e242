"""A trial as rows for the grid: what each statement locked, wrote anew and read; pure."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from console.migrations.hazards.hazard import Lock
from console.migrations.trial.effects import Effects
from console.migrations.trial.result import MigrationTrial, Outcome, Trial, Tried
from console.rows.source import Listed
from console.text import duration
from console.ui.screens.migrations.lists import PANE, columns

_LEFT = 6  # cells before the words
_SIGNS = {
    Outcome.TRIED: "✓",
    Outcome.PARTLY: "!",
    Outcome.NOT_TRIED: "–",
    Outcome.FAILED: "✗",
    Outcome.SKIPPED: "–",
}


def rows(found: Trial) -> Listed:
    """Return a row for each statement, and below it what it did."""
    head = columns("", "line", "what it did", "took", numeric=("line", "took"))
    return Listed(head, [row for migration in found.migrations for row in _migration(migration)])


def _migration(found: MigrationTrial) -> Iterator[tuple[str, ...]]:
    took = duration(found.seconds) if found.seconds is not None else ""
    yield _SIGNS[found.outcome], "", found.label, took
    if found.error is not None:
        yield from _wrapped(found.error.title, "✗")
    yield from _wrapped(found.reason)
    if found.verify is not None:
        yield "✓" if found.verify else "✗", "", "verify", ""
    for check in found.checks:
        yield from _wrapped(f"{check.name}: {check.detail}")
    for tried in found.statements:
        yield from _statement(tried)


def _statement(tried: Tried) -> Iterator[tuple[str, ...]]:
    took = duration(tried.seconds) if tried.seconds is not None else ""
    sign = "" if tried.outcome is Outcome.TRIED else _SIGNS[tried.outcome]
    yield sign, str(tried.line), tried.title, took
    if tried.outcome is not Outcome.FAILED:  # that is said with its migration
        yield from _wrapped(tried.reason)
    if tried.effects is not None:
        for said in _effects(tried.effects):
            yield from _wrapped(said)


def _effects(effects: Effects) -> Iterator[str]:
    yield from (f"{each.lock.word} on {each.name}" for each in effects.locks if each.lock > Lock.ACCESS_SHARE)
    yield from (each.sentence for each in effects.files)
    yield from (each.sentence for each in effects.rows if each.sentence)
    yield from effects.notes


def _wrapped(text: str, sign: str = "") -> Iterator[tuple[str, ...]]:
    for number, line in enumerate(wrap(text, PANE - _LEFT)):
        yield "" if number else sign, "", f"{'  ' if number else '· '}{line}", ""
