"""A scratch database: made empty on a server that others use too, and dropped behind its user."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator

from console.config.profile import Guard, Target
from console.db.compose import SQL, Composed, Identifier
from console.db.guard import Consent
from console.db.session import Session

PREFIX = "dbconsole_shadow_"
_CREATE = SQL("CREATE DATABASE {} TEMPLATE template0")
_DROP = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")


@contextlib.asynccontextmanager
async def scratch(server: Target, word: Consent) -> AsyncIterator[Target]:
    """Make an empty database on a target's server for as long as the block lasts.

    Raises StatementFailed when the role may not make databases, ConnectionFailed and its kin.
    """
    name = Identifier(f"{PREFIX}{secrets.token_hex(6)}")
    try:
        await _run(server, word, _CREATE.format(name), "making a scratch database")
        yield _within(server, name.as_string().strip('"'))
    finally:
        # Once it has begun it is done to its end, however often somebody cancels.
        await asyncio.shield(_run(server, word, _DROP.format(name), "dropping the scratch database"))


async def _run(server: Target, word: Consent, statement: Composed, doing: str) -> None:
    async with (
        await Session.open(server, what="shadow", direct=True) as session,
        session.alone(word, doing=doing) as writer,
    ):
        await writer.execute(statement)


def _within(server: Target, name: str) -> Target:
    """Return the way to a database of a server, around a pooler, which would not know it."""
    params = {**(server.direct or server.params), "dbname": name}
    password = server.direct_password or server.password
    return Target("the shadow", params, password=password, guard=Guard.OPEN, origin="a scratch database")
