"""The last ten minutes of a panel, with the gaps in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import overload

from console.dashboards.sample import Sample

SPAN = 600.0
_CELLS = 100_000  # what all samples together may hold, since one may have thousands of rows
_LEAST = 2  # a change needs two, however long ago the first was


class Ring(Sequence[Sample]):
    """Samples, oldest first, none older than ten minutes but the last two.

    `breaks` are the places before which something is missing: nothing was read for a while, or it failed.
    """

    def __init__(self, span: float = SPAN, cells: int = _CELLS) -> None:
        """Begin empty; `span` is seconds."""
        self._span = span
        self._most = cells
        self._samples: deque[tuple[Sample, bool]] = deque()
        self._cells = 0
        self._broken = False

    def push(self, sample: Sample) -> None:
        """Add a sample, and let go of those that have become too old or too many.

        One that began before the newest has come too late and is dropped.
        """
        if self._samples and sample.monotonic <= self._samples[-1][0].monotonic:
            return
        self._samples.append((sample, self._broken and bool(self._samples)))
        self._broken = False
        self._cells += _cells(sample)
        while len(self) > _LEAST and (self._old() or self._cells > self._most):
            self._cells -= _cells(self._samples.popleft()[0])

    def gap(self) -> None:
        """Say that something is missing between the newest sample and the next."""
        self._broken = True

    @property
    def broken(self) -> bool:
        """Whether something is missing behind the newest sample."""
        return self._broken

    @property
    def newest(self) -> Sample | None:
        """The last sample; None before the first."""
        return self._samples[-1][0] if self._samples else None

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places of the samples before which something is missing; the first has nothing before it."""
        return tuple(place for place, (_, broken) in enumerate(self._samples) if broken and place)

    def __len__(self) -> int:
        return len(self._samples)

    @overload
    def __getitem__(self, index: int) -> Sample: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sample]: ...

    def __getitem__(self, index: int | slice) -> Sample | Sequence[Sample]:
        """Return a sample, or some of them, by place."""
        if isinstance(index, slice):
            return [sample for sample, _ in islice(self._samples, *index.indices(len(self)))]
        return self._samples[index][0]

    def _old(self) -> bool:
        return self._samples[-1][0].monotonic - self._samples[0][0].monotonic > self._span


def points(ring: Ring, value: Callable[[Sample], float | None]) -> tuple[tuple[float, float | None], ...]:
    """Return what a line is drawn of: the server's time and a value for each sample, None where the line breaks.

    A break stands in the middle between its neighbours.
    """
    breaks = set(ring.breaks)
    found: list[tuple[float, float | None]] = []
    for place, sample in enumerate(ring):
        if place in breaks:
            found.append(((found[-1][0] + sample.at) / 2, None))
        found.append((sample.at, value(sample)))
    return tuple(found)


def _cells(sample: Sample) -> int:
    return len(sample.rows) * len(sample.heads)
