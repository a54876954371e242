"""Rails' ledger: `public.schema_migrations`, the versions that are applied, and `ar_internal_metadata` beside it."""

from __future__ import annotations

from collections.abc import Mapping

from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Name, Own, Reader, Recorded
from console.migrations.ledgers.only_read import OnlyRead, there
from console.text import sanitize

DEFAULT = Name("public", "schema_migrations")
_METADATA = "ar_internal_metadata"


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns may be Rails'. dbmate's looks the same: its files are SQL."""
    return set(columns) == {"version"} and columns["version"].startswith("character varying")


class Rails(OnlyRead):
    """The ledger that Rails keeps: no times, no checksums."""

    name = "rails"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in a few round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded(own=Own.WITHOUT)
        metadata = Name(self.table.schema, _METADATA)
        asked = [query("rails/rows", self.table)]
        if await there(session, metadata.schema, metadata.table):
            asked.append(query("rails/environment", self.table, metadata=metadata.identifier))
        rows, *environments = await session.read(*asked)
        applied = tuple(self._applied(position, version) for position, (version,) in enumerate(rows, 1))
        notes = tuple(
            f"Rails calls the environment of this database “{sanitize(value)}”."
            for found in environments
            for (value,) in found
            if value
        )
        return Recorded(True, applied, own=Own.WITHOUT, notes=notes)

    def _applied(self, position: int, version: str) -> Applied:
        migration = self.folder.find(version)
        return Applied(version, migration.name if migration else "", position)
