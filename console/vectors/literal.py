"""A vector as text: read from whatever a person pastes, written as pgvector reads it."""

from __future__ import annotations

import json
import math
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from console.errors import UsageError
from console.text import plural, sanitize
from console.vectors.metric import Kind

Numbers = Sequence[float]

_MOST = 16_000
_MOST_BITS = 64_000
_SMALLEST = 1.2e-38  # of single precision, to all its digits
_LARGEST = {Kind.HALFVEC: 65_520.0, Kind.VECTOR: 3.4028235677973366e38}  # what rounds to no number of the type
# What Python prints around numbers, and quotes of SQL.
_WRAPPED = re.compile(
    r"(?:array|tensor|vector|ARRAY)?\s*[('\"]*\s*([\[{].*[\]}](?:/\d+)?)\s*['\"]*\s*(?:,\s*\w+=.*)?\)?", re.S
)
_CAST = re.compile(r"::\s*[\w.\"]+(?:\(\d+\))?\s*;?\s*\Z")
_SPARSE = re.compile(r"\{([^{}\[\]\"]*)\}\s*(?:/\s*(\d+))?\s*\Z")
_BITS = re.compile(r"(?:[bB]'|'|0b)?([01][01_\s]*)'?\s*\Z")
_HEX = re.compile(r"[xX]'([0-9a-fA-F]+)'\s*\Z")
_PART = re.compile(r"[^\s,;]+")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\Z")
_FORMS = "Write it as [0.1, 0.2, …], as numbers with commas or blanks between them, or as {1:0.5, 7:0.1}/384."
_BIT_FORMS = "Write it as 0 and 1, such as 10110."


def parse(text: str, kind: Kind, dimensions: int | None = None) -> str:
    """Return a pasted vector as pgvector reads it for a column of a type and length (None: any).

    >>> parse("1, 2 3.50", Kind.VECTOR, 3), parse("{2:0.5}/3", Kind.VECTOR), parse("[0, 0.5]", Kind.SPARSEVEC)
    ('[1,2,3.5]', '[0,0.5,0]', '{2:0.5}/2')
    >>> parse("B'0110'", Kind.BIT, 4), parse("[1, 0]", Kind.BIT)
    ('0110', '10')

    Raises UsageError, which says what is wrong and where.
    """
    bare = _CAST.sub("", text.strip()).strip()
    if not bare:
        raise UsageError("There is no vector: the text is empty.", hint=_BIT_FORMS if kind is Kind.BIT else _FORMS)
    if kind is Kind.BIT:
        return _bits(bare, dimensions)
    if (sparse := _SPARSE.match(bare)) and (":" in sparse[1] or not sparse[1].strip()):
        return _from_sparse(sparse, kind, dimensions)
    return written(_dense(text, bare), kind, dimensions)


def written(numbers: Numbers, kind: Kind, dimensions: int | None = None) -> str:
    """Return numbers as pgvector reads them, to the last bit of single precision.

    >>> written((0.1, 0.0, -2.0), Kind.SPARSEVEC)
    '{1:0.1,3:-2}/3'

    Raises UsageError for numbers that the type cannot hold, and for a wrong count of them.
    """
    _must_fit(len(numbers), kind, dimensions)
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


def _dense(whole: str, bare: str) -> list[float]:
    found = _of_json(bare)
    if found is not None:
        return found
    inner = _WRAPPED.fullmatch(bare)
    parts = list(_PART.finditer((inner[1] if inner else bare).translate(_BRACKETS)))
    if not parts:
        raise UsageError("There is no vector: the text has no number.", hint=_FORMS)
    start = whole.find(bare) + (inner.start(1) if inner else 0)
    return [_number(part[0], place, whole, start + part.start()) for place, part in enumerate(parts, 1)]


_BRACKETS = {ord(sign): " " for sign in "[](){}"}


def _of_json(text: str) -> list[float] | None:
    """Return the numbers of a JSON document: a list of them, or the first such list in an endpoint's answer."""
    try:
        found = _list_in(json.loads(text))
    except (ValueError, RecursionError):
        return None
    return None if found is None else [_finite(float(value), place) for place, value in enumerate(found, 1)]


def _list_in(value: Any) -> list[Any] | None:
    if isinstance(value, dict):
        return next((found for each in value.values() if (found := _list_in(each)) is not None), None)
    if not isinstance(value, list) or not value:
        return None
    if all(isinstance(each, int | float) and not isinstance(each, bool) for each in value):
        return value
    found = [numbers for each in value if (numbers := _list_in(each)) is not None]
    if len(found) > 1:
        raise UsageError(f"There are {len(found):,} vectors in this text, and one is searched by.")
    return next(iter(found), None)


def _number(part: str, place: int, whole: str, at: int) -> float:
    if _NUMBER.match(part):
        return _finite(float(part), place)
    if part.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise UsageError(f"Number {place} is {sanitize(part)}, which no vector can hold.")
    raise UsageError(
        f"This is no vector: number {place}, {_where(whole, at)}, is “{sanitize(part[:40])}”.", hint=_FORMS
    )


def _where(text: str, at: int) -> str:
    line, before = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at)
    return f"line {line}, column {at - before}"


def _finite(value: float, place: int) -> float:
    if not math.isfinite(value):
        raise UsageError(f"Number {place} is {value}, which no vector can hold.")
    return value


def _from_sparse(match: re.Match[str], kind: Kind, dimensions: int | None) -> str:
    length = int(match[2]) if match[2] else dimensions
    if length is None:
        raise UsageError("A sparse vector says its length behind its numbers: {1:0.5, 7:0.1}/384.")
    _must_fit(length, kind, dimensions)
    places = _places([part.strip() for part in match[1].split(",") if part.strip()], length)
    if kind is Kind.SPARSEVEC:
        return written_places(places, length)
    return written([places.get(place, 0.0) for place in range(1, length + 1)], kind, dimensions)


def _places(parts: Sequence[str], length: int) -> dict[int, float]:
    found: dict[int, float] = {}
    for number, part in enumerate(parts, 1):
        place, _, value = (each.strip() for each in part.partition(":"))
        if not (place.isascii() and place.isdigit() and _NUMBER.match(value)):
            raise UsageError(f"This is no sparse vector: part {number} is “{sanitize(part[:40])}”.", hint=_FORMS)
        if not 1 <= int(place) <= length:
            raise UsageError(f"Place {place} is not among the {length:,} of this vector; the first is 1.")
        if int(place) in found:
            raise UsageError(f"Place {place} stands twice in this vector.")
        found[int(place)] = _finite(float(value), int(place))
    return found


def _sparse(places: Iterable[int], digits: Iterable[str], length: int) -> str:
    parts = [f"{place}:{value}" for place, value in zip(places, digits, strict=True) if value != "0"]
    if len(parts) > _MOST:
        raise UsageError(f"This vector has {len(parts):,} numbers other than 0; a sparsevec holds {_MOST:,} at most.")
    return f"{{{','.join(parts)}}}/{length}"


def _bits(bare: str, dimensions: int | None) -> str:
    if hexadecimal := _HEX.match(bare):
        signs = "".join(f"{int(digit, 16):04b}" for digit in hexadecimal[1])
    elif plain := _BITS.match(bare):
        signs = re.sub(r"[_\s]", "", plain[1])
    else:
        return written(_dense(bare, bare), Kind.BIT, dimensions)
    _must_fit(len(signs), Kind.BIT, dimensions)
    return signs


def _bit(value: float, place: int) -> bool:
    if value not in (0, 1):
        raise UsageError(f"Number {place} is {value:g}; a bit is 0 or 1.", hint=_BIT_FORMS)
    return bool(value)


def _must_hold(numbers: Iterable[tuple[int, float]], kind: Kind) -> None:
    largest = _LARGEST.get(kind, _LARGEST[Kind.VECTOR])
    for place, value in numbers:
        if not math.isfinite(value) or abs(value) >= largest:
            raise UsageError(f"Number {place} is {value:g}, which a {kind} cannot hold.")


def _must_fit(length: int, kind: Kind, dimensions: int | None) -> None:
    what = "bit" if kind is Kind.BIT else "number"
    if dimensions is not None and length != dimensions:
        raise UsageError(f"This vector has {plural(length, what)}, and the column takes {dimensions:,}.")
    most = _MOST_BITS if kind is Kind.BIT else _MOST
    if length > most and kind is not Kind.SPARSEVEC:
        raise UsageError(f"This vector has {plural(length, what)}; a {kind} holds {most:,} at most.")
