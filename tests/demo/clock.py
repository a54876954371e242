"""A clock that stands still until a test lets time pass, as fast as the server can follow."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable

PATIENCE = 60.0  # real seconds


class Clock:
    """The time of a test: `now` only moves in `pass_until`."""

    def __init__(self) -> None:
        self._now = 0.0
        self._asleep: list[tuple[float, int, asyncio.Event]] = []
        self._order = itertools.count()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Sleep until the test has let so much time pass."""
        awake = asyncio.Event()
        heapq.heappush(self._asleep, (self._now + seconds, next(self._order), awake))
        await awake.wait()

    async def pass_until(self, holds: Callable[[], bool]) -> None:
        """Let time pass until something holds: the next sleeper wakes whenever nothing has come of the one before."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, f"not within {self._now:.0f} seconds of the clock"
            if self._asleep:
                at, _, awake = heapq.heappop(self._asleep)
                self._now = max(self._now, at)
                awake.set()
            await asyncio.sleep(0.003)

    async def pass_by(self, seconds: float) -> None:
        """Let so many seconds pass."""
        until = self._now + seconds
        await self.pass_until(lambda: self._now >= until)


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds while the clock stands still."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)
