"""Rows that are far from all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.vectors.search.question import Key

if TYPE_CHECKING:
    from console.vectors.quality.neighbours import Neighbourhood

_FAR = 3.0  # times the middle half's width beyond it: Tukey's "far out"


@dataclass(frozen=True, slots=True)
class Outlier:
    """A row by the mean distance to its nearest, which is so many `times` the usual one.

    `far` tells that it lies outside of what the others are like; the others are merely the farthest.
    """

    key: Key
    distance: float
    times: float
    far: bool


def outliers(near: Neighbourhood, most: int = 20) -> tuple[Outlier, ...]:
    """Return the rows that are farthest from their nearest, the farthest first."""
    import numpy as np

    has = np.isfinite(near.distances)
    rows = np.flatnonzero(has.any(1))
    if len(rows) < 2:
        return ()
    means = np.where(has, near.distances, 0).sum(1)[rows] / has.sum(1)[rows]
    quarter, usual, third = np.quantile(means, (0.25, 0.5, 0.75))
    fence = third + _FAR * max(third - quarter, abs(usual) * 1e-6)
    farthest = np.argsort(-means, kind="stable")[:most]
    return tuple(
        Outlier(
            near.sample.keys[near.rows[rows[place]]],
            float(means[place]),
            float(means[place] / usual) if usual > 0 else float("inf"),
            bool(means[place] > fence),
        )
        for place in farthest
    )
