"""What the server, or psql, does not read as it was written is said so that it does: made again, it stays the same."""

from __future__ import annotations

from console.catalog.ddl import arrays, constants, slices


def faithful(sql: str) -> str:
    """Return a statement of the server's own texts that is read as it was written."""
    return slices.faithful(constants.faithful(arrays.faithful(sql)))
