"""Knex's ledger: `public.knex_migrations`, a row with its batch for each applied migration, and a lock beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from console.db.query import Query
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Name, Own, Reader, Recorded
from console.migrations.ledgers.only_read import OnlyRead, there

DEFAULT = Name("public", "knex_migrations")
LOG = ""  # the ledger itself
_LOCKED = "Knex's lock is taken: a run is under way, or one was killed; then “knex migrate:unlock” gives it up."


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is Knex's."""
    return set(columns) == {"id", "name", "batch", "migration_time"}


class Knex(OnlyRead):
    """The ledger that Knex keeps."""

    name = "knex"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in a few round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded(own=Own.WITHOUT)
        lock = Name(self.table.schema, f"{self.table.table}_lock")
        asked = [query("knex/rows", self.table)]
        if await there(session, lock.schema, lock.table):
            asked.append(query("knex/lock", self.table, lock=lock.identifier))
        rows, *locks = await session.read(*asked)
        applied = tuple(_applied(position, *row) for position, row in enumerate(rows, 1))
        locked = any(taken for found in locks for (taken,) in found)
        return Recorded(True, applied, own=Own.WITHOUT, notes=(_LOCKED,) if locked else ())


def log(table: Name, limit: int) -> Query:
    """Return the question what was applied; what was rolled back is not kept."""
    return query("knex/log", table, {"limit": limit})


def _applied(position: int, name: str, batch: int | None, at: datetime | None) -> Applied:
    return Applied(name, "", position, batch=batch, applied_at=at)
