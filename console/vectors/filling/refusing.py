"""Rows that the database does not take: a check, a trigger, a policy. They are found by halving, the others go on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from console.errors import ConsoleError, StatementFailed
from console.text import sanitize

# What stands for the whole statement, by the class of its SQLSTATE: connections, transactions, locks, what does not
# exist, resources, whoever stopped it, faults of the server's own. All else a row may bring about, and a trigger may
# raise under any name.
_ALL_ROWS = ("08", "0A", "25", "28", "2D", "3B", "3D", "3F", "40", "42", "53", "55", "57", "58", "F0", "HV", "XX")
ENOUGH = 20  # rows that were refused, and none taken: so will the others be, and their vectors may cost money
_NOT_ALLOWED = "42501"  # of a policy that a row does not meet, too


class Keyed(Protocol):
    """What has the key of a row."""

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the key."""
        ...


Row = TypeVar("Row", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that the server did not take, and its sentence."""

    key: tuple[str, ...]
    sentence: str

    @property
    def said(self) -> str:
        """Both, harmless for a terminal.

        >>> Refusal(("7",), "new row violates check constraint \\"short\\"").said
        'Row 7: new row violates check constraint "short"'
        """
        return sanitize(f"Row {', '.join(self.key)}: {self.sentence}")


def of_a_row(failure: ConsoleError, *, secured: bool = False) -> bool:
    """Tell whether a single row may have brought a failure about; `secured` where policies choose the role's rows.

    >>> of_a_row(StatementFailed("", sqlstate="23514")), of_a_row(StatementFailed("", sqlstate="42703"))
    (True, False)
    """
    state = failure.sqlstate or ""
    if not isinstance(failure, StatementFailed) or not state:
        return False
    return (secured and state == _NOT_ALLOWED) or not state.startswith(_ALL_ROWS)


def sentence(failure: ConsoleError) -> str:
    """Return what the server said, without what we were doing."""
    before, _, said = failure.title.partition(" failed: ")
    return said or before


async def one_by_one(
    rows: Sequence[Row], write: Callable[[Sequence[Row]], Awaitable[int]], *, secured: bool, chances: int | None = None
) -> tuple[int, list[tuple[Row, Refusal]]]:
    """Write rows; halve those that are refused until single ones are left. Return how many were written, and which not.

    Raises what `write` raises where no row is to blame, and where so many as there are `chances` are refused before
    one is taken; None is no limit.
    """
    written, refused = 0, list[tuple[Row, Refusal]]()
    waiting = [rows] if rows else []
    while waiting:
        some = waiting.pop(0)
        try:
            written += await write(some)
            chances = None
            continue
        except ConsoleError as failure:
            if not of_a_row(failure, secured=secured):
                raise
            if len(some) == 1:
                refused.append((some[0], Refusal(some[0].key, sentence(failure))))
                if chances is not None and len(refused) >= chances:
                    failure.detail = f"None of the first {ENOUGH} rows was taken."
                    raise
                continue
        middle = len(some) // 2
        waiting[:0] = [some[:middle], some[middle:]]
    return written, refused
