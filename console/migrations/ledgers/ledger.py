"""What a ledger remembers, as frozen values, and what every ledger can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from console.db.query import Query
from console.db.session import Session
from console.migrations.files.folder import Migration


class Direction(StrEnum):
    """Which of a migration's scripts runs."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Applied:
    """A migration that a ledger holds as applied.

    `position` grows in the order of application. What a foreign ledger does not keep is None.
    """

    version: str
    name: str
    position: int
    checksum: str | None = None
    batch: int | None = None
    applied_at: datetime | None = None
    duration_ms: int | None = None


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


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that a database remembers of its migrations. `exists` is False when there is no ledger in it."""

    exists: bool = False
    applied: tuple[Applied, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    holder: Holder | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a ledger is to write down of one migration; `version` is as the ledger spells it."""

    version: str
    migration: Migration
    direction: Direction
    batch: int | None
    duration_ms: int
    statements: int


class Ledger(Protocol):
    """A table in which a database remembers what was applied.

    `create` and `note` give statements and touch nothing: the runner sends those of `note` within the migration's own
    transaction.
    """

    @property
    def name(self) -> str:
        """The ledger's name in a profile's `ledger`."""

    async def read(self, session: Session) -> Recorded:
        """Return what is recorded, and write nothing; a database without the ledger has nothing applied."""

    def create(self) -> Sequence[Query]:
        """Return the statements that make the ledger where it is missing."""

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statements that record a migration as applied, or as no longer applied."""
