"""The transactions of a run in their order, and what each was for: by them a row of the catalog says who wrote it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from console.migrations.ledgers.ledger import Direction
from console.migrations.script import Program

# What may run statements in subtransactions, whose numbers nobody else can tell from those of other sessions.
_NESTING = re.compile(r"(?i)^\s*(do|call|select|savepoint|release|rollback|execute|create\s+extension|with)\b")


class Doing(NamedTuple):
    """A migration and its direction, by which what it touches is remembered."""

    version: str
    label: str
    direction: Direction


class Moment(NamedTuple):
    """One transaction. What stands between it and the next may be `alone`, a statement outside a transaction."""

    xid: int
    doing: Doing | None
    alone: str = ""


@dataclass(slots=True)
class Trail:
    """What a run has done so far; `doing` is what it is at, `inner` are its subtransactions.

    `others` says whether somebody else could have written as well: not in a shadow, where all that comes between two
    moments belongs to the first. `kept` says that somebody will ask.
    """

    doing: Doing | None = None
    others: bool = True
    kept: bool = False
    _moments: list[Moment] = field(default_factory=list)
    _inner: dict[int, Doing] = field(default_factory=dict)

    def saw(self, xid: int) -> None:
        """Note a transaction of the run."""
        self._moments.append(Moment(xid, self.doing))

    def within(self, xids: Iterable[int]) -> None:
        """Note the subtransactions of what the run is at."""
        if self.doing is not None:
            self._inner.update(dict.fromkeys(xids, self.doing))

    def alone(self, text: str) -> None:
        """Note that a statement is run alone next, in transactions of its own."""
        if self._moments:
            self._moments[-1] = self._moments[-1]._replace(alone=text)

    @property
    def last(self) -> int:
        """The newest transaction of the run, 0 before the first."""
        return self._moments[-1].xid if self._moments else 0

    @property
    def done(self) -> Collection[Doing]:
        """What the run has been at, in order, each once."""
        return dict.fromkeys(each.doing for each in self._moments if each.doing is not None)

    def whose(self, xid: int, names: Collection[str]) -> Doing | None:
        """Return what a transaction was for that has written to an object of these names; None if it is not ours.

        Between two of ours only a statement that ran alone is ours, and of it only what it names.
        """
        if xid in self._inner:
            return self._inner[xid]
        at = bisect_right(self._moments, xid, key=lambda each: each.xid) - 1
        if at < 0:
            return None
        moment = self._moments[at]
        if moment.xid == xid:
            # Of an attempt that was repeated nothing remains: the number is that of one transaction.
            return moment.doing
        if not self.others or (moment.alone and any(_speaks_of(moment.alone, name) for name in names)):
            return moment.doing
        return None


def may_nest(program: Program) -> bool:
    """Tell whether statements of a script may run others in subtransactions.

    >>> from pathlib import Path
    >>> from console.migrations.files.folder import Script
    >>> from console.migrations.script import parse
    >>> [may_nest(parse(Script(Path("a.sql"), each))) for each in ("CREATE TABLE t ();", "DO $$ BEGIN END $$;")]
    [False, True]
    """
    return any(_NESTING.match(piece.text) for piece in program.pieces)


def _speaks_of(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", text, re.IGNORECASE) is not None
