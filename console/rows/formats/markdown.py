"""Rows as a table in Markdown (GitHub's), where no value can end its cell, be markup or hide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from console.db.query import Row
from console.rows.source import Column
from console.text import sanitize

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&]")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Markdown:
    """A table; NULL leans, an empty text is an empty cell."""

    def begin(self, columns: Sequence[Column]) -> str:
        """Return the names and the line below them, which aligns numbers to the right."""
        names = _line([escape(column.name) for column in columns])
        return names + _line(["---:" if column.numeric else "---" for column in columns])

    def rows(self, rows: Iterable[Row]) -> str:
        """Return a line for each row."""
        return "".join(_line(["*NULL*" if value is None else escape(value) for value in row]) for row in rows)

    def end(self) -> str:
        """Return nothing."""
        return ""


def escape(text: str) -> str:
    r"""Return a text that Markdown shows as it is, in one line.

    >>> escape("a|b *c*\nd 1.5")
    'a\\|b \\*c\\*<br>d 1.5'
    """
    return "<br>".join(_MARKUP.sub(r"\\\g<0>", sanitize(line)) for line in _LINE_END.split(text))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
