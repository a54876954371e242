"""Ecto's ledger: `public.schema_migrations`, a row with its time for each applied migration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from console.db.query import Query
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Name, Own, Reader, Recorded
from console.migrations.ledgers.only_read import OnlyRead

DEFAULT = Name("public", "schema_migrations")
LOG = ""  # the ledger itself


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is Ecto's."""
    return set(columns) == {"version", "inserted_at"} and columns["version"] == "bigint"


class Ecto(OnlyRead):
    """The ledger that Ecto keeps; its times are those of UTC."""

    name = "ecto"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded(own=Own.WITHOUT)
        [rows] = await session.read(query("ecto/rows", self.table))
        applied = tuple(self._applied(position, *row) for position, row in enumerate(rows, 1))
        return Recorded(True, applied, own=Own.WITHOUT)

    def _applied(self, position: int, version: int, at: datetime | None) -> Applied:
        migration = self.folder.find(str(version))
        return Applied(str(version), migration.name if migration else "", position, applied_at=at)


def log(table: Name, limit: int) -> Query:
    """Return the question what was applied; what was rolled back is not kept."""
    return query("ecto/log", table, {"limit": limit})
