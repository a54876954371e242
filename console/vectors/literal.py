"""A vector as text: written as pgvector reads it, read as the server writes it."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence

from console.errors import UsageError
from console.text import plural
from console.vectors.metric import Kind

Numbers = Sequence[float]

_MOST = 16_000
_MOST_BITS = 64_000
_SMALLEST = 1.2e-38  # of single precision, to all its digits
_LARGEST = {Kind.HALFVEC: 65_520.0, Kind.VECTOR: 3.4028235677973366e38}  # what rounds to no number of the type
BIT_FORMS = "Write it as 0 and 1, such as 10110."


def written(numbers: Numbers, kind: Kind, dimensions: int | None = None) -> str:
    """Return numbers as pgvector reads them, to the last bit of single precision.

    >>> written((0.1, 0.0, -2.0), Kind.SPARSEVEC)
    '{1:0.1,3:-2}/3'

    Raises UsageError for numbers that the type cannot hold, and for a wrong count of them.
    """
    must_fit(len(numbers), kind, dimensions)
    if kind is Kind.BIT:
        return "".join("1" if _bit(value, place) else "0" for place, value in enumerate(numbers, 1))
    _must_hold(enumerate(numbers, 1), kind)
    digits = _digits(numbers)
    if kind is not Kind.SPARSEVEC:
        return f"[{','.join(digits)}]"
    return _sparse(range(1, len(numbers) + 1), digits, len(numbers))


def numbers_of(text: str, kind: Kind) -> list[float]:
    """Return the numbers of a vector as the server wrote it.

    >>> numbers_of("[1,0.5]", Kind.VECTOR), numbers_of("{2:0.5}/3", Kind.SPARSEVEC), numbers_of("01", Kind.BIT)
    ([1.0, 0.5], [0.0, 0.5, 0.0], [0.0, 1.0])
    """
    if kind is Kind.BIT:
        return [float(sign) for sign in text]
    if kind is not Kind.SPARSEVEC:
        return [float(part) for part in text[1:-1].split(",")]
    found = places_of(text)
    return [found.get(place, 0.0) for place in range(1, int(text.rpartition("/")[2]) + 1)]


def places_of(text: str) -> dict[int, float]:
    """Return the numbers of a sparse vector other than 0, by their places from 1, as the server wrote it.

    >>> places_of("{2:0.5,7:-1}/384")
    {2: 0.5, 7: -1.0}
    """
    parts = [part.partition(":") for part in text[1:].partition("}/")[0].split(",") if part]
    return {int(place): float(value) for place, _, value in parts}


def written_places(places: Mapping[int, float], length: int) -> str:
    """Return a sparse vector as pgvector reads it. Raises UsageError for numbers that it cannot hold.

    >>> written_places({7: -1.0, 2: 0.5, 3: 0.0}, 384)
    '{2:0.5,7:-1}/384'
    """
    _must_hold(places.items(), Kind.SPARSEVEC)
    ordered = sorted(places)
    return _sparse(ordered, _digits([places[place] for place in ordered]), length)


def is_zero(literal: str) -> bool:
    """Return whether a vector that was written here is nothing but zeros.

    >>> is_zero("[0,0]"), is_zero("{}/3"), is_zero("[0,0.5]"), is_zero("000")
    (True, True, False, True)
    """
    return not re.search(r"[1-9]", literal.rpartition("}/")[0] or literal)


def leaves_single(literal: str, kind: Kind) -> bool:
    """Return whether the squares of a vector leave single precision, in which pgvector computes.

    >>> leaves_single("[1e30,0]", Kind.VECTOR), leaves_single("[0,1e-30]", Kind.VECTOR)
    (True, True)
    >>> leaves_single("[1,2]", Kind.VECTOR), leaves_single("{}/3", Kind.SPARSEVEC)
    (False, False)
    """
    if kind is Kind.BIT:
        return False
    numbers = places_of(literal).values() if kind is Kind.SPARSEVEC else numbers_of(literal, kind)
    square = math.fsum(value * value for value in numbers)
    return square > _LARGEST[Kind.VECTOR] or 0 < square < _SMALLEST


def _digits(numbers: Numbers) -> list[str]:
    """Return numbers with as many digits as single precision needs to come back as they are."""
    single = array("f", numbers)
    short = [format(value, ".7g") if value else "0" for value in single]
    back = array("f", map(float, short))
    return [
        text if same == value else format(value, ".9g") for text, same, value in zip(short, back, single, strict=True)
    ]


def _sparse(places: Iterable[int], digits: Iterable[str], length: int) -> str:
    parts = [f"{place}:{value}" for place, value in zip(places, digits, strict=True) if value != "0"]
    if len(parts) > _MOST:
        raise UsageError(f"This vector has {len(parts):,} numbers other than 0; a sparsevec holds {_MOST:,} at most.")
    return f"{{{','.join(parts)}}}/{length}"


def _bit(value: float, place: int) -> bool:
    if value not in (0, 1):
        raise UsageError(f"Number {place} is {value:g}; a bit is 0 or 1.", hint=BIT_FORMS)
    return bool(value)


def _must_hold(numbers: Iterable[tuple[int, float]], kind: Kind) -> None:
    largest = _LARGEST.get(kind, _LARGEST[Kind.VECTOR])
    for place, value in numbers:
        if not math.isfinite(value) or abs(value) >= largest:
            raise UsageError(f"Number {place} is {value:g}, which a {kind} cannot hold.")


def must_fit(length: int, kind: Kind, dimensions: int | None) -> None:
    """Raise UsageError for a length that is not the column's, or more than the type holds."""
    what = "bit" if kind is Kind.BIT else "number"
    if dimensions is not None and length != dimensions:
        raise UsageError(f"This vector has {plural(length, what)}, and the column takes {dimensions:,}.")
    most = _MOST_BITS if kind is Kind.BIT else _MOST
    if length > most and kind is not Kind.SPARSEVEC:
        raise UsageError(f"This vector has {plural(length, what)}; a {kind} holds {most:,} at most.")
