"""An operator that stays: its estimators; what else it says of itself makes it anew."""

from __future__ import annotations

from console.catalog.compare import Change
from console.catalog.ddl.naming import described
from console.catalog.model import Operator
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece

_ESTIMATORS = ("restrict", "join")


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how an operator gets other estimators; None when anything else is another."""
    after = change.after
    assert isinstance(after, Operator)
    names = {each.attribute for each in change.differences}
    if names - {*_ESTIMATORS}:
        return None
    said = ", ".join(f"{word.upper()} = {getattr(after, word) or 'NONE'}" for word in _ESTIMATORS if word in names)
    return (Piece("rest", (f"ALTER {described(after)} SET ({said})",)),)
