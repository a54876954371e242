"""The way back: the down files in reverse order of application, and what each would lose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from console.catalog.compare import Action
from console.catalog.model import Key, Kind
from console.migrations.report.facts import Deed, Loss, Now, Phase, Rollback, Size
from console.migrations.report.measuring import Measures
from console.migrations.report.steps import Scope, program

_HOLDS_ROWS = (Kind.TABLE, Kind.MATERIALIZED_VIEW)


def plan(scope: Scope, phases: tuple[Phase, ...], measures: Measures) -> tuple[Rollback, ...]:
    """Return the steps of the way back, the newest first."""
    standings = {each.version: each for each in scope.chosen}
    found = []
    for phase in reversed([each for each in phases if each.applied]):
        migration = standings[phase.version].migration
        down = migration.down if migration is not None else None
        parts = program(down)
        found.append(
            Rollback(
                label=phase.label,
                file=down.path if down is not None else None,
                statements=len(parts.pieces) if parts else None,
                transaction=parts.transaction if parts else None,
                loses=tuple(_losses(phase, measures)),
                drops=_drops(phase),
                why=_why(phase, down.path if down is not None else None, parts is not None),
            )
        )
    return tuple(found)


def columns(phases: tuple[Phase, ...]) -> tuple[Key, ...]:
    """Return the columns that steps added to tables, whose values a rollback would take away."""
    return tuple(deed.key for phase in phases for deed in phase.deeds if _is_lost(deed, (Kind.COLUMN,)))


def _losses(phase: Phase, measures: Measures) -> Iterator[Loss]:
    for deed in phase.deeds:
        if _is_lost(deed, _HOLDS_ROWS):
            yield Loss(deed.key, measures.of(deed.key))
        elif _is_lost(deed, (Kind.COLUMN,)):
            yield Loss(deed.key, _filled(deed.key, measures))


def _is_lost(deed: Deed, kinds: tuple[Kind, ...]) -> bool:
    there = deed.now in (Now.PRESENT, Now.DIFFERS)
    return deed.action is Action.CREATE and there and deed.key.kind in kinds


def _filled(column: Key, measures: Measures) -> Size:
    """Return in how many rows a column has a value, by the statistics."""
    rows = measures.tables.get((column.schema, column.parent))
    nulls = measures.nulls.get((column.schema, column.parent, column.name))
    if rows is None or rows.rows is None:
        return Size()
    if rows.rows == 0:
        return Size(0, counted=rows.counted)
    return Size() if nulls is None else Size(round(rows.rows * (1 - nulls)))


def _drops(phase: Phase) -> Counter[Kind]:
    """Count what else goes with it."""
    return Counter(
        deed.key.kind for deed in phase.deeds if deed.action is Action.CREATE and deed.now in (Now.PRESENT, Now.DIFFERS)
    )


def _why(phase: Phase, file: Path | None, readable: bool) -> str:
    if file is None:
        return "there is no down file, so it cannot be rolled back"
    if not readable:
        return "its down file cannot run as it stands; dbconsole validate says why"
    return f"what it made is not known: {phase.skipped}" if phase.skipped else ""
