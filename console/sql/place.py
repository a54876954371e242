"""Where in a text of SQL something is: from PostgreSQL's position to line, column and a line to show."""

from __future__ import annotations

from dataclasses import dataclass

from console.text import sanitize, width

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: `line` and `column` from 1, in characters.

    `excerpt` is the line itself, harmless for a terminal and cut to 100 cells, with a caret beneath the place.
    """

    line: int
    column: int
    excerpt: str


def place(text: str, position: int) -> Place:
    """Find a position as PostgreSQL gives it: characters of `text`, from 1. Outside the text, the nearest end.

    >>> place("SELECT 1;\\nSELECT * FORM t;", 20)
    Place(line=2, column=10, excerpt='SELECT * FORM t;\\n         ^')
    """
    at = min(max(position - 1, 0), len(text))
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)].rstrip("\r")
    return Place(text.count("\n", 0, at) + 1, at - start + 1, _excerpt(line, at - start))


def _excerpt(line: str, column: int) -> str:
    before, after = _shown(line[:column]), _shown(line[column:])
    if width(before) > _WIDTH * 3 // 4:
        before = "…" + before[-(_WIDTH // 2) :]
    room = _WIDTH - width(before)
    if len(after) > room:
        after = after[: room - 1] + "…"
    return f"{before}{after}\n{' ' * width(before)}^"


def _shown(part: str) -> str:
    return sanitize(part.replace("\t", "    "))
