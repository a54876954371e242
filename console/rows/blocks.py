"""Pages of a table without a key: whole blocks of it, by the places of the rows (`ctid`).

A range of blocks is read to its end, so nothing hangs on the order in which the server gives its rows: `ORDER BY ctid`
would sort the whole table, and without it a LIMIT could leave out what comes later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.db.compose import SQL
from console.db.query import Query
from console.rows.paging import End, Page, View, conditions
from console.sql import queries

_MOST_BLOCKS = 4096  # 32 MB: what one page reads where hardly a row is left or wanted
_BETWEEN = SQL(
    "t.ctid OPERATOR(pg_catalog.>=) %(low)s::pg_catalog.tid AND t.ctid OPERATOR(pg_catalog.<) %(high)s::pg_catalog.tid"
)
_ROWS_A_BLOCK = 50.0  # as long as nobody knows better


class BlockPager:
    """Pages through a heap from both ends of its file."""

    def __init__(self, view: View) -> None:
        """Begin at the first block; where the last one is, the server says. Raises UsageError and BadSql."""
        self._view = view
        self._selected, _ = view.selected()
        self._where, self._params = view.where()
        self._blocks: int | None = None
        self._head = 0
        self._tail: int | None = None
        self._seen_rows, self._seen_blocks = _prior(view)

    @property
    def estimate(self) -> int | None:
        """The rows that all blocks hold if they are as full as those that were read."""
        return None if self._blocks is None else int(self._blocks * self._seen_rows / self._seen_blocks)

    def queries(self, end: End, size: int) -> tuple[Query, ...]:
        """Return the statement of a range of blocks, and the question how many blocks there are by now."""
        blocks = Query(queries.load("rows/blocks"), {"relation": self._view.relation.oid})
        if end is End.TAIL and self._tail is None:
            return (blocks,)
        low, high = self._range(end, size)
        statement = SQL("SELECT {} FROM {}{}").format(
            self._selected,
            self._view.source,
            conditions([_BETWEEN, *self._where]),
        )
        params = {**self._params, "low": f"({low},0)", "high": f"({high},0)"}
        return Query(statement, params, as_text=True, own_path=True), blocks

    def accept(self, end: End, size: int, results: Sequence[list[tuple[Any, ...]]]) -> Page:
        """Remember how far the end has got; a tail that has not begun begins at the last block."""
        self._blocks = blocks = int(results[-1][0][0])
        if len(results) == 1:
            self._tail = max(blocks, self._head)
            return Page([], met=self._head >= blocks)
        low, high = self._range(end, size)
        rows = results[0]
        self._seen_rows += len(rows)
        self._seen_blocks += high - low
        if end is End.HEAD:
            self._head = high
            return Page(rows, met=high >= (blocks if self._tail is None else self._tail))
        self._tail = low
        return Page(rows[::-1], met=low <= self._head)

    def _range(self, end: End, size: int) -> tuple[int, int]:
        """Return the first block to read and the one behind the last, for about `size` rows."""
        count = min(max(1, int(size * self._seen_blocks / max(self._seen_rows, 0.01))), _MOST_BLOCKS)
        if end is End.TAIL and self._tail is not None:
            return max(self._head, self._tail - count), self._tail
        high = self._head + count
        return self._head, high if self._tail is None else min(high, self._tail)


def _prior(view: View) -> tuple[float, float]:
    """Return rows and blocks to begin with, from statistics where they are any good."""
    relation = view.relation
    if relation.estimate and relation.pages:
        return relation.estimate / relation.pages, 1.0
    return _ROWS_A_BLOCK, 1.0
