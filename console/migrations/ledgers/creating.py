"""Makes what is missing: schema `dbconsole` with the lease and the history, and the ledger itself."""

from __future__ import annotations

from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.db.writer import Writer
from console.errors import CommitUnknown, Refused, StatementFailed
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
    "create_snapshots",
    "create_touched",
)
_NO_PRIVILEGE = "42501"


async def create(session: Session, consent: Consent, ledger: Ledger, *, own: bool = True) -> None:
    """Make what is missing, in one transaction; runners that come at once wait for each other.

    Without `own` only the ledger's table is made. What is there already is left alone, so when the answer to COMMIT is
    lost it is done once more. Raises Refused when the role may not.
    """
    try:
        try:
            await _make(session, consent, ledger, own=own)
        except CommitUnknown:
            await _make(session, consent, ledger, own=own)
    except StatementFailed as error:
        if error.sqlstate != _NO_PRIVILEGE:
            raise
        raise _refused(ledger, error) from error


async def _make(session: Session, consent: Consent, ledger: Ledger, *, own: bool) -> None:
    async with session.writing(consent, lock_timeout=0, doing="making the ledger") as writer:
        await writer.execute(load("ledger/creating"))
        if own:
            await _create_own(writer)
        if not (await ledger.read(writer)).exists:
            await writer.together(*ledger.create())


def own_tables(*, schema: bool) -> tuple[Query, ...]:
    """Return the statements that make our own tables, and schema dbconsole unless the `schema` is there."""
    return tuple(Query(load(f"ledger/{name}")) for name in (_TABLES if schema else _SCHEMA + _TABLES))


async def _create_own(writer: Writer) -> None:
    [[(exists,)]] = await writer.read(Query(load("ledger/exists")))
    if exists:
        return  # there before, or another runner has made it while we waited
    [[(schema,)]] = await writer.read(Query(load("ledger/has_schema")))
    await writer.together(*own_tables(schema=schema))


def _refused(ledger: Ledger, error: StatementFailed) -> Refused:
    ours = ledger.table.schema == "dbconsole"
    what = "schema dbconsole" if ours else f"schema dbconsole or the table {ledger.table.text}"
    return Refused(
        f"This role may not make {what}, in which migrations are remembered. Nothing was applied.",
        detail=error.title,
        hint="Let the database's owner run: CREATE SCHEMA dbconsole AUTHORIZATION <this role>;"
        + ("" if ours else " or give the role the right to make the table."),
        sqlstate=error.sqlstate,
    )
