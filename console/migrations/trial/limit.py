"""How long locks may be held: from the first statement on, whatever happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from console.db.settings import Bounds

_KEPT = 0.2  # of the time, so that looking and rolling back end in time as well
_KEPT_AT_MOST = 0.5
_LEAST = 0.01  # seconds that a statement is worth beginning with
_GRACE = 0.5  # after which the server ends a transaction that nobody ends


@dataclass(slots=True)
class Limit:
    """`seconds` in all, counted from `begin`; `patience` is how long one statement waits for a lock."""

    seconds: float
    patience: float
    clock: Callable[[], float] = time.monotonic
    since: float | None = field(default=None, init=False)

    def begin(self) -> None:
        """Count from now, unless that has begun."""
        if self.since is None:
            self.since = self.clock()

    @property
    def held(self) -> float:
        """The seconds since the beginning."""
        return 0.0 if self.since is None else self.clock() - self.since

    @property
    def left(self) -> float:
        """The seconds that statements still have; what looking and rolling back take is kept from them."""
        return max(self.seconds - min(self.seconds * _KEPT, _KEPT_AT_MOST) - self.held, 0.0)

    @property
    def over(self) -> bool:
        """Whether nothing more is begun."""
        return self.left < _LEAST

    def bounds(self) -> Bounds:
        """Return what the server is to hold the next statement to."""
        left = max(self.left, _LEAST)
        return Bounds(left, min(self.patience, left), max(self.seconds - self.held, _LEAST) + _GRACE)

    def for_looking(self) -> Bounds:
        """Return what the server is to hold a look of ours to, which is our own business."""
        rest = max(self.seconds - self.held, _LEAST)
        return Bounds(rest, min(self.patience, rest), rest + _GRACE)
