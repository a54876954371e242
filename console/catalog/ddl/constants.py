"""Says the name that a column of a query has by itself, where PostgreSQL leaves it out and reads another: `'a'::text`.

`SELECT 'a'` in a function's body or below EXISTS is written as `SELECT 'a'::text`, of a column without a name; read
again, the column is called `text`, and from then on this is written too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LIST = re.compile(r"\b(?:SELECT (?:DISTINCT )?|RETURNING )\s*")
_TOKEN = re.compile(
    r"""E?'(?:[^']|'')*' | "(?:[^"]|"")*" | [\[(] | [\])] | , | ;
    | \b(?:FROM|WHERE|GROUP|HAVING|WINDOW|UNION|INTERSECT|EXCEPT|ORDER|LIMIT|OFFSET|FETCH|FOR)\b""",
    re.X,
)
_CONSTANT = re.compile(r"""(?:E?'(?:[^']|'')*'|NULL)::(?!.*\sAS\s)["\w .]+(?:\(\d+(?:,\d+)?\))?(?:\[\])*""")
_NAMELESS = ' AS "?column?"'


def faithful(sql: str) -> str:
    """Return a statement whose nameless constants the server reads as it wrote them.

    >>> print(faithful("EXISTS ( SELECT 'a''b'::text, t.c, 1 AS x, NULL::text[] FROM t)"))
    EXISTS ( SELECT 'a''b'::text AS "?column?", t.c, 1 AS x, NULL::text[] AS "?column?" FROM t)
    >>> faithful("SELECT 'SELECT ''a''::text'::text AS a")
    "SELECT 'SELECT ''a''::text'::text AS a"
    """
    if "SELECT" not in sql or "::" not in sql:
        return sql
    parts: list[str] = []
    done = 0
    for end in sorted({end for start in _selects(sql) for end in _nameless(sql, start)}):
        parts += [sql[done:end], _NAMELESS]
        done = end
    return "".join([*parts, sql[done:]])


def _selects(sql: str) -> Iterator[int]:
    """Yield the places where a list of columns begins, outside quotes."""
    quoted = [token.span() for token in _TOKEN.finditer(sql) if token[0][0] in "'\"E" and token[0][-1] in "'\""]
    for match in _LIST.finditer(sql):
        if not any(start < match.start() < end for start, end in quoted):
            yield match.end()


def _nameless(sql: str, start: int) -> Iterator[int]:
    """Yield the places behind constants that stand alone in a list of columns."""
    depth = 0
    for token in _TOKEN.finditer(sql, start):
        text = token[0]
        if text in "([":
            depth += 1
        elif depth and text in ")]":
            depth -= 1
        elif depth == 0 and text[-1] not in "'\"":
            item = sql[start : token.start()].rstrip()
            if _CONSTANT.fullmatch(item.lstrip()):
                yield start + len(item)
            if text != ",":
                return
            start = token.end()
    if _CONSTANT.fullmatch(sql[start:].strip()):
        yield start + len(sql[start:].rstrip())
