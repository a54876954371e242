"""Statements with parameters by name, as the driver takes them and as the server sees them."""

from __future__ import annotations

import re

_HOLE = re.compile(r"%\((\w+)\)s|%%")


def numbered(sql: str) -> str:
    """Return a statement as it reaches the server: `$1` for the first name, `%` for `%%`.

    >>> numbered("a = %(one)s AND b LIKE '5%%' AND c = %(two)s OR d = %(one)s")
    "a = $1 AND b LIKE '5%' AND c = $2 OR d = $1"
    """
    numbers: dict[str, int] = {}
    return _HOLE.sub(lambda hole: f"${numbers.setdefault(hole[1], len(numbers) + 1)}" if hole[1] else "%", sql)
