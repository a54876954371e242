"""How many lists an ivfflat index has, and how many of them a search looks at, by what pgvector advises."""

from __future__ import annotations

import math

FEW = 10_000  # rows up to which reading them all is quick enough


def lists_for(rows: int) -> int:
    """Return how many lists suit so many rows: a thousandth, and the square root beyond a million.

    >>> lists_for(274), lists_for(100_000), lists_for(4_000_000)
    (1, 100, 2000)
    """
    return max(1, rows // 1000) if rows <= 1_000_000 else min(32_768, math.isqrt(rows))


def probes_for(lists: int) -> int:
    """Return with how many probes to begin: the square root of the lists.

    >>> probes_for(1), probes_for(100)
    (1, 10)
    """
    return max(1, round(math.sqrt(lists)))
