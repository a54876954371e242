"""What a script has to know of its target besides the plan; reading it writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.config.profile import Profile
from console.db.query import Query
from console.db.session import Session
from console.migrations.files.folder import Folder
from console.migrations.ledgers.choosing import Chosen
from console.migrations.ledgers.creating import own_tables
from console.migrations.ledgers.ledger import Direction, Ledger, Note, Own, Recorded
from console.migrations.running.leased import keys, next_batch
from console.sql.queries import load


@dataclass(frozen=True, slots=True)
class Before:
    """The migration applied last when the script was printed: without it the script is for another database."""

    label: str
    question: Query


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a script is to run.

    `making` makes what is missing of the ledger. `remembers` tells whether schema dbconsole is kept, `batch` the number
    the run gets in it. `keys` are the advisory locks of a run. `lock_timeout` is in seconds, 0 means none.
    """

    database: str
    server: str
    search_path: str
    lock_timeout: float
    remembers: bool
    making: tuple[Query, ...] = ()
    batch: int | None = None
    keys: tuple[int, ...] = ()
    before: Before | None = None


async def read(session: Session, chosen: Chosen, recorded: Recorded) -> Situation:
    """Return the situation of a target, with what its ledger records. Raises StatementFailed and its kin."""
    [[(path,)]] = await session.read(Query(load("session/search_path"), own_path=True))
    server = session.server
    assert server is not None
    remembers = recorded.own is not Own.WITHOUT
    found = Situation(
        database=server.database,
        server=server.version,
        search_path=path,
        lock_timeout=(session.target.profile or Profile("")).lock_timeout,
        remembers=remembers,
        keys=keys(session, chosen.ledger, remembers),
        batch=await _batch(session, recorded),
    )
    making = await _making(session, chosen.ledger, recorded)
    return replace(found, making=making, before=await _before(session, chosen, recorded))


async def _batch(session: Session, recorded: Recorded) -> int | None:
    if recorded.own is Own.WITHOUT:
        return None
    return await next_batch(session) if recorded.own is Own.THERE else 1


async def _making(session: Session, ledger: Ledger, recorded: Recorded) -> tuple[Query, ...]:
    """Return what makes the ledger, and what we keep beside it, where it is missing."""
    own: Sequence[Query] = ()
    if recorded.own is Own.TO_MAKE:
        [[(schema,)]] = await session.read(Query(load("ledger/has_schema")))
        own = own_tables(schema=schema)
    return (*own, *(() if recorded.exists else ledger.create()))


async def _before(session: Session, chosen: Chosen, recorded: Recorded) -> Before | None:
    """Return what was applied last, if the ledger can be asked for it alone."""
    note = _newest(chosen.folder, recorded)
    if note is None:
        return None
    question = chosen.ledger.holds(note)
    [[(held,)]] = await session.read(question)
    return Before(note.migration.label, question) if held else None


def _newest(folder: Folder, recorded: Recorded) -> Note | None:
    newest = max(recorded.applied, key=lambda applied: applied.position, default=None)
    migration = folder.find(newest.version) if newest is not None else None
    if newest is None or migration is None:
        return None
    return Note(newest.version, migration, Direction.UP, None, 0, 0)
