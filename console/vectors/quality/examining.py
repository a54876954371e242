"""What a column's vectors are like: how far apart they are, which are the same, which are alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.db.session import Session
from console.errors import BadSql, ConnectionFailed, Interrupted, Refused, StatementFailed, UsageError
from console.vectors.column import VectorColumn
from console.vectors.metric import Metric
from console.vectors.quality import duplicates as same
from console.vectors.quality.duplicates import Duplicates
from console.vectors.quality.histogram import Distances, distances
from console.vectors.quality.neighbours import Neighbourhood, neighbours
from console.vectors.quality.outliers import Outlier, outliers
from console.vectors.quality.sampling import Sample, fetch, take
from console.vectors.search.question import Key

_AT_ONCE = 200  # rows that are read by their keys in one statement


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """What was found in one sample, by `metric`; `remarks` are sentences on how.

    `labels` are what the column says that was to name rows, of all rows that are spoken of.
    """

    sample: Sample
    metric: Metric
    distances: Distances
    duplicates: Duplicates
    outliers: tuple[Outlier, ...]
    remarks: tuple[str, ...]
    labels: Mapping[Key, str | None]

    @property
    def keys(self) -> tuple[Key, ...]:
        """The rows that are spoken of, each once; none where the table has no key."""
        same = [key for group in self.duplicates.groups for key in group.keys]
        near = [key for pair in self.duplicates.near for key in (pair.one, pair.other)]
        return tuple(key for key in dict.fromkeys((*same, *near, *(each.key for each in self.outliers))) if key)


async def examine(
    session: Session,
    column: VectorColumn,
    *,
    metric: Metric | None = None,
    k: int = 10,
    near: float | None = None,
    most: int = 5_000,
    where: str = "",
    label: str | None = None,
    seconds: float = 30.0,
    seed: int = 0,
) -> Examined:
    """Look at a sample of at most `most` rows, at the `k` nearest of each, and at all rows for equal vectors.

    Two are nearly the same when they are nearer than `near`; by itself that is a tenth of the usual distance,
    of cosines a fiftieth.
    Raises UsageError without a row to look at; BadSql and Refused for a condition, TimedOut, StatementFailed.
    """
    wanted = metric or column.metric
    by = Metric.COSINE if wanted is Metric.INNER else wanted
    columns = (label,) if label else ()
    sample = await take(session, column, most=most, columns=columns, where=where, seconds=seconds / 3, seed=seed)
    if not len(sample):
        raise UsageError(f"{column.label} has no vector{' where that holds' if where else ''}: nothing to look at.")
    found = await neighbours(session, sample, k=k, metric=by, seconds=seconds / 3)
    far = await asyncio.to_thread(distances, found, seed=seed)
    usual = same.usually_near(by, far.pairs.median) if far.pairs.count else 0.0
    below = near if near is not None else usual
    equal, why = await _equal(session, column, found, where, seconds / 3)
    doubled = await asyncio.to_thread(same.duplicates, found, equal, below, whole=not why)
    lonely = await asyncio.to_thread(outliers, found)
    examined = Examined(sample, by, far, doubled, lonely, (*_remarks(found, wanted, by), *why), {})
    return replace(examined, labels=await _labels(session, examined, label)) if label else examined


async def _labels(session: Session, examined: Examined, label: str) -> Mapping[Key, str | None]:
    """Return what the rows that are spoken of are called; those outside of the sample are read."""
    sample = examined.sample
    known = dict(zip(sample.keys, sample.values[label], strict=True))
    missing = [key for key in examined.keys if key not in known]
    for at in range(0, len(missing), _AT_ONCE):
        found = await fetch(session, sample.column, missing[at : at + _AT_ONCE], columns=(label,))
        known |= dict(zip(found.keys, found.values[label], strict=True))
    return {key: known.get(key) for key in examined.keys}


async def _equal(
    session: Session, column: VectorColumn, near: Neighbourhood, where: str, seconds: float
) -> tuple[same.Equal, tuple[str, ...]]:
    """Return equal vectors of the whole table; where that takes too long, of the sample, and why."""
    if near.sample.whole:
        return await asyncio.to_thread(same.equal_in, near), ()
    began = time.monotonic()
    try:
        return await same.equal(session, column, where=where, seconds=seconds), ()
    except (ConnectionFailed, Refused, BadSql, Interrupted):
        raise
    except StatementFailed:
        said = f"Equal vectors were looked for in the sample only: all rows took longer than {seconds:.0f} s."
        if time.monotonic() - began < seconds * 0.9:
            said = "Equal vectors were looked for in the sample only: the server refused to compare all rows."
        return await asyncio.to_thread(same.equal_in, near), (said,)


def _remarks(near: Neighbourhood, wanted: Metric, by: Metric) -> tuple[str, ...]:
    sample = near.sample
    parts = (
        f"An {wanted.said} is no distance: {by.said} is taken instead." if by is not wanted else "",
        f"{sample.left_out:,} rows have vectors of another length and are left out." if sample.left_out else "",
        f"Their nearest were looked for by {len(near.rows):,} of them." if len(near.rows) < len(sample) else "",
        "The server found them by its index, which may miss some."
        if near.places is None and _indexed(near, by)
        else "",
    )
    return tuple(filter(None, (f"Looked at {sample.said}.", *parts)))


def _indexed(near: Neighbourhood, by: Metric) -> bool:
    return any(index.valid and index.metric is by for index in near.sample.column.indexes)
