"""Ends what another session does: its statement is cancelled, or it is disconnected. Never ours, and never a wrong one.

A pid is another session's once the first has gone, so a session is known by its pid and by when it began. A session
that runs a statement is cancelled, and lives on; one that is idle within a transaction runs nothing that could be
cancelled, so it is disconnected and its transaction rolled back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from console.db.blockers import Blocker
from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.sql import queries
from console.text import sanitize

_PATIENCE = 5.0  # seconds that a session may take to end
_PAUSE = 0.05
_NOT_ALLOWED = "42501"
_AUTOVACUUM = "autovacuum worker"
_ENDABLE = ("client backend", _AUTOVACUUM)


class Means(StrEnum):
    """How a session is ended, as the server's functions say it."""

    CANCEL = "cancel"
    TERMINATE = "terminate"


class Outcome(StrEnum):
    """What became of it."""

    ENDED = "ended"
    STILL_THERE = "still_there"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Signalled:
    """What became of the wish to end a session; `sentence` says it, and what to do where it did not work."""

    pid: int
    means: Means
    outcome: Outcome
    sentence: str

    @property
    def freed(self) -> bool:
        """Whether the session is out of the way."""
        return self.outcome in (Outcome.ENDED, Outcome.GONE)

    def as_dict(self) -> dict[str, object]:
        """Return its JSON shape."""
        return {"pid": self.pid, "means": self.means.value, "outcome": self.outcome.value, "detail": self.sentence}


def means(blocker: Blocker) -> Means:
    """Return how a session is ended: what runs a statement is cancelled, what holds a transaction open is terminated.

    >>> means(Blocker(1, "app", "psql", "active", 2.0, "SELECT 1")), means(Blocker(1, "app", "", "idle", 2.0, ""))
    (<Means.CANCEL: 'cancel'>, <Means.TERMINATE: 'terminate'>)
    """
    runs = blocker.kind == _AUTOVACUUM or (blocker.state or "").startswith(("active", "fastpath"))
    return Means.CANCEL if runs else Means.TERMINATE


def statement(blocker: Blocker) -> str:
    """Return the SQL that ends a session, for a person to run elsewhere.

    >>> statement(Blocker(4711, "app", "psql", "idle in transaction", 250.0, "UPDATE t"))
    'SELECT pg_terminate_backend(4711);'
    """
    if not blocker.pid:
        return "SELECT gid, prepared, owner FROM pg_prepared_xacts; -- then ROLLBACK PREPARED '…'"
    return f"SELECT pg_{means(blocker)}_backend({blocker.pid});"


def consequence(blocker: Blocker) -> str:
    """Say what ending a session means for it."""
    if blocker.kind == _AUTOVACUUM:
        return "Autovacuum stops its work on this table and does it later; one against wraparound comes back at once."
    if means(blocker) is Means.CANCEL:
        return "Its statement is cancelled and its transaction undone; the session itself lives on."
    return "It is disconnected, and what its transaction has done so far is rolled back."


def why_not(blocker: Blocker, ours: Collection[int] = ()) -> str:
    """Return the sentence that says why a session cannot be ended from here; empty when it can."""
    if not blocker.pid:
        return "It is a prepared transaction: no session holds it. COMMIT PREPARED or ROLLBACK PREPARED ends it."
    if blocker.pid in ours:
        return f"pid {blocker.pid} is a connection of this console."
    if blocker.started is None:
        return f"This role may not see enough of pid {blocker.pid} to know it again: that needs pg_read_all_stats."
    if blocker.kind not in _ENDABLE:
        return f"pid {blocker.pid} is no client but the server's own ({sanitize(blocker.kind or 'unknown')})."
    return ""


async def end(session: Session, blocker: Blocker, consent: Consent, *, ours: Collection[int] = ()) -> Signalled:
    """End what a session does, and wait a moment until it is done; `ours` are pids that are never touched.

    What could not be done is a result as well. Raises Refused when the consent is for another target, ConnectionFailed.
    """
    how = means(blocker)
    reason = why_not(blocker, ours)
    if reason:
        return Signalled(blocker.pid, how, Outcome.REFUSED, reason)
    before = await _running(session, blocker)
    try:
        sent = await _send(session, blocker, how, consent)
    except StatementFailed as error:
        if error.sqlstate != _NOT_ALLOWED:
            raise
        return Signalled(blocker.pid, how, Outcome.FORBIDDEN, _forbidden(blocker))
    if not sent:
        return Signalled(blocker.pid, how, Outcome.GONE, f"pid {blocker.pid} had gone already.")
    return await _awaited(session, blocker, how, before)


async def _send(session: Session, blocker: Blocker, how: Means, consent: Consent) -> bool:
    """Tell whether the session was there to be told."""
    values = {"pid": blocker.pid, "started": blocker.started}
    query = Query(queries.load(f"session/{how.value}"), values)
    async with session.writing(consent, statement_timeout=_PATIENCE, doing=f"ending pid {blocker.pid}") as writer:
        [rows] = await writer.read(query)
    return bool(rows) and bool(rows[0][0])


async def _running(session: Session, blocker: Blocker) -> tuple[object, ...] | None:
    query = Query(queries.load("session/running"), {"pid": blocker.pid, "started": blocker.started})
    [rows] = await session.read(query, doing=f"looking at pid {blocker.pid}")
    return tuple(rows[0]) if rows else None


async def _awaited(session: Session, blocker: Blocker, how: Means, before: tuple[object, ...] | None) -> Signalled:
    """Wait until the session has gone, or what it ran has ended."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        now = await _running(session, blocker)
        if now is None or (how is Means.CANCEL and now != before):
            return Signalled(blocker.pid, how, Outcome.ENDED, _ended(blocker, how))
        if time.monotonic() > deadline:
            late = f"pid {blocker.pid} was told to stop and has not done so in {_PATIENCE:.0f} s."
            return Signalled(blocker.pid, how, Outcome.STILL_THERE, late)
        await asyncio.sleep(_PAUSE)


def _ended(blocker: Blocker, how: Means) -> str:
    if how is Means.TERMINATE:
        return f"pid {blocker.pid} was disconnected; its transaction is rolled back."
    return f"What pid {blocker.pid} ran was cancelled; its transaction is undone."


def _forbidden(blocker: Blocker) -> str:
    """Say who may do it, and with what."""
    owner = f"the role {sanitize(blocker.role)}" if blocker.role else "its role"
    return (
        f"This role may not end pid {blocker.pid}: that takes {owner} itself, pg_signal_backend, or, for a superuser's"
        f" session, a superuser. One of them runs: {statement(blocker)}"
    )
