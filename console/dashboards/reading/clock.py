"""The server's clock, guessed between two readings of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

_DIFFER = 2.0  # seconds by which our two clocks may part before one was set, or the machine slept


class ServerClock:
    """What the server's clock says now, by what it said and our own since then.

    >>> clock = ServerClock(monotonic=lambda: 15.0, wall=lambda: 1015.0)
    >>> clock.now() is None
    True
    >>> clock.learn(1_790_000_000.0, 5.0)
    >>> clock.now().isoformat()
    '2026-09-21T14:13:30+00:00'
    """

    def __init__(
        self, *, monotonic: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._ahead: float | None = None  # the server's clock less our monotonic one
        self._apart = 0.0  # our wall clock less the monotonic one, when that was learned

    def learn(self, at: float, monotonic: float) -> None:
        """Take into account that the server's clock said `at` when our monotonic one said `monotonic`."""
        self._ahead = at - monotonic
        self._apart = self._wall() - self._monotonic()

    def now(self) -> datetime | None:
        """Return the moment in UTC; None when nothing tells it: at first, and when our own clocks have parted."""
        if self._ahead is None or abs(self._wall() - self._monotonic() - self._apart) > _DIFFER:
            return None
        return datetime.fromtimestamp(self._monotonic() + self._ahead, UTC)
