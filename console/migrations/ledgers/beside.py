"""A foreign tool's ledger with our own memory beside it: lease, positions and history stay in schema `dbconsole`.

What the tool does not keep (checksum, batch, time, duration) is taken from the history, as far as we have applied the
migration ourselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.db.query import Query
from console.migrations.files.folder import Folder, Key, Migration
from console.migrations.ledgers.ledger import (
    Applied,
    Direction,
    Dirty,
    Ledger,
    MarksTheArrival,
    Name,
    Note,
    Own,
    Reader,
    Recorded,
    Unfinished,
)
from console.migrations.ledgers.native import BESIDE
from console.sql.queries import load

_ROLLED_BACK = "rolled_back"
_SAME_RUN = timedelta(minutes=1)

UNWANTED = "The profile says history = false: no history, lease or position is kept in schema dbconsole."
FORBIDDEN = (
    "This role may not make or use schema dbconsole, so no history, lease or position is kept there:"
    " a migration outside a transaction that stops half-way starts anew. Let the owner run:"
    " CREATE SCHEMA dbconsole AUTHORIZATION <this role>; or set history = false in the profile."
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The newest that our history says of a migration."""

    version: str
    name: str
    outcome: str
    checksum: str | None
    batch: int | None
    at: datetime
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A tool's ledger, read together with what we keep ourselves; `wanted` is the profile's `history`."""

    tool: Ledger
    folder: Folder
    wanted: bool = True

    @property
    def name(self) -> str:
        """The tool's word."""
        return self.tool.name

    @property
    def table(self) -> Name:
        """The tool's table."""
        return self.tool.table

    async def read(self, session: Reader) -> Recorded:
        """Return what the tool has recorded, with what we know besides; write nothing."""
        recorded = await self.tool.read(session)
        if not self.wanted:
            return replace(recorded, own=Own.WITHOUT, notes=(UNWANTED,))
        [[(there, may)]] = await session.read(Query(load("ledger/beside")))
        if not may:
            return replace(recorded, own=Own.WITHOUT, notes=(FORBIDDEN,))
        if not there:
            return replace(recorded, own=Own.TO_MAKE)
        remembered, unfinished, holders = await session.read(Query(load("ledger/remembered"), row=Remembered), *BESIDE)
        if recorded.dirty:
            recorded = self._understood(recorded, unfinished)
        return replace(
            recorded,
            applied=self._completed(recorded.applied, remembered),
            unfinished=tuple(unfinished),
            holder=holders[0] if holders else None,
            own=Own.THERE,
        )

    def create(self) -> Sequence[Query]:
        """Return the statements that make the tool's table."""
        return self.tool.create()

    def note(self, note: Note) -> Sequence[Query]:
        """Return what the tool writes of a migration."""
        return self.tool.note(note)

    def start(self, note: Note) -> Sequence[Query]:
        """Return what the tool writes before a script outside a transaction."""
        return self.tool.start(note)

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return what the tool writes when such a script has failed."""
        return self.tool.fail(note, error)

    def holds(self, note: Note) -> Query:
        """Return the question whether the tool has recorded a migration as applied."""
        return self.tool.holds(note)

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return what takes the tool's mark away."""
        return self.tool.clear(dirty)

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return what makes the tool's row agree with a file."""
        return self.tool.accept(applied, migration)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return the keys of the tool's locks."""
        return self.tool.lock_keys(database)

    def _understood(self, recorded: Recorded, unfinished: Sequence[Unfinished]) -> Recorded:
        """Return the tool's record without a mark that a down script of ours has left, which says where it stopped."""
        down = next((each.version for each in unfinished if each.direction is Direction.DOWN), None)
        if down is None or not isinstance(self.tool, MarksTheArrival):
            return recorded
        return self.tool.while_going_down(down)

    def _completed(self, applied: Sequence[Applied], remembered: Sequence[Remembered]) -> tuple[Applied, ...]:
        key = self.folder.order.key
        known = {key(each.version): each for each in remembered if each.outcome != _ROLLED_BACK}
        names = {key(each.version): each.name for each in self.folder.migrations}
        return tuple(_completed(each, known, names, key(each.version)) for each in applied)


def _completed(applied: Applied, known: Mapping[Key, Remembered], names: Mapping[Key, str], key: Key) -> Applied:
    """Fill in what the tool does not keep, unless it has applied the migration anew since we did."""
    ours = known.get(key)
    if ours is None or names.get(key, ours.name) != ours.name:
        return applied
    if applied.applied_at is not None and applied.applied_at - ours.at > _SAME_RUN:
        return applied
    return replace(
        applied,
        checksum=applied.checksum if applied.checksum is not None else ours.checksum,
        batch=applied.batch if applied.batch is not None else ours.batch,
        applied_at=applied.applied_at or ours.at,
        duration_ms=applied.duration_ms if applied.duration_ms is not None else ours.duration_ms,
    )
