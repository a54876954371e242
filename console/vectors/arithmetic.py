"""Sums and averages of vectors, exact but for the one rounding at their end."""

from __future__ import annotations

import math
from collections.abc import Sequence

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
