"""Rows as JSON, every value as what it is: numbers with all their digits, true and false, null, JSON itself, arrays.

What JSON has no word for (NaN, infinity, money, dates) is its text. Signs that a terminal would act on are escaped,
which for JSON is only another way to write them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

from console.db.query import Row
from console.db.types import NUMBERS
from console.rows.formats import arrays
from console.rows.formats.form import unique_names
from console.rows.source import Column
from console.text import HOSTILE

Write: TypeAlias = Callable[[str], str]

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_LINE_ENDS = re.compile(r"[\r\n\t]")


class Json:
    """One array of objects."""

    def __init__(self) -> None:
        self._objects = _Objects()
        self._empty = True

    def begin(self, columns: Sequence[Column]) -> str:
        """Return the opening bracket."""
        self._objects = _Objects(columns)
        return "["

    def rows(self, rows: Iterable[Row]) -> str:
        """Return an object a line."""
        lines = [f"\n  {self._objects.write(row)}" for row in rows]
        before = "" if self._empty or not lines else ","
        self._empty = self._empty and not lines
        return before + ",".join(lines)

    def end(self) -> str:
        """Return the closing bracket."""
        return "]\n" if self._empty else "\n]\n"


class JsonLines:
    """An object a line, and nothing else."""

    def __init__(self) -> None:
        self._objects = _Objects()

    def begin(self, columns: Sequence[Column]) -> str:
        """Return nothing."""
        self._objects = _Objects(columns)
        return ""

    def rows(self, rows: Iterable[Row]) -> str:
        """Return an object a line."""
        return "".join(f"{self._objects.write(row)}\n" for row in rows)

    def end(self) -> str:
        """Return nothing."""
        return ""


class _Objects:
    """Writes rows as objects, the columns' names said once."""

    def __init__(self, columns: Sequence[Column] = ()) -> None:
        self._names = [f"{quoted(name)}: " for name in unique_names(columns)]
        self._writers = [writer_of(column) for column in columns]

    def write(self, row: Row) -> str:
        values = zip(self._names, self._writers, row, strict=True)
        return (
            "{" + ", ".join(name + ("null" if value is None else write(value)) for name, write, value in values) + "}"
        )


def writer_of(column: Column) -> Write:
    """Return what writes the values of a column, NULL aside.

    >>> writer_of(Column("n", "numeric", numeric=True))("12345678901234567890.10")
    '12345678901234567890.10'
    """
    if column.type_name.endswith("[]"):
        return partial(_array, _writer(column.type_name.removesuffix("[]")))
    return _number if column.numeric else _writer(column.type_name)


def _writer(type_name: str) -> Write:
    base = type_name.partition("(")[0].rpartition(".")[2].strip()
    if base in NUMBERS:
        return _number
    return {"boolean": _boolean, "json": _json, "jsonb": _json}.get(base, quoted)


def quoted(text: str) -> str:
    """Return a text as a JSON string."""
    return _harmless(json.dumps(text, ensure_ascii=False))


def _number(value: str) -> str:
    return value if _NUMBER.fullmatch(value) else quoted(value)


def _boolean(value: str) -> str:
    return {"t": "true", "f": "false", "true": "true", "false": "false"}.get(value) or quoted(value)


def _json(value: str) -> str:
    # Line ends can only stand between tokens; within a string they are escaped already.
    return _harmless(_LINE_ENDS.sub(" ", value))


def _array(write: Write, value: str) -> str:
    found = arrays.parse(value)
    return quoted(value) if found is None else _elements(write, found)


def _elements(write: Write, elements: arrays.Array) -> str:
    written = (
        "null" if each is None else _elements(write, each) if isinstance(each, list) else write(each)
        for each in elements
    )
    return f"[{', '.join(written)}]"


def _harmless(text: str) -> str:
    return HOSTILE.sub(lambda sign: json.dumps(sign[0])[1:-1], text)
