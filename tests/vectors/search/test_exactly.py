"""What a search finds is what arithmetic finds: for every type and metric, ties, zeros and nulls included."""

from __future__ import annotations

import numpy as np
import pytest

from console.db.session import Session
from console.vectors.finding import find_one
from console.vectors.literal import written
from console.vectors.metric import Kind, Metric, indexable, metrics
from console.vectors.search.question import Knobs, Like, Mixed, Pasted, Question
from console.vectors.search.searching import search
from tests.vectors.search import ground
from tests.vectors.search.conftest import Opener

pytestmark = pytest.mark.vector

EVERY = [(kind, metric) for kind in Kind for metric in metrics(kind)]
INDEXED = [
    (kind, metric, method)
    for kind, metric in EVERY
    for method in ("hnsw", "ivfflat")
    if indexable(kind, metric, method)
]
SINGLE = 2e-6  # what pgvector's sums in single precision may be off, for eight numbers


def asked_for(kind: Kind) -> np.ndarray:
    vector = ground.made(kind, 3, seed=99)[0]
    return vector if vector.any() else np.ones(ground.DIMENSIONS)


@pytest.mark.parametrize("kind", list(Kind))
async def test_every_metric_as_by_arithmetic(opened: Opener, kind: Kind) -> None:
    vectors, asked = ground.made(kind), asked_for(kind)
    session = await opened(ground.table(kind, vectors))
    # A column of bits counts as one of vectors once it has an index of them.
    if kind is Kind.BIT:
        session = await opened(ground.table(kind, vectors) + ground.index(kind, Metric.HAMMING))
    column = await find_one(session, "public.things.v")
    for metric in metrics(kind):
        truth = ground.distances(vectors, asked, metric)
        by = Pasted(written(asked.tolist(), kind))
        for k in (1, 10, ground.ROWS, ground.ROWS + 50):
            found = await search(session, column, Question(by, k=k, metric=metric, exact=True))
            expected = ground.nearest(truth, k)
            got = ground.ids([hit.key for hit in found.hits])
            assert len(got) == len(expected)
            given = [truth[place] for place in got]
            assert given == pytest.approx([truth[place] for place in expected], abs=SINGLE, nan_ok=True)
            shown = [np.nan if hit.distance is None else hit.distance for hit in found.hits]
            assert shown == pytest.approx(given, abs=SINGLE, nan_ok=True)
            assert [hit.rank for hit in found.hits] == list(range(1, len(got) + 1))
            ties = [place for place in range(1, len(got)) if shown[place] == shown[place - 1]]
            assert all(got[place] > got[place - 1] for place in ties), "equal ones come by their key"
            assert k < ground.ROWS or ties


@pytest.mark.parametrize(("kind", "metric", "method"), INDEXED)
async def test_by_an_index_that_looks_everywhere(opened: Opener, kind: Kind, metric: Metric, method: str) -> None:
    vectors, asked = ground.made(kind), asked_for(kind)
    options = "WITH (lists = 4)" if method == "ivfflat" else ""
    session = await opened(
        ground.table(kind, vectors) + ground.index(kind, metric, method, options=options), by_index=True
    )
    column = await find_one(session, "things")
    assert column.metric is metric
    by = Pasted(written(asked.tolist(), kind))
    found = await search(session, column, Question(by, k=12, knobs=Knobs(ef_search=400, probes=4)), plan=True)
    assert found.plan is not None
    assert found.plan.index, found.plan.because
    truth = ground.distances(vectors, asked, metric)
    expected = [truth[place] for place in ground.nearest(truth, 12)]
    assert [hit.distance for hit in found.hits] == pytest.approx(expected, abs=SINGLE)
    assert [truth[place] for place in ground.ids([hit.key for hit in found.hits])] == pytest.approx(
        expected, abs=SINGLE
    )
    assert found.remarks == ()


class TestQuestions:
    """On 400 vectors of 8 numbers; the truth is numpy's."""

    @pytest.fixture
    async def session(self, opened: Opener) -> Session:
        return await opened(ground.table(Kind.VECTOR, ground.made(Kind.VECTOR)))

    @pytest.mark.parametrize("metric", metrics(Kind.VECTOR))
    async def test_like_a_row_leaves_the_row_out(self, session: Session, metric: Metric) -> None:
        vectors = ground.made(Kind.VECTOR)
        trips = session.trips
        column = await find_one(session, "things.v")
        found = await search(session, column, Question(Like(("8",)), k=5, metric=metric, exact=True))
        truth = ground.distances(vectors, vectors[8], metric)
        truth[8] = np.inf
        assert ground.ids([hit.key for hit in found.hits]) == ground.nearest(truth, 5)
        assert session.trips - trips <= 3

    async def test_a_sum_and_an_average_of_rows(self, session: Session) -> None:
        vectors = ground.made(Kind.VECTOR)
        column = await find_one(session, "things")
        cases = [
            (Mixed(((1.0, ("1",)), (-1.0, ("2",)), (1.0, ("3",)))), vectors[1] - vectors[2] + vectors[3]),
            (Mixed(((1.0, ("1",)), (1.0, ("2",)), (1.0, ("3",))), average=True), vectors[1:4].mean(axis=0)),
        ]
        for by, asked in cases:
            found = await search(session, column, Question(by, k=7, metric=Metric.L2))
            truth = ground.distances(vectors, asked.astype(np.float32), Metric.L2)
            truth[1:4] = np.inf
            assert ground.ids([hit.key for hit in found.hits]) == ground.nearest(truth, 7)

    @pytest.mark.parametrize("where", ["part = 3", "t.part = 3 -- three", "part IN (3) AND words LIKE '%number%'"])
    async def test_a_condition_on_other_columns(self, session: Session, where: str) -> None:
        vectors, asked = ground.made(Kind.VECTOR), asked_for(Kind.VECTOR)
        column = await find_one(session, "things")
        by = Pasted(written(asked.tolist(), Kind.VECTOR))
        found = await search(session, column, Question(by, k=6, metric=Metric.L2, where=where))
        truth = ground.distances(vectors, asked, Metric.L2)
        truth[[place for place in range(len(truth)) if place % 50 != 3]] = np.inf
        assert ground.ids([hit.key for hit in found.hits]) == ground.nearest(truth, 6)
        assert all(hit.row[found.columns.index("part")] == "3" for hit in found.hits)

    @pytest.mark.parametrize("metric", metrics(Kind.VECTOR))
    async def test_a_largest_distance(self, session: Session, metric: Metric) -> None:
        vectors, asked = ground.made(Kind.VECTOR), asked_for(Kind.VECTOR)
        column = await find_one(session, "things")
        truth = ground.distances(vectors, asked, metric)
        limit = float(np.nanquantile(truth, 0.1))
        by = Pasted(written(asked.tolist(), Kind.VECTOR))
        found = await search(session, column, Question(by, k=300, metric=metric, within=limit))
        assert len(found.hits) == int((truth <= limit).sum())
        assert all(hit.distance is not None and hit.distance <= limit for hit in found.hits)
        assert found.remarks == (f"Only {len(found.hits)} rows are near enough.",)
