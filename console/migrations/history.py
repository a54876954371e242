"""The history: everything that was ever done, by whom, with which outcome; rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from console.db.literals import Expression
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.migrations.files.folder import Migration
from console.migrations.ledgers import logs
from console.migrations.ledgers.ledger import Direction
from console.migrations.running.lease import operator
from console.sql.queries import load
from console.text import plural

APPLIED, ROLLED_BACK, FAILED, INTERRUPTED = "applied", "rolled_back", "failed", "interrupted"
ADOPTED, ACCEPTED, CLEARED = "adopted", "accepted", "cleared"
GOOD = frozenset({APPLIED, ROLLED_BACK, ADOPTED, ACCEPTED, CLEARED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `operator` is who ran the program and where, `database_user` the role that logged in.

    `tool` is who recorded it: dbconsole, or a tool whose ledger keeps a history.
    """

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
    tool: str = "dbconsole"

    @property
    def by(self) -> str:
        """Who did it: role, person and machine, or as far as another tool's ledger says it."""
        if self.tool == "dbconsole":
            return f"{self.database_user} ({self.operator})"
        return f"{self.operator} with {self.tool}" if self.operator else f"with {self.tool}"

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
    """Return the newest `limit` entries, those of tools that run their migrations alone included. Writes nothing.

    Raises UsageError for a limit below 1.
    """
    if limit < 1:
        raise UsageError(f"{limit} is no number of entries to show.", hint="Say 1 or more.")
    [[(exists,)]] = await session.read(Query(load("ledger/exists")))
    ours = Query(load("ledger/history"), {"limit": limit}, row=Entry)
    queries = [*([ours] if exists else []), *await logs.queries(session, limit, Entry)]
    if not queries:
        return History(())
    entries = [entry for found in await session.read(*queries) for entry in found]
    return History(tuple(sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True)[:limit]))


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be added to the history about one migration."""

    run: str
    batch: int | None
    migration: Migration
    direction: Direction
    outcome: str
    statements: int
    duration_ms: int | Expression
    error: str | None = None
    operator: str = field(default_factory=operator)


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
        "operator": deed.operator,
        "error": deed.error,
    }
    return Query(load("ledger/remember"), values)
