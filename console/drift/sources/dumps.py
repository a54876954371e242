"""Files of SQL as psql takes them, pg_dump's among them: what psql would do itself is taken out, or refused."""

from __future__ import annotations

import re

from console.errors import BadSql
from console.sql import grammar, psql, statements
from console.sql.statements import Statement

_SKIPPED = frozenset({"\\restrict", "\\unrestrict"})  # pg_dump's, which only keep other commands of psql's out
_DUMPED_FROM = re.compile(r"^-- Dumped from database version (\d+)", re.MULTILINE)
_NO_ROWS = "Rows take no part in a comparison: pg_dump --schema-only leaves them out."


def split(text: str) -> tuple[str, tuple[Statement, ...]]:
    """Return a text without psql's own lines, every other sign in its place, and its statements.

    Raises BadSql with the line for rows (COPY … FROM STDIN), for commands of psql's that do something, and for what
    does not parse.
    """
    while True:
        try:
            grammar.split(text)
            break
        except grammar.SyntaxFault as fault:
            shorter = _without_line(text, fault.position)
            if shorter is None:
                raise _explained(text, fault) from None
            text = shorter
    try:
        return text, statements.split(text)
    except BadSql as error:
        raise _without_rows(error) from None


def version(text: str) -> int | None:
    """Return the major version of the server that a dump is of; None where the text does not say.

    >>> version("-- Dumped from database version 16.3 (Debian)"), version("SELECT 1")
    (16, None)
    """
    found = _DUMPED_FROM.search(text)
    return int(found[1]) if found else None


def _without_line(text: str, position: int) -> str | None:
    """Return the text with a line of psql's blanked, None when what stands there is something else."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    line = text[start:end].split()
    if not line or line[0] not in _SKIPPED:
        return None
    return text[:start] + " " * (end - start) + text[end:]


def _explained(text: str, fault: grammar.SyntaxFault) -> BadSql:
    return _without_rows(psql.explain(text, fault))


def _without_rows(error: BadSql) -> BadSql:
    if "COPY … FROM STDIN" in error.title:
        error.hint = _NO_ROWS
    return error
