"""Which column of a table is its text: by its name, else by how long it is."""

from __future__ import annotations

from collections.abc import Sequence

from console.db.query import Row
from console.vectors.column import VectorColumn

_TEXTS = ("text", "character varying", "character", "citext")
_NAMES = (
    *("content", "body", "text", "chunk", "document", "page_content", "processed_content", "passage", "description"),
    *("summary", "abstract", "message", "question", "answer", "comment", "note", "notes", "title", "name", "filename"),
)


def is_text(type_name: str) -> bool:
    """Return whether a type, as format_type writes it, is one of texts.

    >>> is_text("character varying(40)"), is_text("extensions.citext"), is_text("text[]"), is_text("tsvector")
    (True, True, False, False)
    """
    bare = type_name.partition("(")[0]
    return bare in _TEXTS or bare.rpartition(".")[2] == "citext"


def text_columns(column: VectorColumn) -> tuple[str, ...]:
    """Return the columns that full text search can read, the likeliest to be meant first."""
    texts = [name for name, type_name in column.columns.items() if is_text(type_name)]
    return tuple(sorted(texts, key=lambda name: (_place(name), name in column.key)))


def likeliest(column: VectorColumn, columns: Sequence[str], rows: Sequence[Row]) -> str | None:
    """Return the column whose text tells what a row is about: by its name, else the longest in the rows at hand."""
    texts = [name for name in text_columns(column) if name in columns]
    return named(texts) or longest([(name, columns.index(name)) for name in texts], rows)


def named(texts: Sequence[str]) -> str | None:
    """Return the first column whose name says that it is the text.

    >>> named(["id", "title", "body"]), named(["id", "code"])
    ('body', None)
    """
    known = [name for name in texts if _place(name) < len(_NAMES)]
    return min(known, key=_place, default=None)


def longest(texts: Sequence[tuple[str, int]], rows: Sequence[Row]) -> str | None:
    """Return the name of the column, given with its place in a row, that holds the longest text."""
    lengths = {name: sum(len(row[place] or "") for row in rows) for name, place in texts}
    return max(lengths, key=lengths.__getitem__, default=None)


def _place(name: str) -> int:
    lower = name.lower()
    return _NAMES.index(lower) if lower in _NAMES else len(_NAMES)
