"""Reads durations as people write them: 15s, 500ms, 2m, 1h."""

from __future__ import annotations

import re

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|min|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}


def seconds(text: str) -> float:
    """Return a duration in seconds; `0` is none at all. Raises ValueError.

    >>> seconds("15s"), seconds("500ms"), seconds("2m"), seconds("0")
    (15.0, 0.5, 120.0, 0.0)
    """
    if text.strip() == "0":
        return 0.0
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        raise ValueError("not a duration")
    return float(found[1]) * _SECONDS[found[2]]
