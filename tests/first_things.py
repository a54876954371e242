"""Which files of tests begin first: those that take longest, so that no worker is left alone with one at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

# What a test takes beside those of other rooms: a screen, a whole command, a server of its own.
_WEIGHTS = {"cli": 15, "demo": 15, "drift": 15, "ui": 15, "migrations": 5, "vectors": 5, "db": 4}
_HERE = Path(__file__).parent


def longest_first(files: Iterable[Path]) -> dict[Path, int]:
    """Return the place of each file, given the file of each test."""
    tests = Counter(files)
    ordered = sorted(tests, key=lambda file: (-tests[file] * _weight(file), file))
    return {file: place for place, file in enumerate(ordered)}


def _weight(file: Path) -> int:
    room = file.relative_to(_HERE).parts[0] if file.is_relative_to(_HERE) else ""
    return _WEIGHTS.get(room, 1)
