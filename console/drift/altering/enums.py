"""An enum that stays: values that are added; one that loses values or has them in another order is made anew."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.ddl.naming import described
from console.catalog.model import Enum
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import literal


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how values are added; None when some are gone or in another order."""
    before, after = change.before, change.after
    assert isinstance(before, Enum)
    assert isinstance(after, Enum)
    if [label for label in after.labels if label in before.labels] != list(before.labels):
        return None
    return (Piece("values", tuple(_added(before, after)), alone=True),)


def _added(before: Enum, after: Enum) -> Iterator[str]:
    """Put each new value behind the one that stands before it, the first before what was first."""
    there = list(before.labels)
    for place, label in enumerate(after.labels):
        if label in before.labels:
            continue
        if place:
            where = f" AFTER {literal(after.labels[place - 1])}" if after.labels[place:] != (label,) else ""
        else:
            where = f" BEFORE {literal(there[0])}" if there else ""
        yield f"ALTER {described(after)} ADD VALUE {literal(label)}{where}"
