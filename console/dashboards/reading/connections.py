"""The connections that a dashboard reads with: few, its own, opened when they are needed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

from console.db.session import Session
from console.errors import ConnectionFailed

_REST = 60.0  # seconds in which a server that had no connection left is not asked for one


class Connections:
    """At most so many at once; with `share` the session itself is one of them."""

    def __init__(self, session: Session, most: int, *, share: bool = False) -> None:
        self._session = session
        self._room = asyncio.Semaphore(most)
        self._own: list[Session] = [session] if share else []
        self._free = list(self._own)
        self._not_before = 0.0

    @contextlib.asynccontextmanager
    async def one(self) -> AsyncIterator[Session]:
        """Give a session that nobody else of these uses meanwhile. Raises ConnectionFailed."""
        async with self._room:
            session = self._free.pop() if self._free else await self._another()
            try:
                yield session
            finally:
                if session in self._own:
                    self._free.append(session)

    async def cancel(self) -> bool | None:
        """Cancel what runs on them: whether the server has confirmed all of it, None when nothing runs."""
        busy = [each for each in self._own if each.busy]
        confirmed = await asyncio.gather(*(each.cancel() for each in busy))
        return all(confirmed) if busy else None

    async def close(self) -> None:
        """End them all but the session that was given."""
        opened = [each for each in self._own if each is not self._session]
        self._own, self._free = [], []
        for each in opened:
            await each.close()

    async def _another(self) -> Session:
        """Open one; where none is to be had, such as on a server that is full, the session's own is read with.

        Whoever uses that one takes turns. After a minute it is tried again.
        """
        if time.monotonic() < self._not_before and self._session.connected:
            return self._session
        try:
            session = await self._session.sibling("dashboard")
        except ConnectionFailed:
            if not self._session.connected:
                raise
            self._not_before = time.monotonic() + _REST
            return self._session
        self._own.append(session)
        return session
