"""Values written into a statement, for SQL that somebody else will send: a script for psql, for a provider's editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.db.query import Query
from console.text import HOSTILE

_HOLE = re.compile(r"%%|%\((\w+)\)s")
_SIGN = re.compile(rf"['\\]|{HOSTILE.pattern}")
_KEPT = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Expression:
    """A value that the server works out itself when it comes to the statement; `sql` is a text of ours."""

    sql: str


def bound(query: Query) -> str:
    """Return a statement of ours with its values in it. Raises TypeError for a value of a kind that no ledger has."""
    text = query.sql if isinstance(query.sql, str) else query.sql.as_string()
    if query.params is None:
        return text
    return _HOLE.sub(lambda hole: _filled(hole, query.params or {}), text)


def script(settings: Iterable[tuple[str, str]], query: Query) -> str:
    """Return a reading statement of ours for psql, with settings by name that hold for it alone.

    >>> print(script([("hnsw.ef_search", "100")], Query("SELECT %(one)s", {"one": 1})))
    BEGIN READ ONLY;
    SET LOCAL hnsw.ef_search = '100';
    SELECT 1;
    COMMIT;
    """
    # A path is a list of names, as the server writes it; in quotes it would be one name.
    local = [f"SET LOCAL {name} = {value if name == 'search_path' else literal(value)};" for name, value in settings]
    statement = f"{bound(query)};"
    return "\n".join(["BEGIN READ ONLY;", *local, statement, "COMMIT;"] if local else [statement])


def literal(value: object) -> str:
    r"""Return a value as PostgreSQL reads it, whatever its settings; no sign in it acts on a terminal.

    >>> literal("it's"), literal(r"a\b"), literal("a\x1b[31m"), literal(-5), literal(None), literal(["a", "b"])
    ("'it''s'", "E'a\\\\b'", "E'a\\x1b[31m'", '(-5)', 'NULL', "ARRAY['a', 'b']")
    """
    match value:
        case None:
            return "NULL"
        case Expression():
            return f"({value.sql})"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"({value!r})" if value < 0 else repr(value)
        case str():
            return _text(value)
        case list() | tuple():
            return f"ARRAY[{', '.join(map(literal, value))}]"
    raise TypeError(f"a value of type {type(value).__name__} has no literal")


def _filled(hole: re.Match[str], values: Mapping[str, object]) -> str:
    return literal(values[hole[1]]) if hole[1] else "%"


def _text(value: str) -> str:
    quoted = _SIGN.sub(_escaped, value)
    return f"E'{quoted}'" if "\\" in quoted else f"'{quoted}'"


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _KEPT:
        return sign
    if sign in "'\\":
        return sign * 2
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
