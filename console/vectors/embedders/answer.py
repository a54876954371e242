"""What an endpoint of OpenAI's format answers: vectors, or what it says went wrong."""

from __future__ import annotations

import base64
import binascii
import json
import struct
from typing import Any

from console.text import sanitize
from console.vectors.embedders.embedder import Vector

_LONGEST = 16_000  # dimensions that pgvector takes
_LEAST, _MOST = 1.4e-45, 3.4028235e38  # of single precision; what is less is 0
_SHOWN = 300  # characters of what an endpoint says


class Nonsense(Exception):
    """An answer is none; the text goes on from "the answer"."""


def vectors(body: bytes, count: int) -> list[Vector | None]:
    """Return the vectors of `count` texts in their order, None for one that is all zeros. Raises Nonsense."""
    said = _json(body)
    data = said.get("data") if isinstance(said, dict) else None
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise Nonsense("has no list of embeddings")
    if len(data) != count:
        raise Nonsense(f"has {len(data)} embeddings for {count} {'text' if count == 1 else 'texts'}")
    found = [_vector(each.get("embedding")) for each in _in_order(data)]
    if len({len(vector) for vector in found}) > 1:
        raise Nonsense("has embeddings of different lengths")
    return [vector if any(abs(value) >= _LEAST for value in vector) else None for vector in found]


def said(body: bytes) -> str:
    """Return what an endpoint says about an error, harmless and short; "" where it says nothing to people."""
    try:
        found = _message(json.loads(body))
    except (ValueError, RecursionError):
        text = body.decode("utf-8", "replace").strip()
        found = "" if text.startswith("<") else text  # a page for browsers
    plain = sanitize(" ".join(found.split()))
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def code(body: bytes) -> str:
    """Return an error's code, such as `insufficient_quota`, "" without one."""
    try:
        error = json.loads(body)["error"]
        return str(error.get("code") or error.get("type") or "")
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return ""


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Nonsense("is no JSON") from None


def _in_order(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = [each.get("index") for each in data]
    if sorted(place for place in places if isinstance(place, int)) != list(range(len(data))):
        return data
    return sorted(data, key=lambda each: each["index"])


def _vector(said: object) -> Vector:
    if isinstance(said, str):
        return _finite(_decoded(said))
    if not isinstance(said, list) or not all(type(value) in (int, float) for value in said):
        raise Nonsense("has an embedding that is no list of numbers")
    try:
        return _finite(tuple(map(float, said)))
    except OverflowError:
        raise Nonsense("has an embedding with a number beyond all bounds") from None


def _decoded(said: str) -> Vector:
    """Return a vector that came as base64 of single-precision numbers."""
    try:
        raw = base64.b64decode(said, validate=True)
        return struct.unpack(f"<{len(raw) // 4}f", raw)
    except (binascii.Error, ValueError, struct.error):
        raise Nonsense("has an embedding that is no list of numbers") from None


def _finite(vector: Vector) -> Vector:
    if not 0 < len(vector) <= _LONGEST:
        raise Nonsense(f"has an embedding of {len(vector):,} dimensions")
    if not all(abs(value) <= _MOST for value in vector):
        raise Nonsense("has an embedding with a number beyond all bounds")
    return vector


def _message(found: object) -> str:
    """Return the words of an error, wherever servers put them: error.message, error, detail, message."""
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        return _message(found[0]) if found else ""
    if not isinstance(found, dict):
        return ""
    keys = ("error", "message", "detail", "msg")
    return next((words for key in keys if key in found and (words := _message(found[key]))), "")
