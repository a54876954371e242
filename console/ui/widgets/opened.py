"""A value laid open for reading: which lines it gives, and in a few words what it is and how large."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from console.rows.source import Column
from console.text import plural, size
from console.ui.widgets.cells import Kind, kind_of
from console.ui.widgets.columns import short_type
from console.ui.widgets.json_text import json_parts, pretty
from console.ui.widgets.papers import Dump, Paper, Text
from console.ui.widgets.parts import Part

_ITEM = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]|,|[^{},"]+', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Opened(NamedTuple):
    """What is shown of a value: the lines, and what it is in words."""

    paper: Paper
    facts: str


def opened(value: str | None, column: Column) -> Opened:
    """Lay a value open. The work may take a second for ten megabytes."""
    name = short_type(column.type_name) or "text"
    if value is None:
        return Opened(Text("NULL", lambda line: [Part(line, "null")]), f"{name} · NULL")
    kind = kind_of(column)
    if kind is Kind.JSON:
        return Opened(Text(pretty(value), json_parts), f"{name} · {_size(value)}")
    if kind is Kind.BYTEA and value.startswith("\\x"):
        return Opened(Dump(value), f"{name} · {size(len(value) // 2 - 1)}")
    if kind is Kind.VECTOR:
        return _vector(value, name)
    if kind is Kind.ARRAY and value.startswith("{"):
        found = tuple(items(value))
        return Opened(Text(_numbered(map(_said, found)), _item_parts), f"{name} · {plural(len(found), 'item')}")
    if value == "":
        return Opened(Text("''", lambda line: [Part(line, "null")]), f"{name} · empty string")
    return Opened(Text(value), f"{name} · {_size(value)} · {plural(value.count(chr(10)) + 1, 'line')}")


def items(value: str) -> Iterator[str | None]:
    r"""Yield the items of an array as PostgreSQL writes it; those of an array of arrays are arrays.

    >>> list(items('{a,NULL,"x \\"y\\"",{1,2}}'))
    ['a', None, 'x "y"', '{1,2}']
    """
    depth, held = 0, ""
    for piece in _ITEM.findall(value):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if (piece == "," and depth == 1) or (piece == "}" and depth == 0):
            if held:
                yield _item(held)
            held = ""
        elif depth > 1 or piece not in "{":
            held += piece


def norm(numbers: Sequence[float]) -> float:
    """Return the length of a vector."""
    return sqrt(sum(number * number for number in numbers))


def _item(text: str) -> str | None:
    if text == "NULL":
        return None
    return _ESCAPED.sub(r"\1", text[1:-1]) if text[0] == '"' else text


def _said(item: str | None) -> str:
    """Return an item so that NULL, an empty string and the text 'NULL' stay three things."""
    if item is None:
        return "NULL"
    return f"'{item}'" if item in ("", "NULL") else item.replace("\n", "⏎")


def _vector(value: str, name: str) -> Opened:
    body, _, dimensions = value[1:].partition("}/") if value.startswith("{") else (value.strip("[]"), "", "")
    numbers = body.split(",") if body else []
    length = norm([float(number.rpartition(":")[2]) for number in numbers])
    facts = f"{name} · {plural(int(dimensions or len(numbers)), 'dimension')} · norm {length:.4g}"
    return Opened(Text(_numbered(numbers), _item_parts), facts)


def _numbered(lines: Iterable[str]) -> str:
    all_lines = tuple(lines)
    digits = len(str(len(all_lines)))
    return "\n".join(f"{index:>{digits}}  {line}" for index, line in enumerate(all_lines, 1))


def _item_parts(line: str) -> list[Part]:
    at = line.find("  ", len(line) - len(line.lstrip())) + 2
    return [Part(line[:at], "guide"), Part(line[at:], "null" if line[at:] in ("NULL", "''") else "")]


def _size(value: str) -> str:
    return size(len(value) if value.isascii() else len(value.encode("utf-8", "replace")))
