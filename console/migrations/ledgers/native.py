"""The native ledger: table `dbconsole.migrations`, a row for each migration that is applied now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from console.db.query import Query
from console.db.session import Session
from console.migrations.ledgers.ledger import Applied, Direction, Holder, Note, Recorded, Unfinished
from console.sql.queries import load


class Native:
    """The ledger that the console keeps where no other tool has one."""

    name = "dbconsole"

    async def read(self, session: Session) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing.

        Raises StatementFailed when the role may not read schema dbconsole.
        """
        [[(exists,)]] = await session.read(Query(load("ledger/exists")))
        if not exists:
            return Recorded()
        applied, unfinished, holders = await session.read(
            Query(load("ledger/applied"), row=Applied),
            Query(load("ledger/unfinished"), row=_unfinished),
            Query(load("ledger/holder"), row=Holder),
        )
        return Recorded(True, tuple(applied), tuple(unfinished), holders[0] if holders else None)

    def create(self) -> Sequence[Query]:
        """Return the statements that make the table where it is missing."""
        return (Query(load("ledger/create_migrations")),)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        return (_NOTES[note.direction](note),)


def _record(note: Note) -> Query:
    migration = note.migration
    values = {
        "version": note.version,
        "name": migration.name,
        "checksum": migration.checksum,
        "batch": note.batch,
        "duration_ms": note.duration_ms,
    }
    return Query(load("ledger/record"), values)


def _erase(note: Note) -> Query:
    return Query(load("ledger/erase"), {"version": note.version})


_NOTES: dict[Direction, Callable[[Note], Query]] = {Direction.UP: _record, Direction.DOWN: _erase}


def _unfinished(**row: Any) -> Unfinished:
    return Unfinished(**{**row, "direction": Direction(row["direction"])})
