"""Who blocks whom: the sessions that one process on the server waits for."""

from __future__ import annotations

from dataclasses import dataclass

from console import text
from console.db.query import Query
from console.db.session import Session
from console.sql import queries


@dataclass(frozen=True, slots=True)
class Blocker:
    """A session that holds a lock another one waits for, or stands before it in the queue.

    `seconds` is how long its transaction has been open. What the role may not see is None; a prepared transaction
    has the pid 0. The texts are as the server has them: not yet harmless for a terminal.
    """

    pid: int
    role: str | None
    application: str | None
    state: str | None
    seconds: float | None
    query: str | None

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


async def of(session: Session, pid: int) -> tuple[Blocker, ...]:
    """Return those that process `pid` waits for, the longest transaction first; none when it does not wait."""
    [found] = await session.read(
        Query(queries.load("session/blockers"), {"pid": pid}, row=Blocker), doing="looking for who holds the lock"
    )
    return tuple(found)
