"""Rows as a table for people: columns aligned by what the first rows need, wide characters counted as two.

Nothing is ever cut: a later value that is wider than its column moves its own line. NULL and the empty text are shown
so that neither is mistaken for a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from console.db.query import Row
from console.rows.source import Column
from console.text import sanitize

_BETWEEN = " │ "


class Aligned:
    """A Form whose first batch of rows decides how wide the columns are; memory holds a batch."""

    def __init__(self) -> None:
        self._columns: Sequence[Column] = ()
        self._widths: list[int] = []

    def begin(self, columns: Sequence[Column]) -> str:
        """Return nothing yet: the heading is written with the first rows."""
        self._columns = columns
        return ""

    def rows(self, rows: Iterable[Row]) -> str:
        """Return a line for each row, the heading before the first."""
        shown = [[_shown(value) for value in row] for row in rows]
        heading = "" if self._widths else self._heading(shown)
        return heading + "".join(map(self._line, shown))

    def end(self) -> str:
        """Return the heading when there were no rows."""
        return "" if self._widths else self._heading([])

    def _heading(self, rows: Sequence[Sequence[str]]) -> str:
        names = [sanitize(column.name) for column in self._columns]
        self._widths = [max(map(cell_len, values)) for values in zip(names, *rows, strict=True)]
        rule = "─┼─".join("─" * width for width in self._widths)
        return f"{self._line(names)}{rule}\n"

    def _line(self, values: Sequence[str]) -> str:
        cells = map(_aligned, values, self._columns, self._widths)
        return _BETWEEN.join(cells).rstrip() + "\n"


def _aligned(text: str, column: Column, width: int) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if column.numeric else text + blanks


def _shown(value: str | None) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if value in ("", "NULL") else sanitize(value)
