"""How numbers went, in one line of cells."""

from __future__ import annotations

from collections.abc import Sequence

from console.drawing.picture import Role, Span
from console.drawing.signs import SERIES, Signs

_LEAST_MOVE = 0.1


def sparkline(values: Sequence[float | None], room: int, signs: Signs, role: Role = SERIES[0]) -> Span:
    """Return the last numbers as blocks, one a cell, from the least to the greatest; a blank is a gap.

    What moves by little is drawn so: a tenth of the greatest is the least that takes the whole height.
    Where there are more numbers than cells, each cell stands for as many, by their greatest.
    """
    if room <= 0:
        return Span("", role)
    shown = _gathered(values, room)
    known = [value for value in shown if value is not None]
    if not known:
        return Span("", role)
    return Span("".join(_block(value, *_ends(known), signs) for value in shown), role)


def _ends(known: Sequence[float]) -> tuple[float, float]:
    """Return what the lowest and the highest block stand for.

    >>> _ends([3.0, 9.0]), _ends([90.0, 110.0]), _ends([200.0, 201.0]), _ends([0.0, 0.0])
    ((0.0, 9.0), (90.0, 110.0), (190.45, 210.55), (0.0, 0.0))
    """
    low, high = min(known), max(known)
    if 0 <= low < high / 2:
        return 0.0, high
    lacking = max(0.0, max(abs(low), abs(high)) * _LEAST_MOVE - (high - low))
    return low - lacking / 2, high + lacking / 2


def _gathered(values: Sequence[float | None], room: int) -> list[float | None]:
    many = -(-len(values) // room)
    if many <= 1:
        return list(values)
    first = len(values) % many
    pieces = [values[:first]] if first else []
    pieces += [values[place : place + many] for place in range(first, len(values), many)]
    return [max((value for value in piece if value is not None), default=None) for piece in pieces]


def _block(value: float | None, low: float, high: float, signs: Signs) -> str:
    if value is None:
        return " "
    share = (value - low) / (high - low) if high > low else 0.0
    return signs.up[round(share * (len(signs.up) - 1))]
