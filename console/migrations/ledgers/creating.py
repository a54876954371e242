"""Makes schema `dbconsole` where it is missing: the lease, the history, and what a ledger wants besides."""

from __future__ import annotations

from console.db.guard import Consent
from console.db.session import Session
from console.errors import Refused, StatementFailed
from console.migrations.ledgers.ledger import Ledger
from console.sql.queries import load

_SCHEMA = ("create_schema", "comment_schema")
_TABLES = (
    "create_history",
    "create_keep",
    "create_keep_trigger",
    "create_unfinished",
    "create_lease",
    "create_lease_row",
)
_NO_PRIVILEGE = "42501"


async def create(session: Session, consent: Consent, ledger: Ledger) -> None:
    """Make what is missing, in one transaction; runners that come at once wait for each other.

    Raises Refused when the role may not.
    """
    try:
        async with session.writing(consent, lock_timeout=0, doing="making the ledger") as writer:
            await writer.execute(load("ledger/creating"))
            if (await writer.execute(load("ledger/exists"))).rows[0][0] == "t":
                return  # another runner has made it while we waited
            there = (await writer.execute(load("ledger/has_schema"))).rows[0][0] == "t"
            for name in _TABLES if there else _SCHEMA + _TABLES:
                await writer.execute(load(f"ledger/{name}"))
            for query in ledger.create():
                await writer.execute(query.sql, query.params)
    except StatementFailed as error:
        if error.sqlstate != _NO_PRIVILEGE:
            raise
        raise Refused(
            "This role may not make schema dbconsole, in which migrations are remembered. Nothing was applied.",
            detail=error.title,
            hint="Let the database's owner run: CREATE SCHEMA dbconsole AUTHORIZATION <this role>;",
            sqlstate=error.sqlstate,
        ) from error
