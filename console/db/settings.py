"""The settings of a transaction: SET LOCAL in one statement, so that behind a pooler nothing leaks to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from console.db.query import Query

# set_config with is_local = true is SET LOCAL; a NULL search_path keeps the one in force. The guard reads statements
# by the grammar of standard strings: with the old setting the server would end a string elsewhere. Times are read as
# ISO writes them; the order of day and month in what is typed stays as it is.
LOCAL: LiteralString = """SELECT pg_catalog.set_config('statement_timeout', %(statement)s, true),
    pg_catalog.set_config('standard_conforming_strings', 'on', true),
    pg_catalog.set_config('datestyle', 'ISO', true),
    pg_catalog.set_config('lock_timeout', %(lock)s, true),
    pg_catalog.set_config('search_path', coalesce(%(path)s, pg_catalog.current_setting('search_path')), true)"""
# What is reckoned with is read the same on every server; compiling a statement takes longer than its rows are worth.
RECKONED: LiteralString = (
    LOCAL
    + """,
    pg_catalog.set_config('jit', 'off', true),
    pg_catalog.set_config('timezone', 'UTC', true),
    pg_catalog.set_config('intervalstyle', 'postgres', true)"""
)
# Who writes is not to be ended by what a role has for its applications (transaction_timeout is there since 17), and a
# statement whose client has gone, and which therefore can never be committed, is not to hold its locks to its end.
WRITING: LiteralString = (
    LOCAL
    + """,
    CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
        THEN pg_catalog.set_config('transaction_timeout', '0', true) END,
    CASE WHEN pg_catalog.strpos(pg_catalog.version(), 'linux') > 0
        THEN pg_catalog.set_config('client_connection_check_interval', '2s', true) END"""
)
FOR_SESSION: LiteralString = """SELECT pg_catalog.set_config('statement_timeout', %(statement)s, false),
    pg_catalog.set_config('datestyle', 'ISO', false),
    pg_catalog.set_config('lock_timeout', %(lock)s, false),
    pg_catalog.set_config('default_transaction_read_only', 'off', false),
    pg_catalog.set_config('default_transaction_isolation', 'read committed', false),
    CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
        THEN pg_catalog.set_config('transaction_timeout', '0', false) END"""

# Before each statement of a transaction whose time is bounded; transaction_timeout, since 17, runs on once it runs.
_BOUNDED: LiteralString = """SELECT pg_catalog.set_config('statement_timeout', %(statement)s, true),
    pg_catalog.set_config('lock_timeout', %(lock)s, true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', %(whole)s, true),
    CASE WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 170000
        THEN pg_catalog.set_config('transaction_timeout', %(whole)s, true) END"""


@dataclass(frozen=True, slots=True)
class Limits:
    """Timeouts in seconds; 0 means none."""

    statement: float
    lock: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rest of a transaction is held to, in seconds above 0.

    `statement` and `lock` hold for each statement; after `whole` the server ends the session, also when nobody asks it
    any more.
    """

    statement: float
    lock: float
    whole: float


def bounded(bounds: Bounds) -> Query:
    """Return the statement that holds the rest of a transaction to these bounds."""
    limits = values(Limits(bounds.statement, bounds.lock))
    return Query(_BOUNDED, {**limits, "whole": f"{max(bounds.whole * 1000, 1):.0f}ms"})


def values(limits: Limits, search_path: str | None = None) -> Mapping[str, str | None]:
    """Return the parameters of LOCAL and FOR_SESSION.

    >>> values(Limits(1.5, 0), "")
    {'statement': '1500ms', 'lock': '0ms', 'path': ''}
    """
    return {"statement": f"{limits.statement * 1000:.0f}ms", "lock": f"{limits.lock * 1000:.0f}ms", "path": search_path}
