"""The nearest rows of sampled rows: by arithmetic where the sample is the whole table, else by asking the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.db.session import Session
from console.errors import TimedOut
from console.text import plural
from console.vectors.metric import Metric
from console.vectors.quality import brute, statements, wire
from console.vectors.quality.sampling import Sample
from console.vectors.search.question import Key

if TYPE_CHECKING:
    from console.vectors.quality.brute import Numbers, Places

_ASKED = 300  # rows that the server is asked about at most
_BATCH = 10


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """What is nearest to which row, among all rows of the table.

    `rows` are places in the sample. `keys` and `distances` (NaN where there is none) are those of the `k` nearest of
    each, the nearest first; `places` are theirs in the sample, None when the server was asked, maybe by an index.
    """

    sample: Sample
    metric: Metric
    k: int
    rows: Places
    keys: tuple[tuple[Key, ...], ...]
    distances: Numbers
    places: Places | None

    @property
    def said(self) -> str:
        """How many rows have been asked for theirs: `300 rows`."""
        return plural(len(self.rows), "row")


async def neighbours(
    session: Session, sample: Sample, *, k: int = 10, metric: Metric | None = None, seconds: float = 20.0
) -> Neighbourhood:
    """Find the `k` nearest of as many sampled rows as time allows.

    Raises TimedOut when not even the first few are found in time; StatementFailed and its kin.
    """
    metric = metric or sample.column.metric
    if sample.whole or not len(sample):
        return await asyncio.to_thread(computed, sample, k, metric)
    return await _asked(session, sample, k, metric, seconds)


def computed(sample: Sample, k: int, metric: Metric) -> Neighbourhood:
    """Find the nearest among the rows of the sample itself."""
    import numpy as np

    rows = np.arange(min(len(sample), brute.affordable(sample.vectors, metric)))
    places, distances = brute.nearest(sample.vectors, metric, k, rows)
    keys = tuple(tuple(sample.keys[place] for place in found) for found in places.tolist())
    return Neighbourhood(sample, metric, k, rows, keys, distances, places)


async def _asked(session: Session, sample: Sample, k: int, metric: Metric, seconds: float) -> Neighbourhood:
    import numpy as np

    until = time.monotonic() + seconds
    found: list[list[tuple[Key, float]]] = []
    while len(found) < min(_ASKED, len(sample)) and (left := until - time.monotonic()) > 0:
        batch = range(len(found), min(len(found) + _BATCH, len(sample), _ASKED))
        try:
            found += await _batch(session, sample, batch, k, metric, left)
        except TimedOut:
            if not found:
                raise
            break
    distances = np.full((len(found), k), np.nan)
    for row, near in zip(distances, found, strict=True):
        row[: len(near)] = [distance for _, distance in near]
    keys = tuple(tuple(key for key, _ in near) for near in found)
    return Neighbourhood(sample, metric, k, np.arange(len(found)), keys, distances, None)


async def _batch(
    session: Session, sample: Sample, rows: Sequence[int], k: int, metric: Metric, left: float
) -> list[list[tuple[Key, float]]]:
    column = sample.column
    texts = [wire.written(sample.vectors[row], column.kind) for row in rows]
    asked = [statements.nearest(column, metric, text, k + 1) for text in texts]
    answers = await session.read(*asked, timeout=left, doing=f"looking for neighbours in {column.label}")
    return [
        [(tuple(found[1:-1]), float(found[-1])) for found in others(answer, sample.places[row])][:k]
        for row, answer in zip(rows, answers, strict=True)
    ]


def others(found: Sequence[tuple[str, ...]], place: str) -> list[tuple[str, ...]]:
    """Return what was found without the row that was asked for; of rows that nothing tells apart, without the first.

    >>> others([("(0,2)", "0"), ("(0,1)", "0")], "(0,1)"), others([("", "0"), ("", "1")], "")
    ([('(0,2)', '0')], [('', '1')])
    """
    return [row for row in found if row[0] != place] if place else list(found[1:])
