"""What goes on at the demo while a console is open on it: the other demos are built, and there is traffic."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from console.config.profile import Target
from console.demo import elsewhere, others
from console.demo.server import Demo
from console.text import sanitize

if TYPE_CHECKING:
    from console.demo.traffic import Traffic

Saying = Callable[[str], None]

_A_MOMENT = 0.5  # seconds that the console gets for its own first reading


class Life:
    """Goes on beside the console, from when it has `opened` a demo until it leaves.

    `aside` is called with the few words that say what goes on, `tell` with a sentence when something went wrong.
    """

    def __init__(self, demo: Demo, *, traffic: bool, aside: Saying, tell: Saying) -> None:
        self._demo = demo
        self._wants_traffic = traffic
        self._aside = aside
        self._tell = tell
        self._building: str | None = None
        self._traffic: Traffic | None = None
        self._builder: asyncio.Task[None] | None = None
        self._movers: set[asyncio.Task[None]] = set()

    def opened(self, target: Target) -> None:
        """Begin to build what is missing, once, and let the traffic go to where the console is now."""
        if self._builder is None:
            self._builder = asyncio.create_task(self._build())
        if self._wants_traffic:
            mover = asyncio.create_task(self._move(tuple(self._movers), target))
            self._movers.add(mover)
            mover.add_done_callback(self._movers.discard)

    async def elsewhere(self) -> None:
        """Let the traffic end: the console is open on something that is no demo."""
        await _ended(self._movers)

    async def leave(self) -> None:
        """End all of it, and leave nothing half-way."""
        await _ended([*self._movers, *([self._builder] if self._builder else [])])

    async def _build(self) -> None:
        await asyncio.sleep(_A_MOMENT)
        await self._demo.clear()
        missing = await self._demo.missing()
        if missing or self._demo.built:
            here = asyncio.get_running_loop()

            def told(name: str | None) -> None:  # in the other thread
                here.call_soon_threadsafe(self._now_building, name)

            await elsewhere.run(lambda: others.build(self._demo, missing, told))
            for name in filter(self._demo.failed.get, missing):
                self._tell(f"The demo {name} could not be built: {sanitize(self._demo.failed[name].title)}")

    async def _move(self, before: Sequence[asyncio.Task[None]], target: Target) -> None:
        from console.demo.traffic import Traffic

        await _ended(before)
        self._traffic = Traffic(target, self._say)
        try:
            await self._traffic.run()
        finally:
            self._traffic = None
            self._say()

    def _now_building(self, name: str | None) -> None:
        self._building = name
        self._say()

    def _say(self) -> None:
        parts = [self._traffic.word if self._traffic else "", f"building {self._building} …" if self._building else ""]
        self._aside(" · ".join(part for part in parts if part))


async def _ended(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel tasks, once: they are not to be disturbed while they clear up. Wait for their end, however they end."""
    ending = set(tasks)
    for task in ending:
        if not task.cancelling():
            task.cancel()
    if ending:
        await asyncio.wait(ending)
    for task in ending:
        if not task.cancelled():
            task.exception()  # looked at: it has been told where it belongs
