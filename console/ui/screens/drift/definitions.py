"""What an object is on either side, as the statements that would make it; pure."""

from __future__ import annotations

from console.catalog import ddl
from console.catalog.compare import Action, Change
from console.catalog.ddl import columns
from console.catalog.model import Catalog, Column, Key, Kind, Object
from console.drift.drift import Drift
from console.migrations.rehearsal.difference import told
from console.ui.screens.drift.tree import Standing

_TOLD_ONLY = (Kind.DATABASE, Kind.ROLE)  # no statement makes these


def of(found: Drift, standing: Standing) -> tuple[str, str]:
    """Return what a node stands for as it is on the first side, and as it is on the second; empty where it is not.

    Where the statements do not show a difference, what differs stands before them.
    """
    part = standing.part
    before, after = (
        _of_part(found, part, first=True) if part is not None else _whole(found.pair.a, standing.whole),
        _of_part(found, part, first=False) if part is not None else _whole(found.pair.b, standing.whole),
    )
    if before == after:
        changes = standing.meant
        heads = ["".join(f"-- {line}\n" for line in _differences(changes, first=first)) for first in (True, False)]
        return f"{heads[0]}{before}", f"{heads[1]}{after}"
    return before, after


def _of_part(found: Drift, change: Change, *, first: bool) -> str:
    made = change.before if first else change.after
    if made is None or change.key.kind in _TOLD_ONLY:
        return ""
    if isinstance(made, Column):
        return _column(made)
    catalog = found.pair.a if first else found.pair.b
    key = made.key if isinstance(made, Object) and made.key in catalog.objects else change.key
    return _one(catalog, key)


def _column(made: Column) -> str:
    comment = f"\n-- {made.comment}" if made.comment else ""
    return f"{columns.defined(made)}{comment}"


def _whole(catalog: Catalog, key: Key) -> str:
    return ddl.of(catalog, key) if key in catalog.objects else ""


def _one(catalog: Catalog, key: Key) -> str:
    return ddl.of(catalog, key, whole=False) if key in catalog.objects else ""


def _differences(changes: tuple[Change, ...], *, first: bool) -> list[str]:
    """Return the values of what differs on one side, a line each."""
    stays = [each for each in changes if each.action in (Action.ALTER, Action.RENAME)]
    return [
        f"{each.name.replace('_', ' ')}: {' '.join(((each.before if first else each.after) or 'nothing').split())}"
        for difference in told(stays)
        for each in difference.attributes
    ]
