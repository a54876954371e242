"""Who blocks whom: the sessions that one process on the server waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console import text
from console.db.query import Query
from console.db.session import Session
from console.sql import queries


@dataclass(frozen=True, slots=True)
class Blocker:
    """A session that holds a lock another one waits for, or stands before it in the queue.

    `seconds` is how long its transaction has been open, `started` when it connected: a pid may be another's later.
    `kind` is what the server calls it, such as `client backend`; `waits` says that it waits for a lock itself. What the
    role may not see is None; a prepared transaction has the pid 0. The texts are as the server has them: not yet
    harmless for a terminal.
    """

    pid: int
    role: str | None
    application: str | None
    state: str | None
    seconds: float | None
    query: str | None
    started: datetime | None = None
    kind: str | None = None
    waits: bool = False

    @property
    def sentence(self) -> str:
        """Say who it is, harmless for a terminal.

        >>> Blocker(4711, "app", "psql", "idle in transaction", 250.0, "UPDATE t").sentence
        'pid 4711 (app, psql, idle in transaction, 4 m)'
        """
        if not self.pid:
            return "a prepared transaction"
        known = [text.sanitize(part) for part in (self.role, self.application, self.state) if part]
        if self.seconds is not None:
            known.append(text.age(self.seconds))
        return f"pid {self.pid}" + (f" ({', '.join(known)})" if known else "")


def query(pid: int) -> Query:
    """Return the question whom process `pid` waits for: those whose transactions are open longest come first."""
    return Query(queries.load("session/blockers"), {"pid": pid}, row=Blocker)


async def of(session: Session, pid: int) -> tuple[Blocker, ...]:
    """Return those that process `pid` waits for, the longest transaction first; none when it does not wait."""
    [found] = await session.read(query(pid), doing="looking for who holds the lock")
    return tuple(found)
