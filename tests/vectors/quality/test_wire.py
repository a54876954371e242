"""Vectors come from the server as it holds them, bit for bit, and go back as they came."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from console.vectors.metric import Kind, Metric, metrics
from console.vectors.quality import brute, statements, wire
from console.vectors.quality.sampling import fetch, take
from tests.vectors.quality.conftest import Opener
from tests.vectors.search import ground

KINDS = list(Kind)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_type_comes_as_it_is(opened: Opener, kind: Kind) -> None:
    vectors = ground.made(kind)
    session, columns = await opened(_sql(kind))
    sample = await take(session, columns["things.v"])
    assert sample.whole
    assert sample.said == "all 400 rows"
    found = np.array([vectors[int(key[0])] for key in sample.keys])
    assert np.array_equal(sample.vectors, found)
    assert sorted(int(key[0]) for key in sample.keys) == list(range(ground.ROWS))


@pytest.mark.parametrize("kind", KINDS)
async def test_every_type_goes_back_as_it_came(opened: Opener, kind: Kind) -> None:
    """What was read finds itself at no distance, by the server's own arithmetic."""
    session, columns = await opened(_sql(kind))
    column = columns["things.v"]
    sample = await take(session, column, most=20)
    metric = metrics(kind)[0] if kind is Kind.BIT else Metric.L2
    asked = [statements.nearest(column, metric, wire.written(row, kind), ground.ROWS) for row in sample.vectors]
    for key, place, found in zip(sample.keys, sample.places, await session.read(*asked), strict=True):
        [itself] = [row for row in found if row[0] == place]
        assert (itself[1], float(itself[2])) == (key[0], 0.0)


@pytest.mark.parametrize(("kind", "metric"), [(kind, metric) for kind in KINDS for metric in metrics(kind)])
async def test_arithmetic_is_the_servers(opened: Opener, kind: Kind, metric: Metric) -> None:
    session, columns = await opened(_sql(kind))
    column = columns["things.v"]
    sample = await take(session, column)
    rows = {key: row for row, key in enumerate(sample.keys)}
    asked = rows["8",]
    query = statements.nearest(column, metric, wire.written(sample.vectors[asked], kind), ground.ROWS)
    [found] = await session.read(query)
    places = np.array([rows[row[1],] for row in found])
    ours = brute.paired(sample.vectors[[asked]].astype(float), sample.vectors[places].astype(float), metric)
    np.testing.assert_allclose(ours, [float(row[2]) for row in found], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(("kind", "metric"), [(kind, metric) for kind in KINDS for metric in metrics(kind)])
def test_the_nearest_are_those_of_all(kind: Kind, metric: Metric) -> None:
    """Ties may come in any order; what has no distance is not among them."""
    vectors = ground.made(kind)
    _, found = brute.nearest(vectors.astype(np.float32), metric, 10, np.arange(len(vectors)))
    for row, near in enumerate(found):
        others = np.delete(ground.distances(vectors, vectors[row], metric), row)
        expected = np.sort(others)[:10]
        np.testing.assert_allclose(near, expected, rtol=2e-4, atol=2e-3)


async def test_lengths_that_few_have_are_left_out(opened: Opener) -> None:
    session, columns = await opened("""
        CREATE EXTENSION vector;
        CREATE TABLE things (id int PRIMARY KEY, v vector);
        INSERT INTO things SELECT i, ('[1,2,' || i || ']')::vector FROM generate_series(1, 10) AS i;
        INSERT INTO things VALUES (11, '[1]'), (12, NULL);
    """)
    sample = await take(session, columns["things.v"])
    assert (len(sample), sample.left_out, sample.vectors.shape) == (10, 1, (10, 3))


def test_long_sparse_vectors_are_folded_and_keep_their_angles() -> None:
    random = np.random.default_rng(3)
    rows = [_sparse(random.choice(1_000_000, 200, replace=False), random.normal(size=200)) for _ in range(40)]
    rows.append(rows[0])
    matrix, kept = wire.read(rows, Kind.SPARSEVEC)
    assert (matrix.shape, kept) == ((41, wire.FOLDED), list(range(41)))
    unit = matrix / np.linalg.norm(matrix, axis=1)[:, None]
    between = unit @ unit.T
    assert between[0, 40] == pytest.approx(1)
    assert np.abs(between[:40, :40] - np.eye(40)).max() < 0.25


def test_nothing_is_nothing() -> None:
    matrix, kept = wire.read([], Kind.VECTOR)
    assert (matrix.shape, kept) == ((0, 0), [])


async def test_certain_rows_are_read_by_key(opened: Opener) -> None:
    session, columns = await opened(_sql(Kind.VECTOR))
    sample = await fetch(session, columns["things.v"], [("7",), ("3",), ("1000001",), ("555555",)], columns=("words",))
    assert dict(zip(sample.keys, sample.values["words"], strict=True)) == {
        ("3",): "thing number 3",
        ("7",): "thing number 7",
    }
    assert len(await fetch(session, columns["things.v"], [])) == 0


def _sql(kind: Kind) -> str:
    return ground.table(kind, ground.made(kind)) + (
        ground.index(kind, metrics(kind)[0]) if kind is Kind.BIT else ""  # a bit is a vector where an index says so
    )


def _sparse(places: np.ndarray, values: np.ndarray) -> str:  # type: ignore[type-arg]
    """Return what sparsevec_send writes of a vector of a million dimensions."""
    order = np.argsort(places)
    head = np.array([1_000_000, len(places), 0], ">i4").tobytes()
    body = places[order].astype(">i4").tobytes() + values[order].astype(">f4").tobytes()
    return base64.b64encode(head + body).decode()
