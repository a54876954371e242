"""Opens a run: makes what is missing, takes the lease, and gives everything back at the end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations.files.folder import Ordering
from console.migrations.ledgers.creating import create
from console.migrations.ledgers.ledger import Ledger, Own
from console.migrations.running.events import Began, Event
from console.migrations.running.lease import Lease, Unleased
from console.migrations.running.watch import Watch
from console.migrations.running.work import Patience, Work
from console.migrations.snapshots import keeping
from console.migrations.snapshots.keeping import Keeper
from console.migrations.snapshots.trail import Trail
from console.sql.queries import load


@contextlib.asynccontextmanager
async def leased(
    session: Session,
    consent: Consent,
    ledger: Ledger,
    *,
    order: Ordering,
    doing: str,
    tell: Callable[[Event], None],
    watch: Watch | None = None,
    patience: Patience | None = None,
    seconds: float = 30.0,
    snapshots: bool = True,
) -> AsyncIterator[Work]:
    """Give what a run works with, for as long as the lease is held; `doing` is the first version.

    Waits until other runners are done. What the schema is before and afterwards is kept, if `snapshots` are. Raises
    Refused when the role may not make the ledger.
    """
    remembers = await _made(session, consent, ledger)
    lease = Lease(seconds) if remembers else Unleased()
    async with _held(lease, session, consent, doing, tell) as after:
        batch = await next_batch(session) if remembers else None
        tell(Began(batch, after))
        keeper = await keeping.begin(session, consent, ledger, lease, tell) if snapshots else None
        async with _kept(keeper, tell) as trail:
            yield Work(
                session=session,
                consent=consent,
                ledger=ledger,
                lease=lease,
                watch=watch or Watch(session, consent),
                patience=patience or Patience(),
                tell=tell,
                batch=batch,
                keys=keys(session, ledger, remembers),
                order=order,
                trail=trail,
            )


async def _made(session: Session, consent: Consent, ledger: Ledger) -> bool:
    """Make what is missing of the ledger, and tell whether runs are remembered beside it. Raises Refused."""
    recorded = await ledger.read(session)
    remembers = recorded.own is not Own.WITHOUT
    if not recorded.exists or recorded.own is Own.TO_MAKE:
        await create(session, consent, ledger, own=remembers)
    return remembers


@contextlib.asynccontextmanager
async def _held(
    lease: Lease | Unleased, session: Session, consent: Consent, doing: str, tell: Callable[[Event], None]
) -> AsyncIterator[str | None]:
    """Take the lease, say who let it run out before, and give it back at the end."""
    try:
        yield await lease.take(session, consent, doing, tell)
    finally:
        await _given_back(lease.release(session, consent))


@contextlib.asynccontextmanager
async def _kept(keeper: Keeper | None, tell: Callable[[Event], None]) -> AsyncIterator[Trail]:
    """Follow what a run does, and keep at the end what the schema has become."""
    trail = Trail(kept=keeper is not None)
    try:
        yield trail
    finally:
        await keeping.end(keeper, trail, tell)


async def _given_back(release: Coroutine[Any, Any, None]) -> None:
    """Give the lease back, also when we are stopped meanwhile.

    If the connection is gone, so is the way to give it back: it ends by itself.
    """
    task = asyncio.ensure_future(release)
    with contextlib.suppress(ConsoleError):
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            with contextlib.suppress(asyncio.CancelledError):  # who cancels twice waits no longer
                await task
            raise


async def next_batch(session: Session) -> int:
    """Return the number that the next run gives what it applies; schema dbconsole has to be there."""
    [[(batch,)]] = await session.read(Query(load("ledger/next_batch")))
    return int(batch)


def keys(session: Session, ledger: Ledger, remembers: bool) -> tuple[int, ...]:
    """Return the advisory locks to hold: the tool's own, and one of ours where there is no lease."""
    database = session.server.database if session.server is not None else session.target.database
    return (*([] if remembers else [Unleased.KEY]), *ledger.lock_keys(database))
