"""Mends the one expression that PostgreSQL does not read as it has written it: `= ANY ((ARRAY[…])::text[])`.

So it writes `status IN ('a', 'b')` on a varchar column: the array is cast as a whole. Reading this, it casts each of
the elements, and from then on writes another text. Without the cast it casts the whole by itself, and the text stays.
"""

from __future__ import annotations

import re

_START = re.compile(r"\b(?:ANY|ALL) \((?=\(ARRAY\[)")
_CAST = re.compile(r'\)::(?:"(?:[^"]|"")*"|[\w .])+\[\]\)')
_TOKEN = re.compile(r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | \$(\w*)\$.*?\$\1\$ | [\[\](){}]""", re.S | re.X)


def faithful(sql: str) -> str:
    """Return a statement whose arrays the server reads as it wrote them; text within quotes stays as it is.

    >>> faithful("CHECK (((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])))")
    "CHECK (((a)::text = ANY (ARRAY['x'::character varying, 'y'::character varying])))"
    >>> faithful("SELECT 'ANY ((ARRAY[1])::text[])'")
    "SELECT 'ANY ((ARRAY[1])::text[])'"
    """
    if "((ARRAY[" not in sql:
        return sql
    parts: list[str] = []
    done = 0
    for start in _unquoted(sql, _START):
        end = _closing(sql, start.end())
        cast = _CAST.match(sql, end) if end is not None else None
        if cast is None or start.start() < done:
            continue
        parts += [sql[done : start.end()], sql[start.end() + 1 : end], ")"]
        done = cast.end()
    return "".join([*parts, sql[done:]])


def _unquoted(sql: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Return the matches that do not lie within quotes."""
    quoted = [token.span() for token in _TOKEN.finditer(sql) if token[0][0] in "'\"$"]
    found = []
    for match in pattern.finditer(sql):
        while quoted and quoted[0][1] <= match.start():
            quoted.pop(0)
        if not quoted or match.start() < quoted[0][0]:
            found.append(match)
    return found


def _closing(sql: str, opening: int) -> int | None:
    """Return the place of the bracket that closes the one at `opening`."""
    depth = 0
    for token in _TOKEN.finditer(sql, opening):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
            if depth == 0:
                return token.start()
    return None
