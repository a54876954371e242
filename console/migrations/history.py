"""The history: everything that was ever done, by whom, with which outcome; rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.migrations.files.folder import Migration
from console.migrations.lease import operator
from console.migrations.ledgers.ledger import Direction
from console.sql.queries import load
from console.text import plural

APPLIED, ROLLED_BACK, FAILED, INTERRUPTED = "applied", "rolled_back", "failed", "interrupted"
ADOPTED, ACCEPTED, CLEARED = "adopted", "accepted", "cleared"
GOOD = frozenset({APPLIED, ROLLED_BACK, ADOPTED, ACCEPTED, CLEARED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `operator` is who ran the program and where, `database_user` the role that logged in."""

    id: int
    at: datetime
    batch: int | None
    version: str
    name: str
    direction: str
    outcome: str
    checksum: str | None
    statements: int | None
    duration_ms: int | None
    database_user: str
    operator: str
    error: str | None

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of one entry."""
        return {name: getattr(self, name) for name in self.__slots__} | {"at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class History:
    """The newest entries, newest first."""

    entries: tuple[Entry, ...]

    @property
    def summary(self) -> str:
        """How many entries there are, in words."""
        return plural(len(self.entries), "entry", "entries") if self.entries else "nothing was ever applied here"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `history`."""
        return {"summary": self.summary, "history": [entry.as_dict() for entry in self.entries]}


async def read(session: Session, *, limit: int = 50) -> History:
    """Return the newest `limit` entries; none where the database has no ledger. Writes nothing.

    Raises UsageError for a limit below 1.
    """
    if limit < 1:
        raise UsageError(f"{limit} is no number of entries to show.", hint="Say 1 or more.")
    [[(exists,)]] = await session.read(Query(load("ledger/exists")))
    if not exists:
        return History(())
    [entries] = await session.read(Query(load("ledger/history"), {"limit": limit}, row=Entry))
    return History(tuple(entries))


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be added to the history about one migration."""

    run: str
    batch: int | None
    migration: Migration
    direction: Direction
    outcome: str
    statements: int
    duration_ms: int
    error: str | None = None


def add(deed: Deed) -> Query:
    """Return the statement that adds a deed to the history."""
    values = {
        "run": deed.run,
        "batch": deed.batch,
        "version": deed.migration.version,
        "name": deed.migration.name,
        "direction": deed.direction.value,
        "outcome": deed.outcome,
        "checksum": deed.migration.checksum,
        "statements": deed.statements,
        "duration_ms": deed.duration_ms,
        "operator": operator(),
        "error": deed.error,
    }
    return Query(load("ledger/remember"), values)
