"""A sample of a column's rows with their vectors, chosen by chance, the same for the same seed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.db.query import Columns, Row
from console.db.session import Session
from console.errors import TimedOut
from console.vectors.column import VectorColumn
from console.vectors.metric import Kind
from console.vectors.quality import statements, wire
from console.vectors.search.admitting import admitted
from console.vectors.search.question import Key

if TYPE_CHECKING:
    from console.vectors.quality.wire import Matrix

_NUMBERS = 40_000_000  # numbers of a sample at most: 160 MB
_BATCH = 200
_SHORTEST = 0.05  # seconds; a time limit of 0 would be none


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Rows of a column that have a vector, in an order of chance.

    `keys`, `places` (what tells rows apart while nobody changes them) and each of `values` (columns by name, as text)
    have one for each row of `vectors`. `rows` is how many the table has, -1 when that is not known; `whole` tells that
    these are all of them. `left_out` rows have a vector of another length. `seconds` is what reading took.
    """

    column: VectorColumn
    keys: tuple[Key, ...]
    places: tuple[str, ...]
    values: Mapping[str, tuple[str | None, ...]]
    vectors: Matrix
    rows: int
    whole: bool
    left_out: int = 0
    seconds: float = 0.0

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def said(self) -> str:
        """How many rows these are of how many: `5,000 of about 100,000 rows`."""
        if self.whole:
            return f"all {len(self):,} rows" if len(self) != 1 else "the only row"
        return f"{len(self):,} of about {self.rows:,} rows" if self.rows > len(self) else f"{len(self):,} rows"


async def take(
    session: Session,
    column: VectorColumn,
    *,
    most: int = 5_000,
    columns: Sequence[str] = (),
    where: str = "",
    seconds: float = 20.0,
    seed: int = 0,
) -> Sample:
    """Read at most `most` rows with a vector, those that come within `seconds`, with the values of `columns`.

    Of a large table the pages are chosen by chance, of others the rows. Raises BadSql and Refused for a condition;
    TimedOut when not even the first row comes in time; StatementFailed and its kin.
    """
    await admitted(session, column, where)
    began = time.monotonic()
    most = min(most, max(1, _NUMBERS // _width(column)))
    found = await _rows(session, column, most, columns, where, seconds, seed)
    whole = len(found) <= most and found.ended and statements.partly(column, most, where) is None
    sample = await asyncio.to_thread(_sample, column, columns, found[:most], whole=whole, where=where)
    return replace(sample, seconds=time.monotonic() - began)


async def fetch(
    session: Session, column: VectorColumn, keys: Sequence[Key], *, columns: Sequence[str] = (), seconds: float = 20.0
) -> Sample:
    """Read certain rows that have a vector, as a sample; those that are gone are not in it."""
    if not keys:
        return _sample(column, columns, [], whole=False, where="")
    await admitted(session, column)
    query = statements.rows(column, keys, columns)
    [found] = await session.read(query, timeout=seconds, doing=f"reading vectors of {column.label}")
    return await asyncio.to_thread(_sample, column, columns, found, whole=False, where="")


class _Rows(list[Row]):
    """Rows that came; `ended` unless time ran out."""

    ended = True


async def _rows(
    session: Session,
    column: VectorColumn,
    most: int,
    columns: Sequence[str],
    where: str,
    seconds: float,
    seed: int,
) -> _Rows:
    query = statements.sample(column, most + 1, columns, where, seed)
    seconds = max(_SHORTEST, seconds)
    rows, until = _Rows(), time.monotonic() + seconds
    coming = session.stream(query, size=_BATCH, timeout=seconds, doing=f"reading vectors of {column.label}")
    try:
        async with contextlib.aclosing(coming) as parts:
            async for part in parts:
                if not isinstance(part, Columns):
                    rows.extend(part)
                if rows and time.monotonic() > until:
                    rows.ended = False
                    break
    except TimedOut:
        if not rows:
            raise
        rows.ended = False
    return rows


def _sample(column: VectorColumn, columns: Sequence[str], rows: Sequence[Row], *, whole: bool, where: str) -> Sample:
    matrix, kept = wire.read([row[-1] or "" for row in rows], column.kind)
    start = 1 + len(column.key)
    known = -1 if where else column.rows
    return Sample(
        column,
        keys=tuple(tuple(value or "" for value in rows[at][1:start]) for at in kept),
        places=tuple(rows[at][0] or "" for at in kept),
        values={name: tuple(rows[at][start + place] for at in kept) for place, name in enumerate(columns)},
        vectors=matrix,
        rows=len(kept) if whole else known,
        whole=whole,
        left_out=len(rows) - len(kept),
    )


def _width(column: VectorColumn) -> int:
    """Return how many numbers a row takes here."""
    dimensions = column.dimensions or wire.FOLDED
    return min(dimensions, wire.LONGEST) if column.kind is Kind.SPARSEVEC else dimensions
