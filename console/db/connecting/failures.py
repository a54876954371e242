"""Turns what the driver raises into the console's own errors, with the place in the SQL and without any secret."""

from __future__ import annotations

import re
from collections.abc import Mapping

import psycopg
from psycopg import errors as pg

from console import errors
from console.db.connecting import extensions
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


def statement(
    error: psycopg.Error, doing: str, *, sql: str | None = None, start: int = 0, stopped: bool = False, version: int = 0
) -> errors.ConsoleError:
    """Return what to raise when a statement failed while `doing` something ("reading the catalog").

    The place is that of the server's position in `sql`, a text in which the statement begins at `start` (characters
    from 0). `stopped` says that we have asked the server to cancel, `version` is the server's, as a number. A lost
    connection becomes ConnectionLost.
    """
    if lost(error):
        return errors.ConnectionLost(f"The connection was lost while {doing}.", detail=said(error))
    began = f"{doing[0].upper()}{doing[1:]}"
    # A stream that fails is cancelled by the driver on its way out: that is no wish of a person's.
    if stopped and isinstance(error, pg.QueryCanceled) and "timeout" not in str(error):
        return errors.Interrupted(f"{began} was cancelled; the server has confirmed it.", sqlstate=error.sqlstate)
    where = _where(error, sql, start)
    missing = extensions.missing(error, version)
    return _kind(error)(
        f"{began} failed: {f'{missing.sentence}.' if missing else _message(error)}",
        detail=_detail(error, where),
        hint=missing.hint if missing else _hint(error),
        sqlstate=error.sqlstate,
        line=where.line if where else None,
        column=where.column if where else None,
    )


def placed_in(failed: errors.ConsoleError, doing: str, *, sql: str, start: int) -> errors.ConsoleError:
    """Return a failure of a statement that was made of another one with its place in that one, `sql`.

    `start` is where the statement that was sent would begin in it: before its beginning where something was put there.
    What has no place is returned as it is.
    """
    cause = failed.__cause__
    if failed.line is None or not isinstance(cause, psycopg.Error):
        return failed
    return statement(cause, doing, sql=sql, start=start)


def unreadable(error: UnicodeError, doing: str) -> errors.StatementFailed:
    """Return what to raise when a text could not be written, or what came could not be read, as UTF-8."""
    sent = isinstance(error, UnicodeEncodeError)
    return errors.StatementFailed(
        f"{doing[0].upper()}{doing[1:]} failed: "
        + ("the text holds what UTF-8 cannot say." if sent else "the server sent bytes that are no UTF-8."),
        detail="Nothing was sent." if sent else "A value of that result is damaged, or of another encoding.",
        hint="" if sent else "Leave columns out until it works, or read the column as column::bytea.",
    )


def lost(error: psycopg.Error) -> bool:
    """Tell whether the connection is gone: the server, or a pooler, said so, or nothing was said at all."""
    severity = error.diag.severity_nonlocalized or error.diag.severity
    if severity in ("FATAL", "PANIC") or (error.sqlstate or "").startswith(("57P0", "08")):
        return True
    said_nothing = isinstance(error, psycopg.OperationalError) and not error.sqlstate
    return said_nothing and not isinstance(error, pg.PipelineAborted)


def _kind(error: psycopg.Error) -> type[errors.ConsoleError]:
    if isinstance(error, pg.LockNotAvailable):
        return errors.LockNotAvailable
    if isinstance(error, pg.QueryCanceled):
        # The words may be of any language; a server that speaks English tells that another session has cancelled.
        return errors.Interrupted if "user request" in str(error) else errors.TimedOut
    return errors.StatementFailed


def _message(error: psycopg.Error) -> str:
    return sanitize(redact(error.diag.message_primary or str(error).strip() or type(error).__name__))


def said(error: psycopg.Error) -> str:
    """Return the driver's or the server's own words, harmless."""
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
