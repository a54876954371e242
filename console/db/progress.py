"""How far a long statement is, as the server reports it: the index it builds, the table it writes anew or vacuums."""

from __future__ import annotations

from dataclasses import dataclass

from console.db.query import Query
from console.sql import queries

_LOCKERS = "waiting for "
_TUPLES = ("loading tuples",)
_UNCOUNTED = ("sorting",)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the server says of a statement: its `phase` in the server's words, and how far that is.

    `done` of `total` are counted in `unit`: blocks, tuples, or lockers, which are the transactions waited for. A phase
    without a count has a total of 0. Of a partitioned table, `partition` is the one it is at, from 1, of `partitions`.
    """

    command: str
    phase: str
    done: int = 0
    total: int = 0
    unit: str = ""
    partition: int = 0
    partitions: int = 0

    @property
    def fraction(self) -> float | None:
        """How far the phase is, from 0 to 1; None when the server does not count.

        >>> Progress("CREATE INDEX", "building index: scanning table", 20, 80, "blocks").fraction
        0.25
        """
        return min(self.done, self.total) / self.total if self.total else None


def of_row(
    command: str,
    phase: str,
    blocks_done: int,
    blocks_total: int,
    tuples_done: int,
    tuples_total: int,
    lockers_done: int,
    lockers_total: int,
    partitions_done: int,
    partitions_total: int,
) -> Progress:
    """Return what a row of the server's views means: counts of earlier phases stand there still, and are left out.

    >>> of_row("CREATE INDEX", "building index: loading tuples in tree", 90, 90, 5, 40, 0, 0, 0, 0).done
    5
    """
    if phase.startswith(_LOCKERS):
        done, total, unit = lockers_done, lockers_total, "lockers"
    elif tuples_total and any(words in phase for words in _TUPLES):
        done, total, unit = tuples_done, tuples_total, "tuples"
    elif any(words in phase for words in _UNCOUNTED):
        done, total, unit = 0, 0, ""
    else:
        done, total, unit = blocks_done, blocks_total, "blocks"
    at = min(partitions_done + 1, partitions_total)
    return Progress(command, phase, done or 0, total or 0, unit if total else "", at, partitions_total)


def query(pid: int) -> Query:
    """Return the question how far the statement of process `pid` is: one row at most."""
    return Query(queries.load("session/progress"), {"pid": pid}, row=of_row)
