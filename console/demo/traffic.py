"""Live traffic on a demo database: a few small statements a second, and now and then something that hurts.

It writes its own rows only, which are numbered and marked: they are removed at its end, and before it starts, since a
console that was killed could not do so. Nothing that goes wrong here disturbs the console: it is counted.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any

from console.config import names
from console.config.profile import Target
from console.demo.traffic_acts import Acting, Clock, WallClock, lanes_of
from console.demo.traffic_schedule import Act, Rhythm, acts, sorted_by_kind
from console.errors import ConnectionFailed
from console.sql import queries

_BREATH = 2.0  # seconds until a database that is gone is tried again
_LAST_WORD = 3.0  # seconds that clearing up may take when the console ends


class Traffic:
    """The traffic of one demo database. `run` goes on until it is cancelled; `failed` counts what went wrong.

    Each lane is one connection and does one thing at a time: what would have to wait for its lane does not happen.
    `changed` is called when there is something new to say.
    """

    def __init__(
        self,
        target: Target,
        changed: Callable[[], None],
        *,
        clock: Clock | None = None,
        chance: Random | None = None,
        rhythm: Rhythm | None = None,
    ) -> None:
        assert target.demo is not None
        self.failed = 0
        self._changed = changed
        self._clock = clock or WallClock()
        self._chance = chance or Random()  # noqa: S311  what comes next is no secret
        self._rhythm = rhythm or Rhythm()
        self._statements = statements(target.demo)
        self._acting = Acting(target, self._clock, self._rhythm.rows)
        self._busy: dict[str, asyncio.Task[None]] = {}

    @property
    def word(self) -> str:
        """What the top line says."""
        return f"traffic ({self.failed} failed)" if self.failed else "traffic"

    async def run(self) -> None:
        """Make traffic until the task is cancelled, and leave nothing of it."""
        self._changed()
        try:
            await self._counting(self._sweep())
            began = self._clock.now()
            for act in acts(sorted_by_kind(self._statements), self._chance, self._rhythm):
                await self._clock.sleep(max(0.0, began + act.at - self._clock.now()))
                self._begin(act)
        finally:
            await self._end()

    def _begin(self, act: Act) -> None:
        lanes = lanes_of(act.kind)
        if not any(lane in self._busy for lane in lanes):
            task = asyncio.create_task(self._counting(self._acting.do(act)))
            self._busy.update(dict.fromkeys(lanes, task))
            task.add_done_callback(lambda _: [self._busy.pop(lane, None) for lane in lanes])

    async def _counting(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  whatever it is, the console is not to be ended by it
            self.failed += 1
            self._changed()
            if isinstance(error, ConnectionFailed):
                await self._clock.sleep(_BREATH)

    async def _sweep(self) -> None:
        await self._acting.sweep([name for name in self._statements if _is_sweep(name)])

    async def _end(self) -> None:
        running = set(self._busy.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        with contextlib.suppress(Exception):  # a database that is gone takes its rows with it
            async with asyncio.timeout(_LAST_WORD):
                await self._sweep()
        await self._acting.close()


def statements(demo: str) -> tuple[str, ...]:
    """Return the names of the traffic's statements for a demo."""
    return queries.names(f"demo/traffic/{names.DEMOS[demo].folder}")


def _is_sweep(name: str) -> bool:
    return name.rpartition("/")[2].startswith("sweep_")
