"""Measures how much of what is nearest an index finds, with one setting after another.

What is truly nearest is found by reading all rows, on the server, by the column's own distance. A row that was found
counts when it is no farther than the last of the truly nearest, so that among rows equally far none is wrong.
"""

from __future__ import annotations

import math
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from statistics import fmean

from console.db.session import Session
from console.errors import TimedOut, UsageError
from console.text import plural, sanitize
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Kind, Metric
from console.vectors.quality import wire
from console.vectors.quality.recall import Curve, Latency, Measured, unreached
from console.vectors.quality.sampling import Sample, take
from console.vectors.quality.searches import Answer, Asked, Searches, some_rows

_EF_SEARCH = (10, 16, 24, 40, 64, 100, 160, 250, 400, 640, 1000)
_PROBES = (1, 2, 3, 5, 8, 12, 20, 32, 50, 80, 120, 200, 320, 500, 800, 1200, 2000, 3200)
_BATCH = 10
_SPARE = 10  # rows that are read beyond the queries, for those without a length
_FEW = 20  # queries below which a curve is rough
_SMALL = 1_000  # rows below which an index has little to do
_FOR_TRUTH = 0.6  # of the time
_ALL, _NEARLY_ALL, _TOO_SLOW = 0.9995, 0.99, 1.5
_LEVEL = 4  # points between which recall does not rise any more


async def measure(
    session: Session,
    column: VectorColumn,
    *,
    k: int = 10,
    index: VectorIndex | None = None,
    metric: Metric | None = None,
    queries: int = 100,
    settings: Sequence[int] = (),
    seconds: float = 30.0,
    seed: int = 0,
) -> AsyncGenerator[Curve, None]:
    """Yield the curve of an index after each step, the last one `finished`; it ends after about `seconds`.

    Without an index the best one of the column is measured, of a partial one among the rows that it has; without
    settings those that make a curve, until no more can be found. Raises UsageError when there is nothing to measure,
    TimedOut when reading all rows once takes too long; StatementFailed and its kin.
    """
    index = index or usable(column, metric)
    metric = metric or (column.metric if index.kind is not column.kind else index.metric)
    until = time.monotonic() + seconds
    some = some_rows(index, column)
    sample = await take(session, column, most=queries + _SPARE, where=some, seconds=seconds, seed=seed)
    sample = replace(sample, rows=index.entries) if some and not sample.whole else sample
    asked = _asked(sample, metric, queries, k)
    searches = Searches(session, column, index, metric, k, until)
    await searches.settle(asked[0][1])
    curve = Curve(column, index, metric, k, sample.rows, len(asked), asked=tuple(key for key, _ in asked))
    curve = replace(curve, remarks=_remarks(searches, sample, index))
    yield curve
    truth = _Truth(searches, [each for _, each in asked])
    async for step in truth.read(curve, seconds * _FOR_TRUTH):
        curve = step
        yield step
    async for step in _turned(searches, curve, truth.known, settings):
        yield step


def usable(column: VectorColumn, metric: Metric | None = None) -> VectorIndex:
    """Return the index whose recall is to be measured: a valid one, of all rows if there is. Raises UsageError."""
    if not column.indexes:
        said = f"{column.label} has no index: each search reads all rows and finds what is nearest."
        raise UsageError(said, hint="Recall is measured of an hnsw or ivfflat index.")
    valid = [each for each in column.indexes if each.valid and each.building is None]
    if not valid:
        first = column.indexes[0]
        why = "is being built" if first.building else "is not valid"
        raise UsageError(f"Recall of {column.label} cannot be measured: its index {first.label} {why}.")
    fitting = [each for each in valid if metric in (None, each.metric) or each.kind is Kind.BIT is not column.kind]
    if not fitting:
        said = f"No index of {column.label} is by {metric and metric.said}: such searches read all rows."
        raise UsageError(said, hint=f"Its index {valid[0].label} is by {valid[0].metric.said}.")
    return min(fitting, key=lambda each: _order(each, column))


def _order(index: VectorIndex, column: VectorColumn) -> tuple[bool, bool, bool, str]:
    partial = bool(some_rows(index, column))
    return partial, index.metric is not column.metric, bool(index.expression), index.name


def _asked(sample: Sample, metric: Metric, queries: int, k: int) -> list[tuple[tuple[str, ...], Asked]]:
    """Return key and row of what is searched by: rows whose distance is one, for without length there is no cosine."""
    column = sample.column
    rows = [row for row in range(len(sample)) if metric is not Metric.COSINE or sample.vectors[row].any()][:queries]
    if len(sample) <= k + 1 or not rows:
        said = f"{column.label} has {plural(len(rows), 'vector')} to search by: recall of the {k} nearest wants more."
        raise UsageError(said)
    return [
        (sample.keys[row], Asked(sample.places[row], wire.written(sample.vectors[row], column.kind))) for row in rows
    ]


def _remarks(searches: Searches, sample: Sample, index: VectorIndex) -> tuple[str, ...]:
    forced = f"By itself the server would read all rows rather than use {index.label}." if searches.forced else ""
    some = some_rows(index, sample.column)
    of = f"{index.label} holds only rows with {sanitize(some)}: these are searched." if some else ""
    few = f"Among {plural(sample.rows, 'row')} an index has little to find." if 0 < sample.rows < _SMALL else ""
    return tuple(filter(None, (of, forced, few)))


class _Truth:
    """What is truly nearest to the rows asked by, as far as it is known."""

    def __init__(self, searches: Searches, asked: Sequence[Asked]) -> None:
        self._searches = searches
        self._asked = asked
        self._took: list[float] = []
        self.known: list[Asked] = []

    async def read(self, curve: Curve, seconds: float) -> AsyncGenerator[Curve, None]:
        """Find it for as many as time allows; the last curve has no other queries."""
        until = time.monotonic() + seconds
        while len(self.known) < len(self._asked) and (not self.known or time.monotonic() < until):
            left = until - time.monotonic() if self.known else self._searches.left
            try:
                answers = await self._searches.exactly(self._next(left), left)
            except TimedOut as error:
                if not self.known:
                    raise _too_long(curve, error) from error
                break
            for answer in answers:
                self._took.append(answer.seconds)
                self.known.append(self._searches.reached(self._asked[len(self.known)], answer.found))
            yield replace(curve, truth=len(self.known), exact=_latency(self._took))
        yield self._kept(curve)

    def _next(self, left: float) -> Sequence[Asked]:
        """Return the next ones: a single one until it is known how long that takes."""
        many = max(1, min(_BATCH, int(left / fmean(self._took)))) if self._took else 1
        return self._asked[len(self.known) : len(self.known) + many]

    def _kept(self, curve: Curve) -> Curve:
        many = len(self.known)
        said = f"There was time for {plural(many, 'query', 'queries')} only: the figures are rough."
        remarks = (*curve.remarks, said) if many < min(_FEW, len(self._asked)) else curve.remarks
        exact, asked = _latency(self._took), curve.asked[:many]
        return replace(curve, truth=many, queries=many, asked=asked, exact=exact, remarks=remarks)


async def _turned(
    searches: Searches, curve: Curve, asked: Sequence[Asked], settings: Sequence[int]
) -> AsyncGenerator[Curve, None]:
    """Measure with one setting after another."""
    curve = replace(curve, current=await searches.current(asked[0]))
    for setting in sorted(set(settings)) or _settings(curve):
        point = await _point(searches, setting, asked)
        if point is None:
            said = f"Time ran out before {curve.knob} {setting}."
            yield _finished(curve, said)
            return
        curve = replace(curve, points=(*curve.points, point))
        yield curve
        if not settings and _enough(curve):
            break
    yield _finished(curve)


def _finished(curve: Curve, *said: str) -> Curve:
    remarks = (*curve.remarks, *filter(None, (unreached(curve),)), *said)
    return replace(curve, finished=True, remarks=remarks)


async def _point(searches: Searches, setting: int, asked: Sequence[Asked]) -> Measured | None:
    """Measure with one setting; None when time runs out before a fifth of the queries are through."""
    shares: list[float] = []
    answers: list[Answer] = []
    for start in range(0, len(asked), _BATCH):
        batch = asked[start : start + _BATCH]
        try:
            found = await searches.by_index(batch, setting) if searches.left > 0 else []
        except TimedOut:
            found = []
        if not found:
            break
        answers += found
        shares += [searches.share(each, answer.found) for each, answer in zip(batch, found, strict=True) if each.within]
    if len(answers) * 5 < len(asked) or not shares:
        return None
    lost = sum(searches.lost(each, answer.found) for each, answer in zip(asked, answers, strict=False))
    return Measured(setting, fmean(shares), _latency([each.seconds for each in answers]), len(shares), lost)


def _settings(curve: Curve) -> list[int]:
    """Return the settings that make a curve, and the one the server has."""
    if curve.index.method == "hnsw":
        usual = {each for each in (*_EF_SEARCH, curve.current or 0) if curve.k < each <= _EF_SEARCH[-1]}
        return sorted(usual) or [_EF_SEARCH[-1]]
    lists = int(curve.index.options.get("lists", "100"))
    return sorted(
        {each for each in (*_PROBES, round(math.sqrt(lists)), curve.current or 1, lists) if 0 < each <= lists}
    )


def _enough(curve: Curve) -> bool:
    """Whether more would tell nothing new: all is found, or no more is, or it takes longer than reading all rows."""
    last = curve.points[-1]
    slow = curve.exact is not None and last.latency.p50 > _TOO_SLOW * curve.exact.p50
    level = len(curve.points) >= _LEVEL and last.recall <= curve.points[-_LEVEL].recall
    found = last.recall >= (_NEARLY_ALL if slow or level else _ALL)
    return found and (curve.current is None or last.setting >= curve.current)


def _latency(seconds: Sequence[float]) -> Latency:
    ordered = sorted(seconds)
    return Latency(ordered[(len(ordered) - 1) // 2], ordered[max(0, math.ceil(len(ordered) * 0.95) - 1)])


def _too_long(curve: Curve, error: TimedOut) -> TimedOut:
    rows = f" {curve.rows:,}" if curve.rows > 0 else ""
    return TimedOut(
        f"Recall was not measured: reading all{rows} rows once, to know what is nearest, took too long.",
        detail=error.title,
        hint="Give it more time.",
        sqlstate=error.sqlstate,
    )
