"""Pairs of schemas, a folder each: `a.sql`, `b.sql`, and in the first lines of `a.sql` what they need.

`-- since 15`: the oldest version of PostgreSQL that knows what is in them; `-- needs vector`: an extension.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
_SINCE = re.compile(r"^-- since (\d+)$", re.M)
_NEEDS = re.compile(r"^-- needs (\w+)$", re.M)


@dataclass(frozen=True)
class Case:
    """One pair."""

    name: str
    a: str
    b: str

    @property
    def since(self) -> int:
        """The oldest version that it can be loaded into."""
        found = _SINCE.search(self.a)
        return int(found[1]) if found else 14

    @property
    def needs(self) -> frozenset[str]:
        """The extensions that it takes."""
        return frozenset(_NEEDS.findall(self.a))

    def fits(self, major: int, has: Collection[str]) -> bool:
        """Tell whether a server of that version, with what it has, can load both sides."""
        return major >= self.since and self.needs <= set(has)


def every() -> list[Case]:
    """Return all cases by name."""
    return [
        Case(folder.name, (folder / "a.sql").read_text("utf-8"), (folder / "b.sql").read_text("utf-8"))
        for folder in sorted(FOLDER.iterdir())
    ]
