"""Array literals of PostgreSQL, `{1,NULL,"a b"}`, taken apart."""

from __future__ import annotations

import re
from typing import TypeAlias

Array: TypeAlias = "list[str | Array | None]"

_BOUNDS = re.compile(r"(\[[-+]?\d+:[-+]?\d+\])+=")
_TOKEN = re.compile(r'\{|\}|,|"((?:[^"\\]|\\.)*)"|([^{},"\\\s](?:[^{},"\\]|\\.)*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def parse(literal: str) -> Array | None:
    """Return the elements, nested as the array is; None for what is no array literal with commas.

    >>> parse('{1,NULL,"NULL"}'), parse('[0:1]={{a},{"b c"}}'), parse("{}")
    (['1', None, 'NULL'], [['a'], ['b c']], [])
    """
    bounds = _BOUNDS.match(literal)
    at = bounds.end() if bounds else 0
    outer: Array = []
    open_arrays: list[Array] = [outer]
    while at < len(literal):
        token = _TOKEN.match(literal, at)
        if token is None or not _take(token, open_arrays):
            return None
        at = token.end()
    inner = outer[0] if len(outer) == 1 and len(open_arrays) == 1 else None
    return inner if isinstance(inner, list) else None


def _take(token: re.Match[str], open_arrays: list[Array]) -> bool:
    """Put one token in its place; False when it has none."""
    if token[0] == "{":
        inner: Array = []
        open_arrays[-1].append(inner)
        open_arrays.append(inner)
    elif token[0] == "}":
        open_arrays.pop()
        return bool(open_arrays)
    elif token[1] is not None:
        open_arrays[-1].append(_ESCAPED.sub(r"\1", token[1]))
    elif token[2] is not None:
        open_arrays[-1].append(None if token[2] == "NULL" else _ESCAPED.sub(r"\1", token[2]))
    return True
