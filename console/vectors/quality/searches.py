"""Searches by rows of a table, through an index or by reading all rows, with the server's clock around each."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from console.db.compose import SQL, Literal
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.sql.queries import load
from console.sql.quoting import ident
from console.text import sanitize
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Metric
from console.vectors.quality import statements
from console.vectors.quality.neighbours import others
from console.vectors.quality.recall import knob
from console.vectors.search.operand import oversample

_SET = SQL("SELECT pg_catalog.set_config({}, {}, true)")
_GET = SQL("SELECT pg_catalog.current_setting({}, true)")
_SHORTEST = 0.05  # seconds; a time limit of 0 would be none

Found = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A row to look for the neighbours of: where it lies, and its vector as text.

    Of its true neighbours, there are `within` (at most k), and the last is `reach` away. `own` is how far its vector is
    from itself, where that is among what reading all rows finds.
    """

    place: str
    text: str
    reach: float = math.nan
    within: int = 0
    own: float = math.nan


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found, and the seconds it took on the server."""

    seconds: float
    found: Found


class Searches:
    """Searches in a column for the `k` nearest of a row; `until` is when time runs out, by the monotonic clock."""

    def __init__(
        self, session: Session, column: VectorColumn, index: VectorIndex, metric: Metric, k: int, until: float
    ) -> None:
        self._session = session
        self._column = column
        self._index = index
        self._metric = metric
        self._k = k
        self._within = some_rows(index, column)
        self.until = until
        self.forced = False

    @property
    def left(self) -> float:
        """Seconds until time runs out."""
        return self.until - time.monotonic()

    async def settle(self, asked: Asked) -> None:
        """Look whether the server uses the index, by itself or, `forced`, only where it may not read all rows.

        Raises UsageError when it does not even then.
        """
        search = self._query(asked)
        explained = Query(SQL("EXPLAIN (FORMAT JSON) {}").format(search.sql), search.params, as_text=True)
        plain, *_, forced = await self._read([explained, *_BY_INDEX, explained], self.left)
        self.forced = not self._used(plain)
        if self.forced and not self._used(forced):
            instead = ", ".join(sorted(map(sanitize, _indexes(_plan(forced)))))
            what = f"uses {instead}" if instead else "reads all rows"
            raise UsageError(f"{self._index.label} cannot be measured: the server {what} for what it was made for.")

    async def current(self, asked: Asked) -> int | None:
        """Return what the server has the setting at; it knows that when it has searched once."""
        said = Query(_GET.format(Literal(f"{self._index.method}.{knob(self._index)}")), as_text=True)
        *_, [(value,)] = await self._read([self._query(asked), said], self.left)
        return int(value) if value else None

    async def by_index(self, batch: Sequence[Asked], setting: int) -> list[Answer]:
        """Search through the index. Raises TimedOut."""
        forced = _BY_INDEX if self.forced else ()
        first = (set_to(f"{self._index.method}.{knob(self._index)}", str(setting)), *forced)
        return await self._timed(first, [self._query(each) for each in batch], self.left)

    async def exactly(self, batch: Sequence[Asked], left: float) -> list[Answer]:
        """Search by reading all rows. Raises TimedOut."""
        queries = [
            statements.nearest(self._column, self._metric, each.text, self._k + 1, within=self._within)
            for each in batch
        ]
        return await self._timed(_BY_ALL_ROWS, queries, left)

    def reached(self, asked: Asked, found: Found) -> Asked:
        """Return how far the truly nearest reach; what has no distance is not among them."""
        distances = [distance for distance in self._distances(asked, found) if not math.isnan(distance)]
        own = [float(row[-1]) for row in found if asked.place and row[0] == asked.place]
        reach = max(distances, default=math.nan)
        return replace(asked, reach=reach, within=len(distances), own=min(own, default=math.nan))

    def lost(self, asked: Asked, found: Found) -> bool:
        """Whether a row is not found by its own vector, and not for others that are as near."""
        if math.isnan(asked.own) or any(row[0] == asked.place for row in found):
            return False
        return sum(float(row[-1]) <= asked.own for row in found) <= self._k

    def share(self, asked: Asked, found: Found) -> float:
        """Return which part of the truly nearest was found: of rows equally far, it does not matter which."""
        near = sum(distance <= asked.reach for distance in self._distances(asked, found))
        return min(near, asked.within) / asked.within

    def _distances(self, asked: Asked, found: Found) -> list[float]:
        """Return the distances of the nearest of what was found; an index of less precision gives more than these."""
        distances = [float(row[-1]) for row in others(found, asked.place)]
        return sorted(distances, key=lambda distance: (math.isnan(distance), distance))[: self._k]

    def _query(self, asked: Asked) -> Query:
        most = (self._k + 1) * oversample(self._column, self._index)
        return statements.nearest(self._column, self._metric, asked.text, most, self._index, self._within)

    async def _timed(self, first: Sequence[Query], queries: Sequence[Query], left: float) -> list[Answer]:
        """Run statements with a look at the server's clock between them: the way there and back is not in it."""
        clock = Query(load("session/clock"))
        sent = [*first, clock]
        for query in queries:
            sent += [query, clock]
        answers = (await self._read(sent, left))[len(first) :]
        times = [float(rows[0][0]) for rows in answers[::2]]
        took = [after - before for before, after in pairwise(times)]
        return [Answer(*each) for each in zip(took, answers[1::2], strict=True)]

    async def _read(self, queries: Sequence[Query], left: float) -> list[list[Any]]:
        doing = f"measuring {self._index.label}"
        return await self._session.read(*queries, timeout=max(_SHORTEST, left), doing=doing)

    def _used(self, explained: Found) -> bool:
        names = _indexes(_plan(explained))  # of a partitioned table these are the parts' own
        return bool(names) if self._column.relation_kind == "p" else self._index.name in names


def some_rows(index: VectorIndex, column: VectorColumn) -> str:
    """Return the condition of an index that has only some of the rows with a vector, "" for one of all of them."""
    return "" if index.predicate == f"({ident(column.name)} IS NOT NULL)" else index.predicate


def set_to(setting: str, value: str) -> Query:
    """Return what has a setting hold in the transaction; pgvector's own are kept for it until it is loaded."""
    return Query(_SET.format(Literal(setting), Literal(value)))


_BY_INDEX = (set_to("enable_seqscan", "off"), set_to("enable_sort", "off"))
_BY_ALL_ROWS = (set_to("enable_indexscan", "off"), set_to("enable_bitmapscan", "off"))


def _plan(explained: Found) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(explained[0][0])[0]["Plan"]
    return plan


def _indexes(plan: dict[str, Any]) -> set[str]:
    """Return the names of indexes that a plan reads in their order of distance."""
    own = {plan["Index Name"]} if plan.get("Index Name") and "Order By" in plan else set()
    return own.union(*(_indexes(each) for each in plan.get("Plans", ())))
