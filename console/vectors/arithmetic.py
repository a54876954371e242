"""Sums and averages of vectors, exact but for the one rounding at their end."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Numbers = Sequence[float]


def combined(terms: Sequence[tuple[float, Numbers]], *, average: bool = False) -> list[float]:
    """Return the sum of vectors of one length, each times its weight; `average` divides by how many there are.

    >>> combined([(1.0, (1.0, 2.0)), (-1.0, (0.5, 0.0)), (1.0, (0.0, 4.0))])
    [0.5, 6.0]
    >>> combined([(1.0, (1.0, 2.0)), (1.0, (2.0, 4.0))], average=True)
    [1.5, 3.0]

    Raises ValueError for vectors of several lengths, and for none.
    """
    if not terms or len({len(numbers) for _, numbers in terms}) != 1:
        raise ValueError("only vectors of one length can be added")
    parts = [[weight * value for value in numbers] for weight, numbers in terms]
    sums = map(math.fsum, zip(*parts, strict=True))
    return [total / len(terms) for total in sums] if average else list(sums)


def combined_places(terms: Sequence[tuple[float, Mapping[int, float]]], *, average: bool = False) -> dict[int, float]:
    """Return the same of vectors of which only the numbers other than 0 are known, by their places.

    >>> combined_places([(1.0, {1: 1.0, 7: 2.0}), (-1.0, {7: 2.0, 9: 4.0})], average=True)
    {1: 0.5, 7: 0.0, 9: -2.0}
    """
    places = sorted({place for _, numbers in terms for place in numbers})
    sums = {place: math.fsum(weight * numbers.get(place, 0.0) for weight, numbers in terms) for place in places}
    return {place: total / len(terms) for place, total in sums.items()} if average else sums
