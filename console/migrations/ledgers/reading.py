"""Reads a ledger, and says in a sentence when the role may not."""

from __future__ import annotations

from console.db.session import Session
from console.errors import Refused, StatementFailed
from console.migrations.ledgers.ledger import Ledger, Recorded
from console.sql.quoting import ident
from console.sql.quoting import role as grantee
from console.text import sanitize

_NO_PRIVILEGE = "42501"


async def recorded(ledger: Ledger, session: Session) -> Recorded:
    """Return what a ledger holds. Raises Refused when the role may not read it, what reading raises."""
    try:
        return await ledger.read(session)
    except StatementFailed as error:
        if error.sqlstate != _NO_PRIVILEGE:
            raise
        role = session.server.role if session.server is not None else ""
        who, schema = f"The role {sanitize(role)}" if role else "This role", ident(ledger.table.schema)
        to = grantee(role) if role else "<this role>"
        raise Refused(
            f"{who} may not read {sanitize(ledger.table.text)}, in which migrations are remembered.",
            detail=error.title,
            hint=f"Let its owner run: GRANT USAGE ON SCHEMA {sanitize(schema)} TO {sanitize(to)};"
            f" GRANT SELECT ON ALL TABLES IN SCHEMA {sanitize(schema)} TO {sanitize(to)};",
            sqlstate=error.sqlstate,
        ) from error
