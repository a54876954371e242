"""Sqitch's ledger: `sqitch.changes` has a row for each deployed change, known by its ID; events has the past.

One registry may serve several projects: only the rows of the plan's own project count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from console.db.query import Query
from console.migrations.files import sqitch
from console.migrations.files.folder import Folder
from console.migrations.files.sqitch_plan import SqitchPlan
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Name, Own, Reader, Recorded
from console.migrations.ledgers.only_read import OnlyRead
from console.text import plural, sanitize

DEFAULT = Name("sqitch", "changes")
LOG = "events"
_COLUMNS = frozenset({"change_id", "change", "project", "committed_at", "planned_at"})


class _Row(NamedTuple):
    change_id: str
    script_hash: str | None
    change: str
    committed_at: datetime


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is Sqitch's."""
    return columns.keys() >= _COLUMNS


class Sqitch(OnlyRead):
    """The ledger that Sqitch keeps."""

    name = "sqitch"

    def __init__(self, table: Name, folder: Folder) -> None:
        """Know the plan, by whose IDs the rows are recognised. Raises BadMigrations when it cannot be read."""
        super().__init__(table, folder)
        self._plan = sqitch.plan(folder.path)

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        columns = await tables.columns(session, self.table)
        if not recognises(columns):
            return Recorded(own=Own.WITHOUT)
        hashed = "changes" if "script_hash" in columns else "changes_unhashed"
        values = {"project": self._plan.project}
        [rows] = await session.read(query(f"sqitch/{hashed}", self.table, values, row=_Row))
        matched = _Matched.of(self._plan, rows)
        return Recorded(True, tuple(matched.applied), own=Own.WITHOUT, notes=matched.notes)


def log(table: Name, limit: int) -> Query:
    """Return the question what was done."""
    return query("sqitch/log", table, {"limit": limit})


@dataclass(slots=True)
class _Matched:
    """Rows and the plan's changes that are the same: by ID, else by name, of which a person has to know."""

    applied: list[Applied] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, plan: SqitchPlan, rows: Sequence[_Row]) -> _Matched:
        """Match all rows, in the order of deployment."""
        by_id = {change.id: change.version for change in plan.changes}
        there = {row.change_id for row in rows}
        free = [change for change in plan.changes if change.id not in there]
        found = cls()
        for position, row in enumerate(rows, 1):
            version = by_id.get(row.change_id)
            if version is None:
                same = next((change for change in free if change.name == row.change), None)
                if same is not None:
                    free.remove(same)
                    version = same.version
                    found.otherwise.append(version)
            if version is None:
                taken = any(change.version == row.change for change in plan.changes)
                version = f"{row.change}@{row.change_id[:8]}" if taken else row.change
            # Registries from before script_hash was kept have the change's ID in its place.
            kept = None if row.script_hash == row.change_id else row.script_hash
            found.applied.append(Applied(version, "", position, checksum=kept, applied_at=row.committed_at))
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person has to know of changes that are there under another ID."""
        if not self.otherwise:
            return ()
        return (
            f"The plan has {plural(len(self.otherwise), 'deployed change')} under another ID than the database, from"
            f" {sanitize(self.otherwise[0])} on: a line of the plan was changed or moved, and Sqitch will not go on.",
        )
