r"""Rows as separated values: CSV by RFC 4180, and text by tabs, as PostgreSQL's COPY writes it.

In CSV a NULL is nothing at all and an empty text is `""`; in text a NULL is `\N`. COPY reads both back as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from console.db.query import Row
from console.rows.source import Column

# A batch of rows is joined and looked through as one text: PostgreSQL's texts hold no NUL, so it can mark what is ours.
_CELL, _LINE, _NULL = "\0c", "\0r", "\0n"
_EDGES = re.compile(r"\x00(?:(?<=\s\x00)|[cr](?=\s|\x00[cr]|\\\.\x00))")
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$|^$|^\\\.$')
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\v": "\\v"}
_ESCAPED = re.compile(r"[\\\t\n\r\b\f\v]".replace("\\b", "\x08"))


class Csv:
    """Comma-separated values with a line of names; lines end with CR LF."""

    def begin(self, columns: Sequence[Column]) -> str:
        """Return the line of names."""
        return _csv_line([column.name for column in columns])

    def rows(self, rows: Iterable[Row]) -> str:
        """Return a line for each row."""
        batch = list(rows)
        lines = [_CELL.join([_NULL if value is None else value for value in row]) for row in batch]
        text = f"{_LINE}{_LINE.join(lines)}{_LINE}"
        if _needs_quotes(text):
            return "".join(map(_csv_line, batch))
        return text[len(_LINE) :].replace(_NULL, "").replace(_CELL, ",").replace(_LINE, "\r\n") if batch else ""

    def end(self) -> str:
        """Return nothing."""
        return ""


class Text:
    """Values separated by tabs, without names."""

    def begin(self, columns: Sequence[Column]) -> str:
        """Return nothing."""
        return ""

    def rows(self, rows: Iterable[Row]) -> str:
        """Return a line for each row."""
        return "".join("\t".join(map(_text_value, row)) + "\n" for row in rows)

    def end(self) -> str:
        """Return nothing."""
        return ""


def _needs_quotes(text: str) -> bool:
    """Tell whether any value of a joined batch must be quoted; most batches need no look at their values."""
    return any(sign in text for sign in '",\r\n') or _EDGES.search(text) is not None


def _csv_line(values: Iterable[str | None]) -> str:
    return ",".join(map(_csv_value, values)) + "\r\n"


def _csv_value(value: str | None) -> str:
    if value is None:
        return ""
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


def _text_value(value: str | None) -> str:
    return "\\N" if value is None else _ESCAPED.sub(lambda sign: _ESCAPES[sign[0]], value)
