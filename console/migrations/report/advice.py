"""What to do next: from what is pending, failed, different or not known; sentences with the command to run."""

from __future__ import annotations

from collections.abc import Iterator

from console.migrations.report.facts import Health, Now, Report
from console.migrations.states import State
from console.text import plural

_HEALTHS = (Health.WARN, Health.CRIT)


def steps(found: Report) -> Iterator[str]:
    """Yield what is to be done, the most urgent first; nothing where there is nothing to do."""
    yield from _unfinished(found)
    yield from _pending(found)
    yield from _odd_files(found)
    yield from _checks(found)
    yield from _deviations(found)
    yield from _health(found)
    yield from _neighbours(found)
    yield from _papers(found)


def _labels(found: Report, *states: State) -> list[str]:
    return [phase.label for phase in found.phases if phase.state in states]


def _unfinished(found: Report) -> Iterator[str]:
    for phase in found.phases:
        if phase.state in (State.FAILED, State.RUNNING):
            yield f"{phase.label}: {phase.reason}"


def _pending(found: Report) -> Iterator[str]:
    number = found.states.get(State.PENDING, 0)
    if number:
        named = ", ".join(_labels(found, State.PENDING))
        them = f" ({named})" if named else ""
        yield f"Apply {plural(number, 'pending migration')}{them}: dbconsole up {found.word}"


def _odd_files(found: Report) -> Iterator[str]:
    for phase in found.phases:
        if phase.state in (State.EDITED, State.MISSING, State.OUT_OF_ORDER):
            yield f"{phase.label}: {phase.reason}"


def _checks(found: Report) -> Iterator[str]:
    """Checks of pending migrations fail until these are applied; others have to be looked at."""
    failed = [check for check in found.verification.checks if not check.ok and check.migration not in found.waiting]
    if failed:
        yield f"Look at {plural(len(failed), 'failed check')} of applied migrations: dbconsole verify {found.word}"


def _deviations(found: Report) -> Iterator[str]:
    missing = sum(deed.now is Now.MISSING for _, deed in found.deviations)
    if missing:
        yield f"Find out why {plural(missing, 'object')} that the migrations made {_are(missing)} missing (see Phases)."
    differing = len(found.deviations) - missing
    if differing:
        yield (
            f"Find out who changed {plural(differing, 'object')} since the migrations made {_them(differing)}"
            " (see Phases), and put the change into a migration or take it back."
        )


def _health(found: Report) -> Iterator[str]:
    for line in found.health:
        if line.health in _HEALTHS and line.title != "synchronisation":
            yield f"See to {line.title}: {line.reason}."


def _neighbours(found: Report) -> Iterator[str]:
    for each in found.neighbours:
        if each.state == "not in step":
            yield f"{each.name} has the same migrations: {each.summary}. dbconsole up {each.name}"


def _papers(found: Report) -> Iterator[str]:
    downless = [step.label for step in found.rollback if step.file is None]
    if downless:
        yield f"Write a down file for {', '.join(downless)}, or be ready to restore from a backup instead."
    silent = [
        phase.label
        for phase in found.phases
        if phase.label not in found.verify_files and phase.state is not State.MISSING
    ]
    if silent:
        yield f"Write a verify file for {', '.join(silent)}: nothing checks {_them(len(silent))}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _them(number: int) -> str:
    return "it" if number == 1 else "them"
