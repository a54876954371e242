"""Opens one connection: our parameters, patience with what sleeps or starts, failures in our words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from console.config.profile import Target
from console.db import refusals
from console.db.failures import redact
from console.text import sanitize

Connection = psycopg.AsyncConnection[TupleRow]
Waiting = Callable[[str], None]

_TIMEOUT = 10
_PAUSES = (0.5, 1.0, 2.0)
# An empty value keeps libpq from taking the variable of the environment: poolers refuse startup options.
_ALWAYS: Mapping[str, Any] = {
    "options": "",
    "client_encoding": "utf8",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
}


async def connect(target: Target, *, what: str, direct: bool = False, waiting: Waiting | None = None) -> Connection:
    """Return an open connection in autocommit mode, named `dbconsole/<what>` on the server.

    `direct` takes the target's way around its pooler, where it has one. A compute that wakes or a server that starts
    is tried again for a few seconds; `waiting` then gets a sentence. Raises ConnectionFailed and its kin.
    """
    params = parameters(target, what=what, direct=direct)
    for pause in (*_PAUSES, None):
        try:
            return await psycopg.AsyncConnection.connect(autocommit=True, prepare_threshold=None, **params)
        except psycopg.Error as error:
            rule = refusals.rule_for(str(error))
            if pause is None or not rule.passing:
                raise _failure(error, rule, target) from error
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
    params["application_name"] = f"dbconsole/{what}"
    if password is not None:
        params["password"] = str(password)
    return params


def _failure(error: psycopg.Error, rule: refusals.Rule, target: Target) -> Exception:
    said = sanitize(redact(str(error).strip(), target.password), lines=True)
    title = f"{rule.title} (connecting to {sanitize(target.name)})"
    return rule.kind(title, detail=said, hint=rule.hint, sqlstate=error.sqlstate)
