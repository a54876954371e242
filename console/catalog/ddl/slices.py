"""Writes slices of arrays so that psql leaves them alone: it takes `:"USER"` and `:name` for variables of its own.

The server writes `counts["HOST":"USER"]`. Behind a blank a name is no variable, and the meaning stays.
"""

from __future__ import annotations

import re

_VARIABLE = re.compile(r"""(?<!:):(?=["'\w{])""")
_TOKEN = re.compile(r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | \$(\w*)\$.*?\$\1\$ | :: | (:)(?=["'\w{])""", re.S | re.X)


def faithful(sql: str) -> str:
    """Return a statement that psql gives to the server as it is; text within quotes stays as it is.

    >>> print(faithful('SELECT n["HOST":"USER"], n[1:size], \\'12:30\\'::interval AS "a:b"'))
    SELECT n["HOST": "USER"], n[1: size], '12:30'::interval AS "a:b"
    """
    if not _VARIABLE.search(sql):
        return sql
    return _TOKEN.sub(lambda token: ": " if token[2] else token[0], sql)
