"""A figure: what was measured, for us and for each peer, and the target it is held against."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

US = "dbconsole"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table.

    `values` are by client, ours under `US`; `target` is an upper bound in the same unit, `against` the peer whose value
    is the bound instead. `unit` is one of s, ms, ×, %, MB, B, kB or a noun that is counted.
    """

    subject: str
    what: str
    unit: str
    values: Mapping[str, float]
    target: float | None = None
    against: str = ""
    note: str = ""

    @property
    def bound(self) -> float | None:
        """The value that ours should not exceed."""
        return self.values.get(self.against) if self.against else self.target

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none, or nothing of ours was measured."""
        ours = self.values.get(US)
        return None if ours is None or self.bound is None else ours <= self.bound

    def ratio(self, peer: str) -> float | None:
        """Return how many times a peer's value is ours."""
        ours = self.values.get(US)
        return self.values[peer] / ours if ours and peer in self.values else None


@dataclass(slots=True)
class Sheet:
    """All figures of a run, in order, and what could not be measured, with the reason."""

    figures: list[Figure] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def medians(values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the median of each client's values; clients without any are left out."""
    return {name: statistics.median(seen) for name, seen in values.items() if seen}


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` (0 to 1) of the values lie.

    >>> percentile([1, 2, 3, 4], 0.5), percentile([1, 2, 3, 4], 0.95)
    (2, 4)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part) - 1)]
