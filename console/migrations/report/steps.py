"""Which migrations a report is about, and what the ledger and the history say of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.errors import ConsoleError, UsageError
from console.migrations import history
from console.migrations.files.folder import Folder, Migration, Ordering, Script
from console.migrations.history import Entry
from console.migrations.ledgers.ledger import Direction
from console.migrations.report import deeds
from console.migrations.report.deeds import Made
from console.migrations.report.facts import Attempts, Phase
from console.migrations.report.rehearsing import Rehearsed
from console.migrations.script import Program, parse
from console.migrations.states import Standing, State
from console.migrations.status import Status
from console.text import sanitize

_BAD = (history.FAILED, history.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Scope:
    """The migrations of a report. `applied` and `pending` are all of the folder's, in the order in which they ran.

    `chosen` are those that the report is about: all of them, or those of one batch; `order` compares versions.
    """

    chosen: tuple[Standing, ...]
    applied: tuple[Standing, ...]
    pending: tuple[Standing, ...]
    batch: int | None
    order: Ordering

    def holds(self, version: str) -> bool:
        """Tell whether a version belongs to the report."""
        return any(standing.version == version for standing in self.chosen)


def scope(folder: Folder, found: Status, batch: int | None) -> Scope:
    """Return what a report is about. Raises UsageError for a batch that nothing applied now belongs to."""
    applied = sorted(
        (each for each in found.migrations if each.applied is not None),
        key=lambda each: each.applied.position if each.applied is not None else 0,
    )
    pending = [each for each in found.migrations if each.applied is None]
    chosen = [*applied, *pending]
    if batch is not None:
        chosen = [each for each in applied if each.applied is not None and each.applied.batch == batch]
    if batch is not None and not chosen:
        known = sorted({each.applied.batch for each in applied if each.applied and each.applied.batch is not None})
        raise UsageError(
            f"Nothing that is applied now belongs to batch {batch}.",
            hint=f"Batches: {', '.join(map(str, known)) or 'none, nothing is applied'}.",
        )
    return Scope(tuple(chosen), tuple(applied), tuple(pending), batch, folder.order)


def with_file(standings: Iterable[Standing]) -> tuple[Migration, ...]:
    """Return the migrations of those that have a file."""
    return tuple(each.migration for each in standings if each.migration is not None)


def phases(scope: Scope, rehearsed: Rehearsed, made: Made | None, entries: Sequence[Entry]) -> tuple[Phase, ...]:
    """Return a phase for each migration of the report. `entries` are the history's, newest first."""
    return tuple(_phase(each, scope, rehearsed, made, entries) for each in scope.chosen)


def attempts(scope: Scope, entries: Iterable[Entry]) -> Attempts:
    """Return how often the report's migrations were tried, as far as the history goes."""
    key = scope.order.key
    versions = {key(each.version) for each in scope.chosen}
    tried = [entry for entry in entries if entry.direction == Direction.UP and key(entry.version) in versions]
    failed = [entry for entry in tried if entry.outcome in _BAD]
    said = (f"{entry.version}_{entry.name}, {entry.at:%Y-%m-%d %H:%M} UTC: {entry.error or ''}" for entry in failed)
    return Attempts(len(tried), tuple(said))


def program(script: Script | None) -> Program | None:
    """Return what a script is made of; None without one, or for one that cannot run as it stands."""
    try:
        return parse(script) if script is not None else None
    except ConsoleError:
        return None


def _phase(
    standing: Standing, scope: Scope, rehearsed: Rehearsed, made: Made | None, entries: Sequence[Entry]
) -> Phase:
    applied, migration = standing.applied, standing.migration
    run = _run_of(standing, scope, entries)
    parts = program(migration.up if migration is not None else None)
    return Phase(
        version=standing.version,
        label=standing.label,
        state=standing.state,
        reason=standing.reason,
        batch=applied.batch if applied else None,
        applied_at=applied.applied_at if applied else None,
        duration_ms=applied.duration_ms if applied else None,
        operator=run.operator if run else "",
        role=run.database_user if run else "",
        statements=run.statements if run else len(parts.pieces) if parts else None,
        transaction=parts.transaction if parts else None,
        alone=tuple(dict.fromkeys(piece.alone for piece in parts.pieces if piece.alone)) if parts else (),
        deeds=deeds.deeds(made, standing.version, applied=applied is not None) if made is not None else (),
        skipped=_skipped(standing, rehearsed),
    )


def _run_of(standing: Standing, scope: Scope, entries: Iterable[Entry]) -> Entry | None:
    """Return the run that applied it: the newest one of the history."""
    if standing.applied is None:
        return None
    key, wanted = scope.order.key, scope.order.key(standing.version)
    ran = (entry for entry in entries if entry.outcome == history.APPLIED and key(entry.version) == wanted)
    return next(ran, None)


def _skipped(standing: Standing, rehearsed: Rehearsed) -> str:
    if standing.migration is None:
        return "its file is not in the folder"
    if standing.version in rehearsed.steps:
        return ""
    if rehearsed.stopped in (standing.version, ""):
        return sanitize(rehearsed.reason)
    return f"{rehearsed.stopped}, before it, did not run in the shadow"


def counted(found: Status) -> Mapping[State, int]:
    """Count the migrations of a folder and its ledger by state."""
    return {state: number for state in State if (number := sum(each.state is state for each in found.migrations))}
