"""What a comparison reports while it works: frozen events, the last of which holds what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from console.drift.drift import Drift


@dataclass(frozen=True, slots=True)
class Preparing:
    """Something takes a while; `what` is a sentence without its full stop."""

    what: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides were read and compared, and the statements are known; they are about to be proved, if so wished."""

    drift: Drift


@dataclass(frozen=True, slots=True)
class Proving:
    """A statement runs in the shadow: its number, from 1, of `total`."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class DriftFinished:
    """The shadow is gone; `seconds` is how long all took."""

    drift: Drift
    seconds: float


Event: TypeAlias = Preparing | Compared | Proving | DriftFinished
