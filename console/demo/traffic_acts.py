"""Does what the traffic's schedule says, on one connection for each lane."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import LiteralString, Protocol

from console.config.profile import Target
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.db.writer import Writer
from console.demo.traffic_schedule import Act, Kind
from console.errors import StatementFailed
from console.sql import queries

PROGRAM = "demo traffic"
_LONGEST = 30.0  # seconds that anything may take here


class Clock(Protocol):
    """The time, so that tests can have their own."""

    def now(self) -> float:
        """Return the seconds since some moment."""

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""


class WallClock:
    """The real time."""

    def now(self) -> float:
        """Return the loop's time."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)


def lanes_of(kind: Kind) -> tuple[str, ...]:
    """Return the lanes that an act of a kind takes; there are five in all."""
    return _LANES.get(kind, ("web",))


_LANES: Mapping[Kind, tuple[str, ...]] = {
    Kind.SLOW: ("report",),
    Kind.LOCK: ("worker", "queue"),
    Kind.IDLE: ("notebook",),
}


class Acting:
    """The connections to one database, and what is done on them; `rows` is how many rows the traffic has at most."""

    def __init__(self, target: Target, clock: Clock, rows: int) -> None:
        self._target = target
        self._clock = clock
        self._rows = rows
        self.word = consent(target, action="make traffic")
        self._sessions: dict[str, Session] = {}

    async def do(self, act: Act) -> None:
        """Do one act. Raises ConsoleError, and what a TaskGroup makes of it, when something goes wrong."""
        lane, *_ = lanes_of(act.kind)
        match act.kind:
            case Kind.READ | Kind.SLOW:
                query = Query(_statement(act.statement), self._values(act))
                await self._session(lane).read(query, timeout=_LONGEST, doing="traffic")
            case Kind.LOCK:
                await self._wait_for_each_other(act)
            case Kind.IDLE:
                async with self._executed(act, lane):
                    await self._clock.sleep(act.seconds)
            case Kind.ERROR:
                with contextlib.suppress(StatementFailed):  # that is what it is for
                    await self._execute(act, lane)
            case _:
                await self._execute(act, lane)

    async def sweep(self, statements: Sequence[str]) -> None:
        """Remove what traffic has made, this one's and that of one that was killed."""
        values = {"rows": self._rows}
        async with self._session("web").writing(self.word, doing="clearing up") as writer:
            for name in statements:
                await writer.execute(_statement(name), values)

    async def close(self) -> None:
        """End all connections."""
        await asyncio.gather(*(session.close() for session in self._sessions.values()), return_exceptions=True)

    async def _wait_for_each_other(self, act: Act) -> None:
        """One session holds a row, the other one wants it."""
        holder, waiter = lanes_of(Kind.LOCK)
        async with asyncio.TaskGroup() as group, self._executed(act, holder):
            group.create_task(self._execute(act, waiter))
            await self._clock.sleep(act.seconds)

    async def _execute(self, act: Act, lane: str) -> None:
        async with self._executed(act, lane):
            pass

    @contextlib.asynccontextmanager
    async def _executed(self, act: Act, lane: str) -> AsyncIterator[Writer]:
        """Run the act's statement; the transaction lasts as long as the block."""
        async with self._session(lane).writing(
            self.word, statement_timeout=_LONGEST, lock_timeout=_LONGEST, doing="traffic"
        ) as writer:
            await writer.execute(_statement(act.statement), self._values(act))
            yield writer

    def _session(self, lane: str) -> Session:
        return self._sessions.setdefault(lane, Session(self._target, what=f"{PROGRAM}/{lane}"))

    def _values(self, act: Act) -> Mapping[str, object]:
        return {"row": act.row, "rows": self._rows, "seconds": act.seconds}


def _statement(name: str) -> LiteralString:
    """Return a statement as an application would send it: without the sentence above it."""
    return queries.load(name).partition("\n")[2]
