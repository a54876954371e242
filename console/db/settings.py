"""The settings of a transaction: SET LOCAL in one statement, so that behind a pooler nothing leaks to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

# set_config with is_local = true is SET LOCAL; a NULL search_path keeps the one in force. The guard reads statements
# by the grammar of standard strings: with the old setting the server would end a string elsewhere.
LOCAL: LiteralString = """SELECT pg_catalog.set_config('statement_timeout', %(statement)s, true),
    pg_catalog.set_config('standard_conforming_strings', 'on', true),
    pg_catalog.set_config('lock_timeout', %(lock)s, true),
    pg_catalog.set_config('search_path', coalesce(%(path)s, pg_catalog.current_setting('search_path')), true)"""
FOR_SESSION: LiteralString = """SELECT pg_catalog.set_config('statement_timeout', %(statement)s, false),
    pg_catalog.set_config('lock_timeout', %(lock)s, false)"""


@dataclass(frozen=True, slots=True)
class Limits:
    """Timeouts in seconds; 0 means none."""

    statement: float
    lock: float


def values(limits: Limits, search_path: str | None = None) -> Mapping[str, str | None]:
    """Return the parameters of LOCAL and FOR_SESSION.

    >>> values(Limits(1.5, 0), "")
    {'statement': '1500ms', 'lock': '0ms', 'path': ''}
    """
    return {"statement": f"{limits.statement * 1000:.0f}ms", "lock": f"{limits.lock * 1000:.0f}ms", "path": search_path}
