"""The lease: one row that says who may run migrations, so that two runners never do.

A migration's own transaction updates the row first, `WHERE token = mine`. That is the lock (nobody else can take the
row before the transaction ends), the fence (whoever lost the lease updates no row and stops) and the proof of life in
one, and it holds behind a transaction pooler with a pool of one, where session locks leak and a heartbeat on a second
connection would wait for ever. Between transactions the row's time to live speaks for its holder.
"""

from __future__ import annotations

import asyncio
import getpass
import os
import socket
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from console.db.guard import Consent
from console.db.query import Query, Row
from console.db.session import Session
from console.errors import CommitUnknown, MigrationFailed
from console.migrations.ledgers.ledger import Holder
from console.migrations.running.events import WaitingForRunner
from console.sql.queries import load

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0
_TELL_EVERY = 5.0


@dataclass(frozen=True, slots=True)
class Renewed:
    """A renewal: our process on the server, its transaction, until when the lease is ours (seconds since 1970)."""

    pid: int
    until: str | None = None
    xid: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run migrations on one database. `seconds` is how long it lasts without a sign of life."""

    seconds: float = 30.0
    token: str = field(default_factory=lambda: str(uuid.uuid4()))

    async def take(
        self, session: Session, consent: Consent, doing: str, tell: Callable[[WaitingForRunner], None]
    ) -> str | None:
        """Wait until the lease is ours; return who let it run out, if somebody did.

        Whoever holds it is told of at once and then every five seconds. Raises what a session raises.
        """
        began, pause, told = time.monotonic(), _FIRST_PAUSE, float("-inf")
        while True:
            if taken := await self._try(session, consent, doing):
                return taken[0][0]
            waited = time.monotonic() - began
            if waited - told >= _TELL_EVERY:
                told = waited
                await self._tell(session, waited, tell)
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def renewal(self, doing: str) -> Query:
        """Return the statement that shows that we live, and whether the lease is ours, first in a transaction.

        `doing` is the version that is worked on once the transaction is committed.
        """
        return Query(load("ledger/renew"), {"token": self.token, "doing": doing, "seconds": self.seconds})

    def aged(self, seconds: float) -> bool:
        """Tell whether a renewal so long ago is due again, so that whoever waits does not find it run out."""
        return seconds > self.seconds / 3

    def renewed(self, rows: Sequence[Row]) -> Renewed:
        """Return what the renewal's rows say. Raises MigrationFailed when somebody else has taken the lease."""
        if not rows:
            raise MigrationFailed(
                "Another runner has taken the lease for migrations.",
                detail=f"This one had not been heard of for more than {self.seconds:.0f} s. Nothing else has run.",
                hint="dbconsole status says who is at work and what is applied.",
            )
        pid, until, xid = rows[0]
        return Renewed(int(pid or 0), until, int(xid or 0))

    async def landed(self, session: Session, consent: Consent, renewed: Renewed) -> bool | None:
        """Tell whether the transaction was committed that had renewed the lease so; None when it cannot be told.

        The row is locked by that transaction until it ends, and holds what the last one that was committed has written.
        """
        values = {"token": self.token, "until": renewed.until}
        async with session.writing(consent, lock_timeout=self.seconds, doing="looking what was committed") as writer:
            rows = await writer.read(Query(load("ledger/landed"), values))
        return rows[0][0][0] if rows[0] else None

    async def release(self, session: Session, consent: Consent) -> None:
        """Give the lease back, if it is still ours."""
        back = Query(load("ledger/release"), {"token": self.token})
        async with session.writing(consent, first=back, doing="giving the lease back"):
            pass

    async def _try(self, session: Session, consent: Consent, doing: str) -> Sequence[Row]:
        """Return a row when the lease is ours now; none where the answer to that was lost: asked again, it says so."""
        try:
            take = Query(load("ledger/take"), self._values(doing))
            async with session.writing(consent, first=take, doing="taking the lease for migrations") as writer:
                return writer.first
        except CommitUnknown:
            return ()

    def _values(self, doing: str) -> dict[str, object]:
        return {"token": self.token, "holder": operator(), "doing": doing, "seconds": self.seconds}

    async def _tell(self, session: Session, waited: float, tell: Callable[[WaitingForRunner], None]) -> None:
        [holders] = await session.read(Query(load("ledger/holder"), row=Holder))
        if holders:
            tell(WaitingForRunner(holders[0], waited))


@dataclass(frozen=True, slots=True)
class Unleased:
    """What takes the lease's place where schema dbconsole is not to be made: an advisory lock in each transaction.

    `KEY` is its key. It holds behind a transaction pooler as well, but not between transactions.
    """

    token: str = field(default_factory=lambda: str(uuid.uuid4()))
    seconds: float = 30.0

    KEY: ClassVar[int] = 7234315518372373350

    async def take(
        self, session: Session, consent: Consent, doing: str, tell: Callable[[WaitingForRunner], None]
    ) -> str | None:
        """Take nothing: each transaction takes the lock."""
        return None

    def renewal(self, doing: str) -> Query:
        """Return the statement that asks for our process on the server; there is nothing to renew."""
        return Query(load("ledger/pid"))

    def renewed(self, rows: Sequence[Row]) -> Renewed:
        """Return what that has answered."""
        return Renewed(int(rows[0][0] or 0))

    async def landed(self, session: Session, consent: Consent, renewed: Renewed) -> bool | None:
        """Return None: only the ledger tells, once that transaction has ended, which is waited for."""
        until, free = time.monotonic() + self.seconds, False
        while not free and time.monotonic() < until:
            async with session.writing(consent, doing="looking what was committed") as writer:
                [[(free,)]] = await writer.read(Query(load("ledger/try_lock"), {"key": self.KEY}))
            await asyncio.sleep(0 if free else _FIRST_PAUSE)
        return None

    async def release(self, session: Session, consent: Consent) -> None:
        """Give nothing back."""


@cache
def operator() -> str:
    """Return who runs this program, and where: `alice@laptop (process 4711)`."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user without an entry in its passwd
        user = f"uid {os.getuid()}"
    return f"{user}@{socket.gethostname()} (process {os.getpid()})"
