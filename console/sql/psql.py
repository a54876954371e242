"""What was written for psql is recognised where the grammar only sees a syntax error, and said in a sentence."""

from __future__ import annotations

import re

from console.errors import BadSql
from console.sql import grammar
from console.sql.place import place

_COPY_FROM_STDIN = re.compile(r"^[ \t]*copy\b[^;]*?\bfrom\s+stdin\b[^;]*;", re.IGNORECASE | re.MULTILINE)
_HINTS = (
    (r":['\"]?\w", "A variable of psql (:name) is not filled in here: write the value."),
    ("\ufeff", "The file begins with a byte order mark: save it as UTF-8 without one."),
    (
        r"\w*[\u00a0\u2000-\u200b\u202f\u3000]",
        "A special space stands here, as web pages have it: type an ordinary one.",
    ),
    ("[‘’“”]", "SQL wants straight quotes: ' for values, \" for names."),
)


def explain(text: str, fault: grammar.SyntaxFault) -> BadSql:
    """Return a better error than the grammar's where there is one; else the grammar's own, perhaps with a hint."""
    copy = _copy_before(text, fault.position)
    if copy is not None:
        return copy_from_stdin(text, copy)
    rest = text[fault.position :]
    if rest.startswith("\\"):
        return _backslash(text, fault.position, rest.split(None, 1)[0])
    fault.hint = next((hint for pattern, hint in _HINTS if re.match(pattern, rest)), "")
    return fault


def copy_from_stdin(text: str, at: int) -> BadSql:
    """Return the error for a `COPY … FROM STDIN` that begins at this place, in characters from 0."""
    return _error(
        text,
        at,
        "COPY … FROM STDIN needs data from a client and cannot be run from a file here",
        hint="Write the rows as INSERT (`pg_dump --inserts` does), or import them from a CSV file.",
    )


def _copy_before(text: str, position: int) -> int | None:
    """Return where the last `COPY … FROM STDIN;` before a place begins: its data is what the grammar stumbles over."""
    found = list(_COPY_FROM_STDIN.finditer(text, 0, position))
    if not found:
        return None
    try:
        grammar.split(text[: found[-1].end()])
    except grammar.SyntaxFault:
        return None
    return found[-1].start()


def _backslash(text: str, at: int, command: str) -> BadSql:
    hint = "Write it as SQL, or run it with psql."
    if command in ("\\restrict", "\\unrestrict"):
        hint = "pg_dump writes this line for psql: delete it."
    return _error(text, at, f"{command} is a command of psql, not SQL", hint=hint)


def _error(text: str, at: int, what: str, *, hint: str) -> BadSql:
    where = place(text, at + 1)
    return BadSql(f"Line {where.line}: {what}.", detail=where.excerpt, hint=hint, line=where.line, column=where.column)
