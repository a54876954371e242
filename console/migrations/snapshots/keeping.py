"""Keeps what the schema was before and after a run, so that drift can say later who has changed it.

Before a run: if the catalog was written to since the newest snapshot, it is read, and kept if it differs: others did
that, by hand. After the run it is read where the run has written to it, kept if it differs, and with it goes what each
migration has touched. Nothing of this stops a run: what goes wrong is told, and drift says that it cannot tell.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.catalog import packed, reader
from console.catalog.model import Catalog
from console.catalog.packed import Packed
from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.errors import ConsoleError, StatementFailed
from console.migrations.ledgers.ledger import Ledger
from console.migrations.ledgers.native import Native
from console.migrations.running.events import Event, Notice
from console.migrations.running.lease import Lease, Unleased
from console.migrations.snapshots import touching
from console.migrations.snapshots.touching import Written
from console.migrations.snapshots.trail import Trail
from console.sql.queries import load
from console.text import sanitize

KEPT = 20
LARGEST = 5_000  # relations; to read and pack them takes about a second
BEFORE, AFTER = "before", "after"
_PATIENCE = 5.0
_NO_TABLE = "42P01"
_STALE = 2**30  # transactions, after which their numbers begin to mean something else


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest snapshot without its catalog; it is `kept` unless the schema was too large.

    From `taken_at` to `seen_at` the schema was this, `after` the migration of that label. Not `genuine` is one that a
    dump has brought from another server.
    """

    id: int
    run: str
    moment: str
    after: str
    taken_at: datetime
    seen_at: datetime
    horizon: int
    counts: str
    server_version: int
    digest: str
    genuine: bool
    kept: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """By which one sees later whether anything was written to the catalog since: see `queries/snapshots/mark.sql`."""

    horizon: int
    counts: str
    relations: int
    server_version: int


async def newest(session: Session) -> Newest | None:
    """Return the newest snapshot, None without one. Raises StatementFailed where the tables are not there."""
    [rows] = await session.read(Query(load("snapshots/newest"), row=Newest), timeout=_PATIENCE)
    return rows[0] if rows else None


async def content(session: Session, found: Newest) -> Catalog:
    """Return what a snapshot holds. Raises UsageError where that cannot be read."""
    [[(kept,)]] = await session.read(Query(load("snapshots/content"), {"id": found.id}), timeout=_PATIENCE)
    return packed.unpack(kept)


async def look(session: Session, since: int, *, most: int | None = None) -> tuple[Mark, Sequence[Written]]:
    """Return how the catalog is marked now, and what was written to it since a transaction, at most so many rows."""
    marks, written = await session.read(
        Query(load("snapshots/mark"), row=Mark),
        Query(load("snapshots/written"), {"since": since, "mine": False, "most": most}, row=Written, positional=True),
        timeout=_PATIENCE,
        doing="looking what has changed",
    )
    return marks[0], written


def holds(found: Newest, mark: Mark, written: Sequence[Written]) -> bool:
    """Tell whether nothing can have changed since a snapshot. False means only that something may have."""
    recent = found.genuine and 0 <= mark.horizon - found.horizon < _STALE
    return recent and found.counts == mark.counts and found.server_version == mark.server_version and not written


@dataclass(slots=True)
class Keeper:
    """What keeps the snapshots of one run."""

    session: Session
    consent: Consent
    run: str
    newest: Newest | None
    mark: Mark

    async def end(self, trail: Trail) -> str:
        """Keep what the run has left; return a sentence where it was not kept. Raises what a session raises."""
        mark, written = await look(self.session, self.mark.horizon)
        if self.newest is not None and mark.counts == self.mark.counts and not written:
            await self._write(_seen(self.newest, mark))
            return ""
        return await self._take(AFTER, mark, written, trail)

    async def take_before(self, mark: Mark) -> str:
        """Keep what was there before the run, if others have changed it since the last one."""
        return await self._take(BEFORE, mark, (), Trail())

    async def _take(self, moment: str, mark: Mark, written: Sequence[Written], trail: Trail) -> str:
        if mark.relations > LARGEST:
            await self._write(self._too_large(moment, mark))
            return (
                f"With {mark.relations:,} tables and views, a snapshot of the schema would take too long, so none is"
                " kept: drift will not know who has changed what."
            )
        catalog = await reader.read(self.session, timeout=_PATIENCE)
        made = await asyncio.to_thread(Packed, touching.without_own(catalog))
        # What adopt and repair do is no migration's, and nobody else's either.
        touched = touching.recorded(touching.touched(written, catalog, trail), made) if trail.done else []
        if self.newest is not None and self.newest.kept and self.newest.digest == made.digest:
            queries = [_seen(self.newest, mark)]
        else:
            queries = [self._kept(moment, mark, made.digest, await asyncio.to_thread(lambda: made.content))]
        if touched:
            values = {"run": self.run, "server_version": mark.server_version, "touched": json.dumps(touched)}
            queries.append(Query(load("snapshots/touch"), values))
        await self._write(*queries, Query(load("snapshots/prune"), {"keep": KEPT}))
        return ""

    def _too_large(self, moment: str, mark: Mark) -> Query:
        if self.newest is not None and not self.newest.kept:
            return _seen(self.newest, mark)
        return self._kept(moment, mark, "", None)

    def _kept(self, moment: str, mark: Mark, digest: str, content: bytes | None) -> Query:
        values = {
            "run": self.run,
            "moment": moment,
            "horizon": mark.horizon,
            "counts": mark.counts,
            "server_version": mark.server_version,
            "digest": digest,
            "content": content,
        }
        return Query(load("snapshots/keep"), values)

    async def _write(self, *queries: Query) -> None:
        async with self.session.writing(self.consent, doing="keeping a snapshot of the schema") as writer:
            await writer.together(*queries)


def _seen(found: Newest, mark: Mark) -> Query:
    return Query(load("snapshots/seen"), {"id": found.id, "horizon": mark.horizon, "counts": mark.counts})


async def begin(
    session: Session, consent: Consent, ledger: Ledger, lease: Lease | Unleased, tell: Callable[[Event], None]
) -> Keeper | None:
    """Return what will keep the snapshots of a run under the lease; None beside another tool's ledger.

    Nothing is raised: what goes wrong is told.
    """
    if not isinstance(ledger, Native) or isinstance(lease, Unleased):
        return None
    try:
        keeper, said = await _begun(session, consent, lease.token)
    except ConsoleError as error:
        tell(_not_kept(error))
        return None
    if said:
        tell(Notice("", "WARNING", said))
    return keeper


async def end(keeper: Keeper | None, trail: Trail, tell: Callable[[Event], None]) -> None:
    """Keep what a run has left. Nothing is raised: what goes wrong is told."""
    if keeper is None:
        return
    try:
        said = await keeper.end(trail)
    except ConsoleError as error:
        tell(_not_kept(error))
    else:
        if said:
            tell(Notice("", "WARNING", said))


async def _begun(session: Session, consent: Consent, run: str) -> tuple[Keeper, str]:
    found = await _newest_or_made(session, consent)
    mark, written = await look(session, found.horizon, most=1) if found else (await _mark(session), ())
    keeper = Keeper(session, consent, run, found, mark)
    if found is None or holds(found, mark, written):
        return keeper, ""
    said = await keeper.take_before(mark)
    keeper.newest = await newest(session)
    return keeper, said


async def _mark(session: Session) -> Mark:
    [[mark]] = await session.read(Query(load("snapshots/mark"), row=Mark), timeout=_PATIENCE)
    return mark  # type: ignore[no-any-return]


async def _newest_or_made(session: Session, consent: Consent) -> Newest | None:
    """Return the newest snapshot; where an older console has made schema dbconsole, make what it did not know."""
    try:
        return await newest(session)
    except StatementFailed as error:
        if error.sqlstate != _NO_TABLE:
            raise
    async with session.writing(consent, doing="making the table of snapshots") as writer:
        for name in ("create_snapshots", "create_touched"):
            await writer.execute(load(f"ledger/{name}"))
    return None


def _not_kept(error: ConsoleError) -> Notice:
    said = f"No snapshot of the schema was kept, so drift will not know who changed it: {sanitize(error.title)}"
    return Notice("", "WARNING", said)
