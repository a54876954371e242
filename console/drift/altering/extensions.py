"""An extension that stays: its version, its schema."""

from __future__ import annotations

from console.catalog.compare import Change
from console.catalog.extension import order
from console.catalog.model import Extension
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import ident, literal


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how an extension is altered; None when it has to be made anew."""
    before, after = change.before, change.after
    assert isinstance(before, Extension)
    assert isinstance(after, Extension)
    names = {each.attribute for each in change.differences}
    head = f"ALTER EXTENSION {ident(after.key.name)}"
    found = []
    if "schema" in names:
        if not before.relocatable:
            return None
        found.append(Piece("schema", (f"{head} SET SCHEMA {ident(after.schema)}",)))
    if "version" in names:
        if order(after.version) < order(before.version):
            return None  # the way is only up
        found.append(Piece("version", (f"{head} UPDATE TO {literal(after.version)}",)))
    return tuple(found)
