"""SQL is laid out to be read; what no formatter lays out faithfully stays as it was written."""

from __future__ import annotations

from typing import Any

from console.errors import BadSql
from console.sql import grammar

_PLACES = frozenset({"location", "stmt_location", "stmt_len", "list_start", "list_end", "rexpr_list_start"})


def pretty(text: str) -> str:
    """Return SQL laid out over lines, with keywords in capitals; the text itself where that cannot be done safely.

    A layout is taken only if PostgreSQL's grammar reads it as the very same statements: sqlglot likes to replace
    functions by their cousins. Texts with comments stay, since formatters move or drop them.
    """
    stripped = text.strip()
    if not stripped or "--" in stripped or "/*" in stripped:
        return text
    meaning = _meaning(stripped)
    if meaning is None:
        return text
    for layout in (_sqlglot, _postgast):
        laid_out = layout(stripped)
        if laid_out and _meaning(laid_out) == meaning:
            return laid_out.rstrip(";") + (";" if stripped.endswith(";") else "")
    return text


def _sqlglot(text: str) -> str:
    import logging

    import sqlglot

    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # its warnings would be written over the screen
    try:
        parts = sqlglot.transpile(text, read="postgres", write="postgres", pretty=True)
    except (sqlglot.errors.SqlglotError, RecursionError):
        return ""
    return ";\n\n".join(part for part in parts if part)


def _postgast(text: str) -> str:
    import postgast
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    try:
        return str(postgast.format_sql(text))
    except (postgast.PgQueryError, DecodeError, RecursionError):
        return ""


def _meaning(text: str) -> Any:
    try:
        return [(tree.kind, _placeless(tree.fields)) for tree in grammar.parse(text)]
    except (BadSql, RecursionError):
        return None


def _placeless(value: Any) -> Any:
    """Return a tree without the places its parts were written at."""
    if isinstance(value, list):
        return [_placeless(item) for item in value]
    if isinstance(value, dict):
        return {name: _placeless(part) for name, part in value.items() if name not in _PLACES}
    return value
