"""Opens one connection: our parameters, patience with what sleeps or starts, failures in our words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from console.config import hosts
from console.config.profile import Target
from console.db.connecting import refusals, times, unchecked
from console.db.connecting.connection import Connection
from console.db.connecting.failures import redact
from console.errors import ConsoleError, Unreachable
from console.text import sanitize

Waiting = Callable[[str], None]

_TIMEOUT = 10
_PAUSES = (0.5, 1.0, 2.0)
_PATIENCE = 15.0  # seconds after which a failure is not followed by another try
# An empty value keeps libpq from taking the variable of the environment: poolers refuse startup options. A peer that
# is gone without a word is noticed within a minute, also while we wait for a statement without a timeout.
_ALWAYS: Mapping[str, Any] = {
    "options": "",
    "client_encoding": "utf8",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


async def connect(
    target: Target, *, what: str, direct: bool = False, again: bool = False, waiting: Waiting | None = None
) -> Connection:
    """Return an open connection in autocommit mode, named `dbconsole/<what>` on the server.

    A `what` with a slash is the whole name. `direct` takes the target's way around its pooler, where it has one. A
    compute that wakes or a server that starts is tried again for a few seconds, and `again`, where we have been before,
    a server that is gone as well; `waiting` then gets a sentence. Raises ConnectionFailed and its kin.
    """
    began = time.monotonic()
    for pause in (*_PAUSES, None):
        try:
            connection = await _open(target, what, direct)
            times.prepare(connection)
            return await unchecked.prepare(connection)
        except psycopg.Error as error:
            rule = refusals.rule_for(str(error))
            passing = rule.passing or (again and issubclass(rule.kind, Unreachable))
            if pause is None or not passing or time.monotonic() - began > _PATIENCE:
                # The driver's frames hold the password.
                raise _failure(error, rule, target) from error.with_traceback(None)
        if waiting is not None:
            waiting(f"{rule.title} Trying again.")
        await asyncio.sleep(pause)
    raise AssertionError("the last round returns or raises")


def parameters(target: Target, *, what: str, direct: bool = False) -> dict[str, Any]:
    """Return libpq's parameters for a connection to the target, the password among them."""
    around = direct and target.direct is not None
    chosen = target.direct if around and target.direct is not None else target.params
    password = target.direct_password if around and target.direct_password is not None else target.password
    params: dict[str, Any] = {"connect_timeout": _TIMEOUT, **_ALWAYS, **chosen}
    params["application_name"] = what if "/" in what else f"dbconsole/{what}"
    if password is not None:
        params["password"] = password
    return params


async def _open(target: Target, what: str, direct: bool) -> Connection:
    try:
        return await Connection.connect(
            autocommit=True, prepare_threshold=None, **parameters(target, what=what, direct=direct)
        )
    except asyncio.CancelledError as stopped:
        # The driver's frames hold the connection half-made: it would live as long as whoever keeps the task.
        raise stopped.with_traceback(None) from None
    except UnicodeError:  # the resolver's: a label of more than 63 signs, or signs that names do not have
        raise Unreachable(
            f"No host can have such a name. (connecting to {sanitize(target.name)})",
            hint="Look at the host of the URL.",
        ) from None


def _failure(error: psycopg.Error, rule: refusals.Rule, target: Target) -> ConsoleError:
    said = str(error).strip()
    for secret in (target.password, target.direct_password):
        said = redact(said, secret)
    title = f"{rule.title} (connecting to {sanitize(target.name)})"
    return rule.kind(title, detail=sanitize(said, lines=True), hint=_hint(rule, target), sqlstate=error.sqlstate)


def _hint(rule: refusals.Rule, target: Target) -> str:
    """Return the rule's advice, and what is known of this host besides."""
    host = hosts.of_params(target.params)
    if rule is refusals.TIMEOUT and host.provider is hosts.Provider.NEON and host.pooled:
        return f"{rule.hint} Some of Neon's poolers do not wake a compute: the direct URL, without -pooler, does."
    return rule.hint
