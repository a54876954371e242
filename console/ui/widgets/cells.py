"""One value of the database drawn in one line, so that no two kinds of value can be mistaken for each other.

NULL              NULL          leaning and faint; the text 'NULL' is drawn in quotes
empty string      ''            faint; a text that is in quotes itself is quoted once more
blanks at an end  ··text·       each blank a dot
line feed, tab    a⏎b⇥c         in the tone of hidden signs, as are all signs that a terminal would act on
boolean           true
array             {a, b, NULL}
JSON              {"a": null}   on one line
bytea             \\x4865… 12 B
vector            [0.12, -0.03, … ×1536]
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from console.rows.source import Column
from console.text import size
from console.ui.widgets.json_text import json_parts
from console.ui.widgets.parts import ELLIPSIS, Line, Part, crop, shown, width

NULL = (Part("NULL", "null"),)
EMPTY = (Part("''", "null"),)

_NUMBERS = frozenset(("smallint", "integer", "bigint", "numeric", "real", "double precision", "money", "oid", "xid8"))
_GLYPHS = {"✓": "good", "✗": "bad", "!": "warning", "●": "accent", "≠": "warning", "–": "faint", "☾": "faint"}
_ARRAY = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*"?)|(?P<null>(?<=[{,])NULL(?=[,}]))|(?P<comma>,)|(?P<faint>[{}])|(?P<value>[^{},"]+)',
    re.DOTALL,
)


class Kind(Enum):
    """How values of a column are drawn."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    JSON = "json"
    BYTEA = "bytea"
    VECTOR = "vector"
    ARRAY = "array"
    PLAIN = "plain"


def kind_of(column: Column) -> Kind:
    """Return how the values of `column` are drawn, by the name of its type.

    >>> kind_of(Column("v", "public.vector(1536)")), kind_of(Column("n", "numeric(10,2)"))
    (<Kind.VECTOR: 'vector'>, <Kind.NUMBER: 'number'>)
    """
    if column.plain:
        return Kind.PLAIN
    if column.type_name.endswith("[]"):
        return Kind.ARRAY
    base = column.type_name.partition("(")[0].rpartition(".")[2].strip()
    if column.numeric or base in _NUMBERS:
        return Kind.NUMBER
    return _KINDS.get(base, Kind.TEXT)


def is_right_aligned(column: Column) -> bool:
    """Return whether the values of `column` stand at its right edge."""
    return column.numeric or kind_of(column) is Kind.NUMBER


def draw(value: str | None, kind: Kind, room: int) -> Line:
    """Return `value` in at most `room` cells. The work depends on `room`, not on the length of the value."""
    if kind is Kind.PLAIN:
        return crop(_plain(value or "", room), room)
    if value is None:
        return crop(NULL, room)
    if value == "":
        return crop(EMPTY, room)
    return crop(_DRAWN[kind](value, room), room)


def _plain(value: str, room: int) -> Line:
    return shown(value[: _budget(room)], _GLYPHS.get(value[:1], "") if value else "")


def _text(value: str, room: int) -> Line:
    if value == "NULL" or (value[0] == value[-1] == "'"):
        quote = Part("'", "null")
        return [quote, *shown(value[: _budget(room)].replace("'", "''")), quote]
    if not value[0].isspace() and not value[-1].isspace():
        return shown(value[: _budget(room)])
    return _with_dots(value[: _budget(room)], len(value) <= _budget(room))


def _with_dots(value: str, whole: bool) -> Line:
    """Return `value` with the spaces at its start, and if it is `whole` at its end, as dots."""
    body = value.lstrip(" ")
    before = len(value) - len(body)
    text = body.rstrip(" ") if whole else body
    return [
        *([Part("·" * before, "hidden")] if before else []),
        *shown(text),
        *([Part("·" * (len(body) - len(text)), "hidden")] if len(body) > len(text) else []),
    ]


def _number(value: str, room: int) -> Line:
    return shown(value[: _budget(room)], "number")


def _boolean(value: str, room: int) -> Line:
    return shown({"t": "true", "f": "false"}.get(value, value[: _budget(room)]), "boolean")


def _json(value: str, room: int) -> Line:
    parts: list[Part] = []
    for text, tone in json_parts(value[: 2 * room + 16]):
        parts += [Part(" ")] if text.isspace() else shown(text, tone)
    return parts


def _bytea(value: str, room: int) -> Line:
    if not value.startswith("\\x"):
        return shown(value[: _budget(room)], "hex")
    tail = Part(f" {size(len(value) // 2 - 1)}", "faint")
    return [*crop([Part(value[: room + 1], "hex")], max(3, room - len(tail.text))), tail]


def _vector(value: str, room: int) -> Line:
    if width(exact := [Part(value[: room + 1].replace(",", ", "), "number")]) <= room:
        return exact
    if value[0] != "[":
        return shown(value[: _budget(room)], "number")
    tail = f"{ELLIPSIS} ×{value.count(',') + 1}]"
    head = "["
    for number in value[1 : _budget(room)].split(",")[:-1]:
        item = f"{_rounded(number)}, "
        if len(head) + len(item) + len(tail) > room:
            break
        head += item
    return [*shown(head, "number"), Part(tail, "faint")]


def _array(value: str, room: int) -> Line:
    parts: list[Part] = []
    for token in _ARRAY.finditer(value[: _budget(room)]):
        name = str(token.lastgroup)
        if name == "comma":
            parts.append(Part(", ", "faint"))
        else:
            parts += shown(token[0], "" if name == "value" else name)
    return parts


def _rounded(number: str) -> str:
    try:
        return f"{float(number):.3g}"
    except ValueError:
        return number[:12]


def _budget(room: int) -> int:
    """Return how many signs of a value are looked at: enough for signs of no width and blanks that vanish."""
    return room * 4 + 16


_KINDS = {
    "boolean": Kind.BOOLEAN,
    "bool": Kind.BOOLEAN,
    "json": Kind.JSON,
    "jsonb": Kind.JSON,
    "bytea": Kind.BYTEA,
    "vector": Kind.VECTOR,
    "halfvec": Kind.VECTOR,
    "sparsevec": Kind.VECTOR,
}
_DRAWN: dict[Kind, Callable[[str, int], Line]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.BOOLEAN: _boolean,
    Kind.JSON: _json,
    Kind.BYTEA: _bytea,
    Kind.VECTOR: _vector,
    Kind.ARRAY: _array,
}
