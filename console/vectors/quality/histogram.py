"""How far rows are from each other: any two of them, and each from its nearest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.vectors.metric import Metric
from console.vectors.quality import brute

if TYPE_CHECKING:
    from console.vectors.quality.brute import Numbers
    from console.vectors.quality.neighbours import Neighbourhood
    from console.vectors.quality.sampling import Sample

BINS = 60  # of both histograms together; a picture puts neighbours together where it has less room
_PAIRS = 20_000
_AT_ONCE = 4_000_000  # numbers
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many distances lie between two neighbouring `edges`; half of all are at most `median`.

    `low` and `high` are those that 5 and 95 of 100 do not exceed; all are NaN where `count` is 0.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    count: int
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances between any two rows and from each row to its nearest, on the same edges; `said` is a sentence."""

    metric: Metric
    pairs: Histogram
    nearest: Histogram
    said: str


def distances(near: Neighbourhood, *, seed: int = 0) -> Distances:
    """Return the histograms of a sample and its neighbours."""
    any_two = known(pairs(near.sample, near.metric, seed=seed))
    nearest = known(near.distances[:, 0] if near.distances.size else near.distances.ravel())
    edges = _edges(any_two, nearest)
    both = histogram(any_two, edges), histogram(nearest, edges)
    return Distances(near.metric, *both, _said(near, *both))


def pairs(sample: Sample, metric: Metric, *, most: int = _PAIRS, seed: int = 0) -> Numbers:
    """Return distances between rows of a sample: all of them if they are few, else of pairs chosen by chance."""
    import numpy as np

    many = len(sample)
    if many * (many - 1) // 2 <= most:
        ones, others = np.triu_indices(many, 1)
    else:
        chance = np.random.default_rng(seed)
        ones = chance.integers(0, many, most)
        others = (ones + chance.integers(1, many, most)) % many
    step = max(1, _AT_ONCE // max(1, sample.vectors.shape[1]))
    parts = [
        brute.paired(
            sample.vectors[ones[at : at + step]].astype(np.float64),
            sample.vectors[others[at : at + step]].astype(np.float64),
            metric,
        )
        for at in range(0, len(ones), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def known(values: Numbers) -> Numbers:
    """Return the values that are numbers, the least first."""
    import numpy as np

    return np.sort(values[np.isfinite(values)])


def histogram(values: Numbers, edges: tuple[float, ...]) -> Histogram:
    """Count sorted values between edges.

    >>> import numpy as np
    >>> histogram(np.array([0.1, 0.2, 0.9]), (0.0, 0.5, 1.0)).counts
    (2, 1)
    """
    import numpy as np

    counts = np.histogram(values, np.array(edges))[0].tolist() if len(edges) > 1 else []
    return Histogram(
        edges, tuple(counts), len(values), _reached(values, 0.5), _reached(values, 0.05), _reached(values, 0.95)
    )


def _reached(values: Numbers, share: float) -> float:
    return float(values[max(0, math.ceil(len(values) * share) - 1)]) if len(values) else math.nan


def _edges(*all_of: Numbers) -> tuple[float, ...]:
    """Return round edges around all values, at most `BINS` bins; zero is one where values begin near it."""
    found = [values for values in all_of if len(values)]
    if not found:
        return ()
    low, high = (float(min(values[0] for values in found)), float(max(values[-1] for values in found)))
    low = 0.0 if 0 <= low < high / 2 else low
    step = _step((high - low) / BINS or abs(high) / BINS or 1 / BINS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(float(f"{place * step:.12g}") for place in range(first, max(last, first + 1) + 1))


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in _STEPS if times * power >= least * (1 - 1e-9))


def _said(near: Neighbourhood, any_two: Histogram, nearest: Histogram) -> str:
    if not any_two.count:
        return "There are no two rows to compare."
    said = f"Half of all pairs are at most {figure(any_two.median)} apart"
    if nearest.count:
        said += f", half of {near.said} have a nearest within {figure(nearest.median)}"
    return f"{said}."


def figure(value: float) -> str:
    """Say a distance with three digits that count.

    >>> figure(0.0712345), figure(12.3456), figure(0.0), figure(1234.5)
    ('0.0712', '12.3', '0', '1,234')
    """
    if value == 0 or math.isnan(value):
        return "0" if value == 0 else "none"
    return f"{value:,.0f}" if abs(value) >= 999.5 else f"{value:.3g}" if abs(value) >= 1e-4 else f"{value:.1e}"
