"""Sentences in the room of a panel, where an error tells what is wrong with its statement."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from console.text import cut, sanitize

_MARK = "^"


def folded(text: str, width: int) -> list[str]:
    """Return the lines of a text, broken between words, harmless for a terminal.

    A line with a caret below it is cut where it is too long, and the caret stays below what it is about.

    >>> folded("It failed:\\nSELECT a, b FROM nowhere, there\\n                 ^\\nIs the schema right?", 16)
    ['It failed:', '…b FROM nowhere…', '        ^', 'Is the schema', 'right?']
    """
    width = max(1, width)
    found: list[str] = []
    for line, below in pairwise((*sanitize(text, lines=True).expandtabs().split("\n"), "")):
        if below.strip() == _MARK:
            found += _pointed_at(line, below.index(_MARK), width)
        elif line.strip() != _MARK:
            found += textwrap.wrap(line, width) or [""]
    return found


def _pointed_at(line: str, place: int, width: int) -> tuple[str, str]:
    if place >= width:
        left_out = place - width // 2
        line, place = f"…{line[left_out + 1 :]}", width // 2
    return cut(line, width), f"{' ' * place}{_MARK}"
