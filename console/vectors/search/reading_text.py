"""Which part of a row is its text: by the name of a column or of a member of its JSON, else by how long it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.db.query import Row
from console.vectors.column import VectorColumn
from console.vectors.text_path import TextPath, document, is_document, parse

_TEXTS = ("text", "character varying", "character", "citext")
# The first ones are what a row says in full.
_BODIES = (
    *("content", "body", "text", "chunk", "document", "page_content", "pagecontent", "processed_content", "passage"),
    *("chunk_text", "chunk_content", "text_content", "raw_text", "transcript", "memory", "data", "description"),
)
_NAMES = (
    *_BODIES,
    *("summary", "abstract", "message", "question", "answer", "comment", "note", "notes", "title", "name", "filename"),
)
_LOOKED_AT = 20  # rows whose JSON is looked into
_DEEP = 2  # members within members


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


def document_columns(column: VectorColumn) -> tuple[str, ...]:
    """Return the columns whose JSON may hold a text."""
    return tuple(name for name, type_name in column.columns.items() if is_document(type_name))


def says_it_all(column: VectorColumn) -> bool:
    """Tell whether a column is by its name the text of a row, so that no JSON needs to be looked into."""
    return any(_place(name) < len(_BODIES) for name in text_columns(column)) or not document_columns(column)


def texts(column: VectorColumn, columns: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Return all that may be a row's text by the rows at hand, paths into JSON among it, the likeliest first."""
    plain = [name for name in text_columns(column) if name in columns]
    likely = likeliest(column, columns, rows)
    found = dict.fromkeys([*([likely] if likely else []), *plain, *_lengths(column, columns, rows)])
    return tuple(found)


def likeliest(column: VectorColumn, columns: Sequence[str], rows: Sequence[Row]) -> str | None:
    """Return the column, or the path, whose text tells what a row is about: by its name, else the longest text."""
    plain = [name for name in text_columns(column) if name in columns]
    first = named(plain)
    if first is not None and _place(first) < len(_BODIES):
        return first
    inside = _lengths(column, columns, rows)
    body = named([name for name in inside if _place(name) < len(_BODIES)])
    if body is not None or first is not None:
        return body or first
    lengths = [(name, columns.index(name)) for name in plain]
    told = longest([each for each in lengths if each[0] not in column.key], rows)
    if told is not None or not inside:
        return told or longest(lengths, rows)
    return named(list(inside)) or max(inside, key=inside.__getitem__)


def named(texts: Sequence[str]) -> str | None:
    """Return the first one whose name says that it is the text.

    >>> named(["id", "title", "body"]), named(["id", "code"]), named(["m->>'source'", "m->>'text'"])
    ('body', None, "m->>'text'")
    """
    known = [name for name in texts if _place(name) < len(_NAMES)]
    return min(known, key=_place, default=None)


def longest(texts: Sequence[tuple[str, int]], rows: Sequence[Row]) -> str | None:
    """Return the name of the column, given with its place in a row, that holds the longest text."""
    lengths = {name: sum(len(row[place] or "") for row in rows) for name, place in texts}
    return max(lengths, key=lengths.__getitem__, default=None)


def _lengths(column: VectorColumn, columns: Sequence[str], rows: Sequence[Row]) -> dict[str, int]:
    """Return the paths to texts in JSON of some rows, with the signs that they have."""
    found: dict[str, int] = {}
    for name in document_columns(column):
        if name not in columns:
            continue
        place = columns.index(name)
        for row in rows[:_LOOKED_AT]:
            for members, text in _strings(document(row[place])):
                path = TextPath(name, members).name
                if parse(path, columns) is not None:  # what cannot be written is no path
                    found[path] = found.get(path, 0) + len(text)
    return found


def _strings(value: object, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if not isinstance(value, dict):
        return
    for member, inner in value.items():
        if isinstance(inner, str) and member:
            yield (*above, member), inner
        elif len(above) + 1 < _DEEP and member:
            yield from _strings(inner, (*above, member))


def _place(name: str) -> int:
    """Return how likely a column, or the last member of a path, is to be the text: less is likelier."""
    last = name.rpartition("->>")[2].strip("'") if name.endswith("'") else name
    lower = last.lower()
    return _NAMES.index(lower) if lower in _NAMES else len(_NAMES)
