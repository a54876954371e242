"""yoyo's ledger: `public._yoyo_migration`, a row for each applied migration, with a log and a lock beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from console.db.query import Query
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Name, Own, Reader, Recorded
from console.migrations.ledgers.only_read import OnlyRead, there

DEFAULT = Name("public", "_yoyo_migration")
LOG = "_yoyo_log"
_LOCK = "yoyo_lock"


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is yoyo's."""
    return set(columns) == {"migration_hash", "migration_id", "applied_at_utc"}


class Yoyo(OnlyRead):
    """The ledger that yoyo keeps. It goes by the files' names: of their content it knows nothing."""

    name = "yoyo"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in a few round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded(own=Own.WITHOUT)
        lock = Name(self.table.schema, _LOCK)
        asked = [query("yoyo/rows", self.table)]
        if await there(session, lock.schema, lock.table):
            asked.append(query("yoyo/lock", self.table, lock=lock.identifier))
        rows, *locks = await session.read(*asked)
        applied = tuple(Applied(version, "", position, applied_at=at) for position, (version, at) in enumerate(rows, 1))
        return Recorded(True, applied, own=Own.WITHOUT, notes=tuple(_held(*row) for found in locks for row in found))


def log(table: Name, limit: int) -> Query:
    """Return the question what was done."""
    return query("yoyo/log", table, {"limit": limit}, log=Name(table.schema, LOG).identifier)


def _held(pid: int, since: datetime | None) -> str:
    when = f" since {since:%Y-%m-%d %H:%M:%S} UTC" if since is not None else ""
    return (
        f"yoyo's lock is held by process {pid}{when}: a run is under way, or one was killed; then"
        " “yoyo break-lock” gives it up."
    )
