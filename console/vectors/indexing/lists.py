"""Whether the lists of an ivfflat index fit the rows that are there now, and what makes them fit.

Lists are computed once, when the index is built: on an empty table they are random, and a search that looks at the
nearest of them misses what lies in others. What an index has of its rows is not written anywhere; so some of them are
searched for, and it is counted which of their nearest are found. How many rows came later is told by their ages.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from console.db.session import Session
from console.errors import TimedOut
from console.text import plural
from console.vectors import counting
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.indexing import ground as grounds
from console.vectors.indexing import memory, saying, sizing, trying
from console.vectors.indexing.proposing import Proposal, mended, raising
from console.vectors.indexing.trying import K, Tried

_EXACT = 50_000  # rows up to which the true nearest are read for comparison
_LATER = 0.5  # part of the rows that may be younger than the index
_FIRST = 3  # rows that are searched by to see how long it takes
_WIDE = 8  # times the probes that are advised
_MOST_PROBES = 32_768
_FOUND = 0.9  # part of the nearest that a search should find
_ROWS = 10  # rows that a list has at least


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of an index, and what they find.

    `later` is the part of the rows that was written after the index was built. `found` is how many of the `K` nearest
    a search finds with `probes`, the server's setting, and `more` with `advised` probes; None where it was not tried.
    """

    index: VectorIndex
    lists: int
    rows: int
    later: float
    probes: int
    advised: int
    found: float | None
    more: float | None

    @property
    def stale(self) -> bool:
        """Whether it has to be built again: most rows came later, and it misses some of the nearest."""
        return self.later >= _LATER and (self.found is None or self.misses or self.few)

    @property
    def misses(self) -> bool:
        """Whether a search finds too few of the nearest, as the server is set."""
        return self.found is not None and self.found < _FOUND * K

    @property
    def few(self) -> bool:
        """Whether there are many lists for so few rows."""
        return self.lists > 1 and self.rows < _ROWS * self.lists

    @property
    def sentence(self) -> str:
        """What is wrong with them, "" when nothing is."""
        parts = []
        if self.stale:
            fit = "may not" if self.found is None else "do not"
            parts.append(
                f"{self.index.label} was built before {self.later:.0%} of its rows were written: "
                f"its lists {fit} fit them."
            )
        if self.few:
            called = "It" if parts else self.index.label
            parts.append(f"{called} has {self.lists} lists for {plural(self.rows, 'row')}.")
        if self.misses:
            found = f"{self.found or 0:.1f} with probes {self.probes}"
            called = "it" if parts else self.index.label
            parts.append(f"Of the {K} nearest rows {called} finds {found}{self._better}.")
        return " ".join(parts) if self.stale or self.misses else ""

    @property
    def _better(self) -> str:
        if self.more is None or self.advised <= self.probes:
            return ""
        return f", {self.more:.1f} with probes {self.advised}"


async def lists(session: Session, column: VectorColumn, index: VectorIndex, *, timeout: float = 3.0) -> Lists | None:
    """Look what an ivfflat index finds. None where the server does not take this index, or there is nothing in it.

    A few searches by rows of the table; all of them together do not take longer than `timeout` seconds. Raises
    StatementFailed's kin.
    """
    ages = await trying.ages(session, index)
    tried = await trying.sample(session, column, index, ages)
    if not tried.vectors:
        return None
    rows = column.rows if column.rows >= 0 else await counting.estimated(session, column)
    count = int(index.options.get("lists", 100))
    advised = sizing.probes_for(count)
    comparing = _Comparing(session, column, index, (ages.probes, advised), rows, time.monotonic() + timeout)
    try:
        found, more = await comparing.compared(tried, timeout)
    except trying.NotTaken:
        return None
    return Lists(index, count, rows, tried.later, ages.probes, advised, found, more)


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Compares what an index finds with the truth; `until` is when time runs out, by the monotonic clock."""

    session: Session
    column: VectorColumn
    index: VectorIndex
    probes: tuple[int, int]
    rows: int
    until: float

    async def compared(self, tried: Tried, timeout: float) -> tuple[float, float] | tuple[None, None]:
        """Return how many of the nearest are found with each number of probes; nothing when there is no time."""
        found: tuple[float, float] | tuple[None, None] = (None, None)
        try:
            began = time.monotonic()
            found = await self._of(replace(tried, vectors=tried.vectors[:_FIRST]))
            if time.monotonic() - began < timeout / _FIRST / 3:
                found = await self._of(tried)
        except TimedOut:
            pass
        return found

    async def _of(self, tried: Tried) -> tuple[float, float]:
        # Beside a large table, what many more probes find is as good as the truth.
        wide = None if self.rows <= _EXACT else _probes(_WIDE * self.probes[-1])
        few, more, truth = [
            await trying.nearest(self.session, self.column, self.index, tried, settings, self._left())
            for settings in (*map(_probes, self.probes), wide)
        ]
        return trying.agreeing(few, truth), trying.agreeing(more, truth)

    def _left(self) -> float:
        return max(0.05, self.until - time.monotonic())


def _probes(number: int) -> Mapping[str, str]:
    return {"ivfflat.probes": str(min(number, _MOST_PROBES))}


async def rebuild(session: Session, column: VectorColumn, index: VectorIndex) -> Proposal:
    """Return what builds an index anew, with the options it has, while reading and writing go on.

    Raises UsageError when the table is gone; StatementFailed's kin.
    """
    found = await grounds.read(session, column)
    options = _numbers(index.options)
    dimensions = index.dimensions or 0
    if index.method == "ivfflat":
        needed = memory.means(found.rows, index.kind, dimensions, options.get("lists", 100))
    else:
        needed = memory.graph(found.rows, index.kind, dimensions, options.get("m", 16))
    raised = needed > found.maintenance_work_mem and (index.method == "ivfflat" or needed <= memory.RAISED)
    return Proposal(
        column=column,
        metric=index.metric,
        method=index.method,
        kind=index.kind,
        dimensions=index.dimensions,
        schema=index.schema,
        name=index.name,
        statements=(mended(index),),
        reason=f"index {index.label} is built anew from the rows that are there now",
        settings=(raising(needed),) if raised else (),
        options=MappingProxyType(options),
        remarks=tuple(
            filter(None, (memory.sentence(index.method, needed, found.maintenance_work_mem), _probing(options)))
        ),
        memory=needed,
        replaces=index.name,
    )


def _probing(options: Mapping[str, int]) -> str:
    return saying.probing(options["lists"]) if "lists" in options else ""


def _numbers(options: Mapping[str, str]) -> dict[str, int]:
    return {name: int(value) for name, value in options.items() if value.isdigit()}
