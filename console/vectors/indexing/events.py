"""What happens while an index is built."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Started:
    """A statement has begun: the `number`th `of` them."""

    sql: str
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far the statement is, in the server's words: `done` of `total` in `unit`; no total where nobody counts.

    `seconds` are those since the first statement began.
    """

    phase: str
    done: int
    total: int
    unit: str
    seconds: float

    @property
    def fraction(self) -> float | None:
        """How far the phase is, from 0 to 1; None when the server does not count."""
        return min(self.done, self.total) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something to know that the server said meanwhile."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Built:
    """It is there: `size` bytes, after `seconds`."""

    name: str
    seconds: float
    size: int


Event = Started | Progressed | Noticed | Built
