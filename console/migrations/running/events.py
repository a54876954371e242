"""What a runner reports while it works: frozen events, which the commands print and the screen draws.

`label` is the migration's version and name (`0002_add_orders`), or the seed's file name. Times are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from console.db.blockers import Blocker
from console.db.signalling import Signalled
from console.errors import ConsoleError
from console.migrations.ledgers.ledger import Direction, Holder


@dataclass(frozen=True, slots=True)
class WaitingForRunner:
    """Another runner is at work; ours goes on when that one is done, or its lease has run out."""

    holder: Holder
    waited: float


@dataclass(frozen=True, slots=True)
class Began:
    """The lease is ours. `batch` numbers this run, where that is kept; `after` is who let the lease run out, if so."""

    batch: int | None
    after: str | None


@dataclass(frozen=True, slots=True)
class MigrationStarted:
    """The first statement of a script is about to run. `number` is its place in the plan, from 1, of `total`."""

    label: str
    direction: Direction
    number: int
    total: int
    statements: int


@dataclass(frozen=True, slots=True)
class StatementStarted:
    """Statement `number` of `total` was sent. `line` is where it stands in the file."""

    label: str
    number: int
    total: int
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class StatementFinished:
    """The statement is done; `tag` is what the server calls it, such as `INSERT 0 40`."""

    label: str
    number: int
    total: int
    title: str
    seconds: float
    tag: str


@dataclass(frozen=True, slots=True)
class StatementProgress:
    """How far a long statement is, as the server reports it: an index that is built, a table that is vacuumed.

    `phase` is in the server's words. `done` of `total` are counted in `unit`: blocks, tuples, or lockers (transactions
    that are waited for); `total` is 0 in a phase without a count. `fraction` is how far that phase is, from 0 to 1; it
    begins anew with the next. `seconds` is since when the statement runs.
    """

    label: str
    number: int
    title: str
    phase: str
    done: int
    total: int
    unit: str
    seconds: float
    fraction: float | None


@dataclass(frozen=True, slots=True)
class WaitingForLock:
    """Somebody else holds a lock that the statement needs.

    `blockers` are those who hold it, as far as they could be asked for. `attempt` counts from 1, of `attempts`;
    `again_in` is None while the statement still waits, and the pause before the next attempt once it gave up.
    """

    label: str
    title: str
    attempt: int
    attempts: int
    blockers: tuple[Blocker, ...]
    again_in: float | None


@dataclass(frozen=True, slots=True)
class BlockerEnded:
    """Who held the lock for too long was told to end; `result` says what became of it."""

    label: str
    result: Signalled


@dataclass(frozen=True, slots=True)
class Notice:
    """What the server said besides, such as `NOTICE` and its text, harmless for a terminal."""

    label: str
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class MigrationApplied:
    """An up script is done and recorded."""

    label: str
    version: str
    name: str
    statements: int
    seconds: float


@dataclass(frozen=True, slots=True)
class MigrationRolledBack:
    """A down script is done and recorded."""

    label: str
    version: str
    name: str
    statements: int
    seconds: float


@dataclass(frozen=True, slots=True)
class MigrationSkipped:
    """Another runner was there first."""

    label: str
    version: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A script did not go through; the same error is raised right after. `version` is None for the seed."""

    label: str
    version: str | None
    name: str
    error: ConsoleError
    seconds: float


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything that was planned is done."""

    seconds: float


Event: TypeAlias = (
    WaitingForRunner
    | Began
    | MigrationStarted
    | StatementStarted
    | StatementFinished
    | StatementProgress
    | WaitingForLock
    | BlockerEnded
    | Notice
    | MigrationApplied
    | MigrationRolledBack
    | MigrationSkipped
    | Failed
    | Finished
)
