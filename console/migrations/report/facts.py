"""What a synchronisation report knows, as frozen values; nothing in them is made harmless for a terminal yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from console.catalog.compare import Action
from console.catalog.model import Column, Index, Key, Kind, Object
from console.migrations.states import State
from console.migrations.verify import Verification
from console.text import plural


class Origin(StrEnum):
    """Where an object of the target comes from, seen from the migrations that the report is about."""

    EXISTING = "existing"
    CREATED = "created"
    LATER = "later"
    UNKNOWN = "unknown"


class Now(StrEnum):
    """How what a step has made stands in the target now."""

    PRESENT = "present"
    DIFFERS = "differs"
    MISSING = "missing"
    GONE = "gone"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Deed:
    """One object that a step creates, alters or drops, by the catalogs before and after it.

    `made` is the object (or column) as the step made it, None for what was altered or dropped.
    `detail` says in words what was altered, or in what the target differs.
    """

    action: Action
    key: Key
    now: Now
    detail: str = ""
    made: Object | Column | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """One migration: what is recorded of it, and what it makes.

    `statements` are those that ran, by the history, else those of the file as it is. `transaction` is None where there
    is no file. `alone` are the reasons, a sentence each, why statements ran outside a transaction. `skipped` is why it
    is not known what it makes.
    """

    version: str
    label: str
    state: State
    reason: str
    batch: int | None
    applied_at: datetime | None
    duration_ms: int | None
    operator: str
    role: str
    statements: int | None
    transaction: bool | None
    alone: tuple[str, ...]
    deeds: tuple[Deed, ...]
    skipped: str = ""

    @property
    def applied(self) -> bool:
        """Whether the ledger says that it is applied."""
        return self.applied_at is not None or self.state in (State.APPLIED, State.EDITED, State.MISSING)

    def created(self) -> Counter[Kind]:
        """Count what it creates, by kind."""
        return Counter(deed.key.kind for deed in self.deeds if deed.action is Action.CREATE)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a table or index is: its rows, estimated by the planner or `counted`; what is not known is None."""

    rows: int | None = None
    bytes: int | None = None
    scans: int | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """An object that the target has now. `by` is the migration that made it, empty for none."""

    made: Object
    origin: Origin
    by: str = ""
    size: Size = Size()

    @property
    def key(self) -> Key:
        """The object's identity."""
        return self.made.key


@dataclass(frozen=True, slots=True)
class Loss:
    """A table or column that a rollback would take away, with the rows that have a value in it as its size."""

    key: Key
    size: Size


@dataclass(frozen=True, slots=True)
class Rollback:
    """One step of the way back. `file` is None when there is no down file; `why` says what is not known or not so."""

    label: str
    file: Path | None
    statements: int | None
    transaction: bool | None
    loses: tuple[Loss, ...]
    drops: Mapping[Kind, int]
    why: str = ""


class Health(StrEnum):
    """The four states of health."""

    OK = "ok"
    WARN = "warn"
    CRIT = "crit"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of health: its state, the figure that was measured, and why it is not fine or not known."""

    title: str
    health: Health
    figure: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another target of the same migrations. `why` says what it shares; `state` is "in step", "pending", …"""

    name: str
    why: str
    state: str
    summary: str


@dataclass(frozen=True, slots=True)
class Shadow:
    """The throw-away server that the steps ran in. `reason` is why there was none, or how far it came."""

    version: str = ""
    comparable: bool = False
    complete: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """The runs of up scripts that the history has of these migrations: how many, and those that failed."""

    total: int
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `word` is what to call the target on a command line; `batch` is the one the report is about, if one.

    `states` counts all migrations of folder and ledger, and `waiting` are the labels of those that are not applied,
    whose checks cannot pass yet. `holdings` are all that the target has now.
    """

    target: str
    word: str
    folder: Path
    made_at: datetime
    batch: int | None
    configuration: tuple[tuple[str, str], ...]
    ledger: bool
    states: Mapping[State, int]
    waiting: frozenset[str]
    phases: tuple[Phase, ...]
    holdings: tuple[Holding, ...]
    verification: Verification
    verify_files: Mapping[str, Path]
    attempts: Attempts
    rollback: tuple[Rollback, ...]
    health: tuple[Line, ...]
    shadow: Shadow
    neighbours: tuple[Neighbour, ...] = ()
    locked: tuple[Key, ...] = ()
    unmeasured: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = field(default=())

    @property
    def applied(self) -> tuple[Phase, ...]:
        """The phases that are applied, in the order of application."""
        return tuple(phase for phase in self.phases if phase.applied)

    @property
    def deviations(self) -> tuple[tuple[Phase, Deed], ...]:
        """What applied phases made and the target has not, or has otherwise."""
        odd = (Now.MISSING, Now.DIFFERS)
        return tuple((phase, deed) for phase in self.applied for deed in phase.deeds if deed.now in odd)

    @property
    def in_step(self) -> bool:
        """Whether everything is applied as it stands, found in the target, and verified."""
        as_it_stands = all(state is State.APPLIED for state in self.states)
        return as_it_stands and not self.verification.failed and not self.deviations

    @property
    def summary(self) -> str:
        """Say in a line how it stands."""
        said = ", ".join(f"{number} {state.value.replace('_', ' ')}" for state, number in self.states.items())
        odd = len(self.deviations)
        differ = f"; {plural(odd, 'object')} not as the migrations made {'it' if odd == 1 else 'them'}" if odd else ""
        return f"{said or 'no migrations'}; {self.verification.summary}{differ}"

    def created(self) -> Counter[Kind]:
        """Count what the applied phases created, by kind."""
        return sum((phase.created() for phase in self.applied), Counter())

    def of(self, *kinds: Kind) -> tuple[Holding, ...]:
        """Return what the target has of some kinds."""
        return tuple(holding for holding in self.holdings if holding.key.kind in kinds)


def own_indexes(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """Return the indexes that do not come with a constraint."""
    return tuple(each for each in holdings if isinstance(each.made, Index) and each.made.constraint is None)
