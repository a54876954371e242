"""Vectors in two dimensions: the plane in which they spread most (principal components)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.vectors.metric import Metric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from console.vectors.quality.wire import Matrix

_DIRECTIONS = 16  # that are followed: more than are wanted find these sooner
_STEPS, _SETTLED = 12, 1e-4  # where two spread nearly as much as others do, any plane of these shows the same
_SQUARE = 2048  # dimensions up to which the matrix of their covariances is made: one product instead of many


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Places of vectors in the plane, and the share of the whole spread that each axis shows.

    `centre` and `axes` place others in it. `unit` tells that vectors are taken with length 1, as cosine takes them.
    """

    points: tuple[tuple[float, float], ...]
    explained: tuple[float, float]
    centre: NDArray[np.float32]
    axes: NDArray[np.float32]
    unit: bool

    def place(self, vector: Any) -> tuple[float, float]:
        """Return where another vector of the same length lies."""
        import numpy as np

        row = np.asarray(vector, np.float32)[None, :]
        ((x, y),) = ((_lengthened(row) if self.unit else row) - self.centre) @ self.axes
        return float(x), float(y)


def project(vectors: Matrix, *, metric: Metric | None = None) -> Projection:
    """Return the plane of some vectors; the same ones always give the same.

    With cosine they are taken with length 1. Less than two rows, or dimensions, leave axes on which nothing spreads.
    """
    import numpy as np

    unit = metric is Metric.COSINE
    taken = _lengthened(vectors) if unit else vectors
    many, dimensions = taken.shape
    centre = taken.mean(0) if many else np.zeros(dimensions, np.float32)
    around = taken - centre
    scaled = around / (np.abs(around).max(initial=0) or 1)  # squares of what is large leave single precision
    whole = float(np.einsum("ij,ij->", scaled, scaled, dtype=np.float64))
    axes, spread = _axes(scaled) if whole > 0 else (np.zeros((dimensions, 2), np.float32), (0.0, 0.0))
    points = [(float(x), float(y)) for x, y in (around @ axes).tolist()]
    first, second = (each / whole if whole else 0.0 for each in spread)
    return Projection(tuple(points), (first, second), centre, axes, unit)


def _axes(around: NDArray[Any]) -> tuple[NDArray[Any], tuple[float, float]]:
    """Return the two directions of the greatest spread, and their spread, by iterating a subspace."""
    import numpy as np

    dimensions = around.shape[1]
    many = min(_DIRECTIONS, *around.shape)
    directions = np.random.default_rng(0).standard_normal((dimensions, many)).astype(np.float32)
    directions, _ = np.linalg.qr(directions)
    square = around.T @ around if dimensions <= _SQUARE else None
    before = np.zeros(2)
    for _ in range(_STEPS):
        turned = around.T @ (around @ directions) if square is None else square @ (square @ directions)
        directions, sizes = np.linalg.qr(turned)
        now = np.sort(np.abs(np.diag(sizes)))[::-1][:2]
        if len(now) == len(before) and np.all(np.abs(now - before) <= _SETTLED * now):
            break
        before = now
    _, sizes, turned = np.linalg.svd(around @ directions, full_matrices=False)
    found = directions @ turned[:2].T
    axes = np.zeros((dimensions, 2), np.float32)
    axes[:, : found.shape[1]] = found * _signs(found)
    spread = [*(float(size) ** 2 for size in sizes[:2]), 0.0]
    return axes, (spread[0], spread[1])


def _signs(axes: NDArray[Any]) -> NDArray[Any]:
    """Return which way axes are turned: their greatest part points up, on every machine."""
    import numpy as np

    greatest = np.abs(axes).argmax(0)
    return np.where(axes[greatest, np.arange(axes.shape[1])] < 0, -1, 1).astype(np.float32)


def _lengthened(vectors: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return vectors / np.where(lengths > 0, lengths, 1)[:, None]
