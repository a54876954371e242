"""What happens when in the demo's traffic: decided from chance and the time alone, so that it can be looked at.

Each kind of act comes at its own pace, unevenly. Rows that the traffic makes have numbers below a bound; a number that
comes round again is the same row, so that there are never more of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from random import Random
from types import MappingProxyType


class Kind(StrEnum):
    """What an act does; the file of its statement begins with this word."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    READ = "read"
    ERROR = "error"
    SLOW = "slow"
    LOCK = "lock"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happens: `at` seconds from the start, a statement by its name, on the traffic's row `row`.

    `seconds` is how long a slow one takes, a lock is held, or a transaction is left idle.
    """

    at: float
    kind: Kind
    statement: str
    row: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a kind comes: for the first time after `first` seconds, then `every` so many, lasting between `lasts`."""

    first: float
    every: float
    lasts: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The pace of every kind, and how many rows the traffic may have in a table at a time."""

    paces: Mapping[Kind, Pace] = field(default_factory=lambda: USUAL)
    rows: int = 60


USUAL: Mapping[Kind, Pace] = MappingProxyType(
    {
        Kind.INSERT: Pace(0.5, 0.9),
        Kind.UPDATE: Pace(2, 1.1),
        Kind.DELETE: Pace(10, 2.5),
        Kind.READ: Pace(0.8, 0.8),
        Kind.ERROR: Pace(15, 40),
        Kind.SLOW: Pace(6, 30, (2, 6)),
        Kind.LOCK: Pace(12, 45, (4, 9)),
        Kind.IDLE: Pace(20, 60, (10, 28)),
    }
)


def acts(statements: Mapping[Kind, Sequence[str]], chance: Random, rhythm: Rhythm | None = None) -> Iterator[Act]:
    """Yield what happens, for ever, in order of time; kinds without a statement do not happen."""
    rhythm = rhythm or Rhythm()
    numbers, newest = count(), 0
    due = {kind: pace.first for kind, pace in rhythm.paces.items() if statements.get(kind)}
    while due:
        kind = min(due, key=due.__getitem__)
        pace, at = rhythm.paces[kind], due[kind]
        if kind is Kind.INSERT:
            newest = next(numbers)
        row = newest if kind is Kind.INSERT else chance.randint(max(0, newest - rhythm.rows + 1), newest)
        yield Act(at, kind, chance.choice(statements[kind]), row % rhythm.rows, chance.uniform(*pace.lasts))
        due[kind] = at + pace.every * chance.uniform(0.4, 1.6)


def sorted_by_kind(names: Iterable[str]) -> dict[Kind, list[str]]:
    """Sort names of statements by what they do; those that no act does are left out.

    >>> sorted_by_kind(["demo/traffic/x/read_tasks", "demo/traffic/x/sweep_tasks"])
    {<Kind.READ: 'read'>: ['demo/traffic/x/read_tasks']}
    """
    kinds = {str(kind): kind for kind in Kind}
    found: dict[Kind, list[str]] = {}
    for name in names:
        word = name.rpartition("/")[2].partition("_")[0]
        if word in kinds:
            found.setdefault(kinds[word], []).append(name)
    return found
