"""JSON as text: in tones, and laid out over lines, token by token, so that not a digit and not a key is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.ui.widgets.parts import Part

_INDENT = "  "
_DEEPEST = 40  # levels that are indented; hostile nesting would make the text grow by the square
_PART = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<string>"(?:[^"\\]|\\.)*"?)|(?P<number>-?\d[\d.eE+-]*)'
    r"|(?P<boolean>\b(?:true|false|null)\b)|(?P<space>\s+)|(?P<faint>[{}\[\],:]+)|(?P<other>.)",
    re.DOTALL,
)
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"?|\{\s*\}|\[\s*\]|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def json_parts(text: str) -> Iterator[Part]:
    """Cut JSON, or a piece of it, into toned parts that together are the text. Never raises."""
    for found in _PART.finditer(text):
        kind = str(found.lastgroup)
        yield Part(found[0], "" if kind in ("space", "other") else kind)


def pretty(text: str) -> str:
    r"""Return JSON with each member and item on its own line; numbers, order and repeated keys stay as they are.

    >>> print(pretty('{"a": [1.00, {}], "a": null}'))
    {
      "a": [
        1.00,
        {}
      ],
      "a": null
    }
    """
    return "".join(_laid_out(text))


def _laid_out(text: str) -> Iterator[str]:
    depth = 0
    for piece in _PIECE.findall(text):
        if piece in "{[":
            depth += 1
            yield piece + _break(depth)
        elif piece in "}]":
            depth -= 1
            yield _break(depth) + piece
        elif piece == ",":
            yield piece + _break(depth)
        elif piece == ":":
            yield ": "
        else:
            yield piece if piece[0] not in "{[" else piece[0] + piece[-1]


def _break(depth: int) -> str:
    return "\n" + _INDENT * max(0, min(depth, _DEEPEST))
