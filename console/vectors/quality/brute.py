"""Distances by arithmetic, as pgvector defines them: between all rows of a sample, without an index.

What is near is found roughly, by products of matrices; the distances of what is found are then computed one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from console.vectors.metric import Metric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from console.vectors.quality.wire import Matrix

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]
    Anyhow = NDArray[Any]

_SPARE = 4  # rows that are looked at beyond those wanted, since what is rough may change places
_AT_ONCE = 2_000_000  # numbers held while distances are computed
_PRODUCTS, _SUMS = 4e11, 2e9  # multiplications by matrices and differences that a person waits a second or two for


def paired(one: Anyhow, other: Anyhow, metric: Metric) -> Numbers:
    """Return the distance of each row of one to the same row of the other, in their precision.

    It is NaN for the cosine of nothing but zeros.

    >>> import numpy as np
    >>> [float(paired(np.array([[3.0, 4.0]]), np.array([[3.0, 0.0]]), each)[0].round(6))
    ...     for each in (Metric.L2, Metric.INNER, Metric.COSINE, Metric.L1)]
    [4.0, -9.0, 0.4, 4.0]
    """
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        return _BY[metric](one, other)


def _jaccard(one: Anyhow, other: Anyhow) -> Numbers:
    import numpy as np

    both: Numbers = (one * other).sum(-1)
    return np.where(both == 0, 1.0, 1 - both / ((one + other).sum(-1) - both))


def _cosine(one: Anyhow, other: Anyhow) -> Numbers:
    lengths = ((one * one).sum(-1) * (other * other).sum(-1)) ** 0.5
    cosine: Numbers = (one * other).sum(-1) / lengths
    return 1 - cosine.clip(-1, 1)


_BY: Mapping[Metric, Callable[[Anyhow, Anyhow], Numbers]] = {
    Metric.COSINE: _cosine,
    Metric.L2: lambda one, other: ((one - other) ** 2).sum(-1) ** 0.5,
    Metric.INNER: lambda one, other: -(one * other).sum(-1),
    Metric.L1: lambda one, other: abs(one - other).sum(-1),
    Metric.HAMMING: lambda one, other: abs(one - other).sum(-1),
    Metric.JACCARD: _jaccard,
}


def nearest(vectors: Matrix, metric: Metric, k: int, rows: Places) -> tuple[Places, Numbers]:
    """Return for some rows which `k` others are nearest, the nearest first, and their distances.

    Where there are fewer, and where a distance is none, the distance is NaN.
    """
    import numpy as np

    k = min(k, max(0, len(vectors) - 1))
    places = np.zeros((len(rows), k), np.int64)
    distances = np.full((len(rows), k), np.nan)
    if not k or not len(rows):
        return places, distances
    rough = _Rough(vectors, metric)
    wanted = min(k + _SPARE, len(vectors) - 1)
    step = max(1, _AT_ONCE // len(vectors))
    for start in range(0, len(rows), step):
        asked = rows[start : start + step]
        near = rough.to(asked)
        near[np.arange(len(asked)), asked] = np.inf
        found = np.argpartition(near, wanted - 1, axis=1)[:, :wanted]
        exact = _exact(vectors, asked, found, metric)
        order = np.argsort(exact, axis=1, kind="stable")[:, :k]  # NaN comes last
        places[start : start + step] = np.take_along_axis(found, order, axis=1)
        distances[start : start + step] = np.take_along_axis(exact, order, axis=1)
    return places, distances


def _exact(vectors: Matrix, asked: Places, found: Places, metric: Metric) -> Numbers:
    """Return the distances of rows to those found for each."""
    import numpy as np

    step = max(1, _AT_ONCE // max(1, found.shape[1] * vectors.shape[1]))
    parts = [
        paired(vectors[asked[at : at + step]][:, None, :], vectors[found[at : at + step]], metric)
        for at in range(0, len(asked), step)
    ]
    return np.concatenate(parts)


def affordable(vectors: Matrix, metric: Metric) -> int:
    """Return for how many rows the nearest are found while a person waits a second or two."""
    work = max(1, vectors.size)
    return max(50, int(_SUMS // work if metric is Metric.L1 else _PRODUCTS // (2 * work)))


class _Rough:
    """Orders rows by distance from a row, in single precision; what it gives is no distance."""

    def __init__(self, vectors: Matrix, metric: Metric) -> None:
        import numpy as np

        self._metric = metric
        self._squares: Anyhow = np.einsum("ij,ij->i", vectors, vectors)
        self._vectors: Anyhow = vectors
        if metric is Metric.COSINE:
            length = np.sqrt(self._squares)
            self._vectors = vectors / np.where(length > 0, length, 1)[:, None]

    def to(self, rows: Places) -> Anyhow:
        """Return how far all are from these rows: a row of the result for each."""
        import numpy as np

        vectors = self._vectors
        if self._metric is Metric.L1:
            return np.stack([np.abs(vectors - vectors[row]).sum(1) for row in rows])
        both: Anyhow = vectors[rows] @ vectors.T
        far: Anyhow = self._squares - 2 * both
        if self._metric is Metric.COSINE:
            far = np.where(self._squares == 0, np.inf, -both)
        elif self._metric is Metric.INNER:
            far = -both
        elif self._metric is Metric.JACCARD:
            far = -both / np.maximum(self._squares[rows][:, None] + self._squares - both, 1)
        return far
