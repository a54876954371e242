"""What PostgreSQL does not read as it has written it is said so that it does: a text stays the same when made again."""

from __future__ import annotations

from console.catalog.ddl import arrays, constants


def faithful(sql: str) -> str:
    """Return a statement of the server's own texts that it reads as it wrote them."""
    return constants.faithful(arrays.faithful(sql))
