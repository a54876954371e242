"""The plane of the greatest spread is the one that linear algebra gives, quickly, and places others in it."""

from __future__ import annotations

import numpy as np
import pytest

from console.vectors.metric import Metric
from console.vectors.quality.projection import project


def spread(rows: int, dimensions: int, *, seed: int = 5) -> np.ndarray:  # type: ignore[type-arg]
    """Return vectors that spread in a few directions more than in the others."""
    random = np.random.default_rng(seed)
    turned, _ = np.linalg.qr(random.normal(size=(dimensions, dimensions)))
    lengths = 1 / np.sqrt(np.arange(1, dimensions + 1))
    return (random.normal(size=(rows, dimensions)) * lengths @ turned.T + 0.3).astype(np.float32)


@pytest.mark.parametrize(("rows", "dimensions"), [(500, 40), (60, 300), (1000, 3), (50, 2)])
def test_it_is_the_one_of_the_covariance(rows: int, dimensions: int) -> None:
    vectors = spread(rows, dimensions)
    plane = project(vectors)
    values, axes = np.linalg.eigh(np.cov(vectors.T.astype(float)))
    whole = values.sum()
    assert plane.explained == pytest.approx((values[-1] / whole, values[-2] / whole), rel=1e-3)
    ours = np.array(plane.points)
    theirs = (vectors - vectors.mean(0)) @ axes[:, [-1, -2]]
    for axis in (0, 1):
        together = np.corrcoef(ours[:, axis], theirs[:, axis])[0, 1]
        assert abs(together) > 0.995


def test_the_same_vectors_give_the_same_picture() -> None:
    vectors = spread(300, 50)
    assert project(vectors).points == project(vectors.copy()).points


@pytest.mark.parametrize("metric", [Metric.COSINE, Metric.L2])
def test_a_vector_lies_where_it_would_have_lain(metric: Metric) -> None:
    vectors = spread(300, 50)
    plane = project(vectors, metric=metric)
    for row in (0, 7, 299):
        assert plane.place(vectors[row] if metric is Metric.L2 else vectors[row] * 3) == pytest.approx(
            plane.points[row], abs=1e-4
        )


@pytest.mark.parametrize("size", [1e-15, 1e15])
def test_how_large_vectors_are_does_not_matter(size: float) -> None:
    vectors = spread(300, 50)
    usual, scaled = project(vectors), project((vectors * size).astype(np.float32))
    assert scaled.explained == pytest.approx(usual.explained, rel=1e-3)
    assert np.array(scaled.points) / size == pytest.approx(np.array(usual.points), abs=1e-3)


@pytest.mark.parametrize(
    "vectors",
    [
        np.zeros((0, 0), np.float32),
        np.zeros((0, 5), np.float32),
        np.ones((1, 5), np.float32),
        np.ones((20, 5), np.float32),
        np.zeros((20, 5), np.float32),
        np.arange(20, dtype=np.float32)[:, None],
    ],
    ids=["nothing", "no rows", "one", "all the same", "zeros", "one dimension"],
)
@pytest.mark.parametrize("metric", [Metric.COSINE, Metric.L2])
def test_where_there_is_no_plane(vectors: np.ndarray, metric: Metric) -> None:  # type: ignore[type-arg]
    plane = project(vectors, metric=metric)
    assert len(plane.points) == len(vectors)
    assert np.isfinite(np.array(plane.points)).all()
    assert 0 <= sum(plane.explained) <= 1 + 1e-6
