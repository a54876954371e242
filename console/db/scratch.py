"""A scratch database: made empty on a server that others use too, and dropped behind its user."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator

from console.config.profile import Guard, Target
from console.db.compose import SQL, Composed, Identifier
from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.sql import queries

PREFIX = "dbconsole_shadow_"
_CREATE = SQL("CREATE DATABASE {} TEMPLATE template0")
_UNSUBSCRIBE = (
    SQL("ALTER SUBSCRIPTION {} DISABLE"),
    SQL("ALTER SUBSCRIPTION {} SET (slot_name = NONE)"),
    SQL("DROP SUBSCRIPTION {}"),
)
_IN_USE = "55006"
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
        await asyncio.shield(_drop(server, word, name))


async def _drop(server: Target, word: Consent, name: Identifier) -> None:
    """Drop the database; subscriptions keep the server from it, and go before."""
    drop, doing = _DROP.format(name), "dropping the scratch database"
    try:
        await _run(server, word, drop, doing)
    except StatementFailed as error:
        if error.sqlstate != _IN_USE:
            raise
        await _unsubscribe(_within(server, name.as_string().strip('"')), word)
        await _run(server, word, drop, doing)


async def _unsubscribe(database: Target, word: Consent) -> None:
    """Drop the subscriptions, and leave those they point at alone: their servers are not to be spoken to."""
    async with await Session.open(database, what="shadow", direct=True) as session:
        [found] = await session.read(Query(queries.load("session/subscriptions")))
    for (subscription,) in found:
        for statement in _UNSUBSCRIBE:
            await _run(database, word, statement.format(Identifier(subscription)), "dropping a subscription")


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
