"""What turns words into vectors, whoever does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

Vector = tuple[float, ...]


class Embedder(Protocol):
    """Turns texts into vectors of one length; the same kind of embedder must have made what is searched in."""

    @property
    def dimensions(self) -> int:
        """How long its vectors are."""
        ...

    def embed(self, texts: Sequence[str]) -> list[Vector | None]:
        """Return a vector for each text, None for one that says nothing."""
        ...


def padded(vector: Vector, dimensions: int) -> Vector:
    """Return a vector with zeros up to a column's length, which leaves lengths, angles and distances as they are.

    >>> padded((0.6, 0.8), 4)
    (0.6, 0.8, 0.0, 0.0)

    Raises ValueError for one that is too long.
    """
    if len(vector) > dimensions:
        raise ValueError(f"a vector of {len(vector)} dimensions does not fit into {dimensions}")
    return vector + (0.0,) * (dimensions - len(vector))
