"""Looks, from a second connection, whom a statement waits for while it waits, and how far it is while it works."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self, TypeAlias

from console.db import blockers, progress, signalling
from console.db.blockers import Blocker
from console.db.guard import Consent
from console.db.progress import Progress
from console.db.session import Session
from console.db.signalling import Signalled
from console.errors import ConsoleError

_CALM = 1.0  # seconds between two questions, at most
_OFTEN = 0.25  # seconds between two tellings of how far it is within a phase
_APART = 10.0  # seconds without being in the way, after which it counts anew: longer than any pause between attempts

_Whom: TypeAlias = tuple[int, datetime | None]


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told: whom the statement waits for, how far it is, and who was ended for being in its way."""

    blocked: Callable[[tuple[Blocker, ...]], None]
    moved: Callable[[Progress], None]
    ended: Callable[[Signalled], None]


@dataclass(slots=True)
class _Sent:
    """A statement in flight; `told` is the newest progress that was told, `told_at` when."""

    pid: int
    since: float
    listener: Listener
    told: Progress | None = None
    told_at: float = 0.0


class Watch:
    """While it is open, whoever blocks the statement in flight is told, once and whenever it changes; and its progress.

    The second connection is made when a statement takes longer than `pause` seconds, not before; the longer it takes,
    the calmer it is asked about. Where there is none to be had, nobody is told. `last` are those who were found for the
    newest statement. Who holds a lock for longer than `end_after` seconds while it is waited for is ended with the
    run's `consent`, unless that one waits as well.
    """

    def __init__(
        self, session: Session, consent: Consent, end_after: float | None = None, *, pause: float = 0.1
    ) -> None:
        self.last: tuple[Blocker, ...] = ()
        self._session = session
        self._consent = consent
        self._end_after = end_after
        self._pause = pause
        self._sent: _Sent | None = None
        self._task: asyncio.Task[None] | None = None
        self._seen: dict[_Whom, tuple[float, float]] = {}  # when first and when last
        self._ended: set[_Whom] = set()
        self._ending = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._look())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            async with self._ending:  # what became of somebody who was told to end is told first
                self._task.cancel()
            await asyncio.wait({self._task})

    @contextlib.contextmanager
    def over(self, pid: int, listener: Listener) -> Iterator[None]:
        """Watch what process `pid` does inside the block."""
        self.last = ()
        self._sent = _Sent(pid, time.monotonic(), listener)
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
                    await asyncio.sleep(self._pause_now())

    async def _ask(self, beside: Session) -> None:
        sent = self._sent
        if sent is None or not self._overdue():
            return
        found, moved = await beside.read(
            blockers.query(sent.pid), progress.query(sent.pid), doing="looking for who holds the lock"
        )
        if self._sent is not sent:
            return
        news = {blocker.pid for blocker in found} != {blocker.pid for blocker in self.last}
        if found and news:
            self.last = tuple(found)
            sent.listener.blocked(self.last)
        if moved:
            _tell(sent, moved[0])
        await self._end(beside, sent, found)

    async def _end(self, beside: Session, sent: _Sent, found: Sequence[Blocker]) -> None:
        """End the one who has been in the way for too long, once; whoever waits itself is in nobody's way for long."""
        now = time.monotonic()
        for blocker in found:
            key = (blocker.pid, blocker.started)
            first, last = self._seen.get(key, (now, now))
            self._seen[key] = (first if now - last < _APART else now, now)
            waited = now - self._seen[key][0]
            if self._end_after is None or waited < self._end_after or blocker.waits or key in self._ended:
                continue
            self._ended.add(key)
            async with self._ending:
                sent.listener.ended(await signalling.end(beside, blocker, self._consent, ours={sent.pid}))

    async def _until_overdue(self) -> None:
        while not self._overdue():  # noqa: ASYNC110 - the clock is waited for, not an event
            await asyncio.sleep(self._pause)

    def _overdue(self) -> bool:
        return self._sent is not None and time.monotonic() - self._sent.since >= self._pause

    def _pause_now(self) -> float:
        """Return a tenth of the time the statement has taken, within bounds: long work is asked after calmly."""
        since = self._sent.since if self._sent is not None else time.monotonic()
        return min(max(self._pause, (time.monotonic() - since) / 10), _CALM)


def _tell(sent: _Sent, found: Progress) -> None:
    """Tell how far it is when a phase begins, and then now and again when it has moved; never backwards."""
    before, now = sent.told, time.monotonic()
    if before is not None and (before.phase, before.partition) == (found.phase, found.partition):
        behind = found.total == before.total and found.done <= before.done
        if found == before or behind or now - sent.told_at < _OFTEN:
            return
    sent.told, sent.told_at = found, now
    sent.listener.moved(found)
