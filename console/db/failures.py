"""Turns what the driver raises into the console's own errors, with the place in the SQL and without any secret."""

from __future__ import annotations

import re
from collections.abc import Mapping

import psycopg
from psycopg import errors as pg

from console import errors
from console.sql.place import Place, place
from console.text import sanitize

_SECRETS = (
    re.compile(r"(?i)(password\s*=\s*)('(?:[^'\\]|\\.)*'|\S+)"),
    re.compile(r"(?i)(://[^:/@\s]*:)[^@\s]+(@)"),
    re.compile(r"(?i)(\bpassword\s+)'[^']*'"),
)


def redact(text: str, secret: str | None = None) -> str:
    """Return `text` without anything that looks like a password, and without `secret`.

    >>> redact('missing "=" after "postgresql+psycopg://app:s3cret@db/x" in connection info string')
    'missing "=" after "postgresql+psycopg://app:…@db/x" in connection info string'
    """
    if secret:
        text = text.replace(secret, "…")
    text = _SECRETS[0].sub(r"\1…", text)
    text = _SECRETS[1].sub(r"\1…\2", text)
    return _SECRETS[2].sub(r"\1'…'", text)


def statement(error: psycopg.Error, doing: str, *, sql: str | None = None, start: int = 0) -> errors.ConsoleError:
    """Return what to raise when a statement failed while `doing` something ("reading the catalog").

    The place is that of the server's position in `sql`, a text in which the statement begins at `start` (characters
    from 0). A lost connection becomes ConnectionLost.
    """
    if _lost(error):
        return errors.ConnectionLost(f"The connection was lost while {doing}.", detail=_said(error))
    kind = _kind(error)
    where = _where(error, sql, start)
    return kind(
        f"{doing[0].upper()}{doing[1:]} failed: {_message(error)}",
        detail=_detail(error, where),
        hint=_hint(error),
        sqlstate=error.sqlstate,
        line=where.line if where else None,
        column=where.column if where else None,
    )


def _kind(error: psycopg.Error) -> type[errors.ConsoleError]:
    if isinstance(error, pg.LockNotAvailable):
        return errors.LockNotAvailable
    if isinstance(error, pg.QueryCanceled):
        return errors.TimedOut if "timeout" in str(error) else errors.Interrupted
    return errors.StatementFailed


def _lost(error: psycopg.Error) -> bool:
    state = error.sqlstate or ""
    if state.startswith(("57P0", "08")):
        return True
    return isinstance(error, psycopg.OperationalError) and not state


def _message(error: psycopg.Error) -> str:
    return sanitize(redact(error.diag.message_primary or str(error).strip() or type(error).__name__))


def _said(error: psycopg.Error) -> str:
    return sanitize(redact(str(error).strip()), lines=True)


def _where(error: psycopg.Error, sql: str | None, start: int) -> Place | None:
    position = error.diag.statement_position
    if not sql or not position:
        return None
    return place(sql, start + int(position))


def _detail(error: psycopg.Error, where: Place | None) -> str:
    diag = error.diag
    parts = [
        f"Line {where.line}, column {where.column}:\n{where.excerpt}" if where else "",
        diag.message_detail or "",
        f"Context: {diag.context}" if diag.context else "",
    ]
    return "\n".join(sanitize(redact(part), lines=True) for part in parts if part)


_HINTS: Mapping[str, str] = {
    "42501": "Ask the owner of the object for the privilege, or connect as a role that has it.",
    "25006": "This session only reads. Writing is a deliberate act: see --write and --confirm.",
    "57014": "Give it more time with statement_timeout in the profile, or ask for less.",
    "55P03": "Somebody else holds the lock; `dbconsole activity` tells who.",
    "53300": "The server has no connection left: close some, or connect through the pooler.",
    "42P01": "Is the schema right? `dbconsole inspect` lists what there is.",
}


def _hint(error: psycopg.Error) -> str:
    given = error.diag.message_hint
    return sanitize(redact(given)) if given else _HINTS.get(error.sqlstate or "", "")
