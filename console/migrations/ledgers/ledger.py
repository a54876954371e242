"""What a ledger remembers, as frozen values, and what every ledger can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, runtime_checkable

from console.db.compose import Identifier
from console.db.literals import Expression
from console.db.query import Query
from console.migrations.files.folder import Migration


class Name(NamedTuple):
    """A table of some schema."""

    schema: str
    table: str

    @property
    def identifier(self) -> Identifier:
        """The name as SQL, for statements that are composed."""
        return Identifier(self.schema, self.table)

    @property
    def text(self) -> str:
        """The name as a person writes it in a profile's `ledger_table`."""
        return f"{self.schema}.{self.table}"


class Direction(StrEnum):
    """Which of a migration's scripts runs."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Applied:
    """A migration that a ledger holds as applied.

    `version` is as the ledger spells it. `position` grows in the order of application. What a foreign ledger does not
    keep is None; `checksum` is to be compared with that of the file, and `sql` is what a ledger keeps of the text.
    """

    version: str
    name: str
    position: int
    checksum: str | None = None
    batch: int | None = None
    applied_at: datetime | None = None
    duration_ms: int | None = None
    sql: str | None = None


@dataclass(frozen=True, slots=True)
class Dirty:
    """A migration that a foreign tool has marked as failed or not finished; `reason` is a sentence about that."""

    version: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A script outside a transaction that has been started and not been finished.

    `done` of its `total` statements are finished, and `prefix` is the SHA-256 of these. `doubtful` says that the next
    one was started and that nobody recorded how it ended. `error` is what the server said of it, if it did.
    """

    version: str
    name: str
    direction: Direction
    done: int
    total: int
    prefix: str
    doubtful: bool
    error: str | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lease: `holder` in words (`app@laptop, pid 4711`), what he is `doing` (a migration's version).

    `alive` is False when the lease has run out without having been given back.
    """

    holder: str
    doing: str | None
    since: datetime
    expires_at: datetime
    alive: bool


class Own(StrEnum):
    """Whether schema dbconsole, with lease, positions and history, is in a database, or may be made there."""

    THERE = "there"
    TO_MAKE = "to make"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that a database remembers of its migrations. `exists` is False when there is no ledger in it.

    `dirty` is what a foreign tool has marked. `own` tells of our schema, and `notes` say why it does without.
    """

    exists: bool = False
    applied: tuple[Applied, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    holder: Holder | None = None
    dirty: tuple[Dirty, ...] = ()
    own: Own = Own.TO_MAKE
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What a ledger is to write down of one migration; `version` is as the ledger spells it.

    In a script for others `duration_ms` is worked out by the server.
    """

    version: str
    migration: Migration
    direction: Direction
    batch: int | None
    duration_ms: int | Expression
    statements: int


@runtime_checkable
class MarksTheArrival(Protocol):
    """A ledger that marks, before a down script, the version which the database will be at, not the one it leaves."""

    def while_going_down(self, version: str) -> Recorded:
        """Return what is recorded while the down script of a version is under way, without that mark."""


class Reader(Protocol):
    """What a ledger reads with: a session, or a transaction that is under way."""

    async def read(self, *queries: Query) -> list[list[Any]]:
        """Return the rows of each query."""


class Ledger(Protocol):
    """A table in which a database remembers what was applied.

    Only `read` talks to a server. All others give statements, and the runner sends them: those of `note` within the
    migration's own transaction.
    """

    @property
    def name(self) -> str:
        """The ledger's name in a profile's `ledger`."""

    @property
    def table(self) -> Name:
        """Where it is, or would be made."""

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, and write nothing; a database without the ledger has nothing applied."""

    def create(self) -> Sequence[Query]:
        """Return the statements that make the ledger where it is missing."""

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statements that record a migration as applied, or as no longer applied."""

    def start(self, note: Note) -> Sequence[Query]:
        """Return what the tool writes before the first statement of a script outside a transaction, if anything."""

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return what the tool writes when a script outside a transaction has failed, if anything.

        `error` is what the server said.
        """

    def holds(self, note: Note) -> Query:
        """Return the question, of one row and column, whether a migration is recorded as applied.

        Of a repeatable one: as it stands now.
        """

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return the statements that take a failed mark away, so that the migration is pending again."""

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statements that make a row agree with a file: its checksum, its version, its name."""

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return the keys of the advisory locks that keep the tool away from a database while it is worked on."""
