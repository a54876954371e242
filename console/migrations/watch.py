"""Looks, from a second connection, whom a statement waits for while it waits."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from console.db import blockers
from console.db.blockers import Blocker
from console.db.session import Session
from console.errors import ConsoleError


@dataclass(frozen=True, slots=True)
class _Sent:
    pid: int
    since: float
    tell: Callable[[tuple[Blocker, ...]], None]


class Watch:
    """While it is open, whoever blocks the statement in flight is told, once and whenever it changes.

    The second connection is made when a statement takes longer than `pause` seconds, not before. Where there is none
    to be had, nobody is told. `last` are those who were found for the newest statement.
    """

    def __init__(self, session: Session, *, pause: float = 0.1) -> None:
        self.last: tuple[Blocker, ...] = ()
        self._session = session
        self._pause = pause
        self._sent: _Sent | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._look())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    @contextlib.contextmanager
    def over(self, pid: int, tell: Callable[[tuple[Blocker, ...]], None]) -> Iterator[None]:
        """Watch what process `pid` does inside the block."""
        self.last = ()
        self._sent = _Sent(pid, time.monotonic(), tell)
        try:
            yield
        finally:
            self._sent = None

    async def _look(self) -> None:
        await self._until_overdue()
        with contextlib.suppress(ConsoleError):
            async with await self._session.sibling("watch", direct=self._session.direct) as beside:
                while True:
                    await self._ask(beside)
                    await asyncio.sleep(self._pause)

    async def _ask(self, beside: Session) -> None:
        sent = self._sent
        if sent is None or not self._overdue():
            return
        found = await blockers.of(beside, sent.pid)
        news = {blocker.pid for blocker in found} != {blocker.pid for blocker in self.last}
        if found and news and self._sent is sent:
            self.last = found
            sent.tell(found)

    async def _until_overdue(self) -> None:
        while not self._overdue():  # noqa: ASYNC110 - the clock is waited for, not an event
            await asyncio.sleep(self._pause)

    def _overdue(self) -> bool:
        return self._sent is not None and time.monotonic() - self._sent.since >= self._pause
