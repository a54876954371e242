"""A vector that a person pastes: whatever form it has, it becomes the text that pgvector reads."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from console.errors import UsageError
from console.text import sanitize
from console.vectors import literal
from console.vectors.metric import Kind

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
        raise UsageError(
            "There is no vector: the text is empty.", hint=literal.BIT_FORMS if kind is Kind.BIT else _FORMS
        )
    if kind is Kind.BIT:
        return _bits(bare, dimensions)
    if (sparse := _SPARSE.match(bare)) and (":" in sparse[1] or not sparse[1].strip()):
        return _from_sparse(sparse, kind, dimensions)
    return literal.written(_dense(text, bare), kind, dimensions)


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
    literal.must_fit(length, kind, dimensions)
    places = _places([part.strip() for part in match[1].split(",") if part.strip()], length)
    if kind is Kind.SPARSEVEC:
        return literal.written_places(places, length)
    return literal.written([places.get(place, 0.0) for place in range(1, length + 1)], kind, dimensions)


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


def _bits(bare: str, dimensions: int | None) -> str:
    if hexadecimal := _HEX.match(bare):
        signs = "".join(f"{int(digit, 16):04b}" for digit in hexadecimal[1])
    elif plain := _BITS.match(bare):
        signs = re.sub(r"[_\s]", "", plain[1])
    else:
        return literal.written(_dense(bare, bare), Kind.BIT, dimensions)
    literal.must_fit(len(signs), Kind.BIT, dimensions)
    return signs
