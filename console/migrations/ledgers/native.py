"""The native ledger: table `dbconsole.migrations`, a row for each migration that is applied now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from console.db.query import Query
from console.migrations.files.folder import Migration
from console.migrations.ledgers.ledger import (
    Applied,
    Direction,
    Dirty,
    Holder,
    Name,
    Note,
    Own,
    Reader,
    Recorded,
    Unfinished,
)
from console.sql.queries import load


class Native:
    """The ledger that the console keeps where no other tool has one."""

    name = "dbconsole"
    TABLE = table = Name("dbconsole", "migrations")

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing.

        Raises StatementFailed when the role may not read schema dbconsole.
        """
        [[(exists, lease)]] = await session.read(Query(load("ledger/native")))
        if not (exists and lease):
            return Recorded()
        applied, unfinished, holders = await session.read(Query(load("ledger/applied"), row=Applied), *BESIDE)
        return Recorded(True, tuple(applied), tuple(unfinished), holders[0] if holders else None, own=Own.THERE)

    def create(self) -> Sequence[Query]:
        """Return the statements that make the table where it is missing."""
        return (Query(load("ledger/create_migrations")),)

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statement that records a migration as applied, or takes it out."""
        return (_NOTES[note.direction](note),)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: positions are kept in a table of their own."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return nothing: positions are kept in a table of their own."""
        return ()

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return Query(load("ledger/holds"), {"version": note.version})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return nothing: there are no marks here."""
        return ()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that makes a row agree with its file."""
        values = {
            "recorded": applied.version,
            "version": migration.version,
            "name": migration.name,
            "checksum": migration.checksum,
        }
        return (Query(load("ledger/accept"), values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return none: the lease is the lock."""
        return ()


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


# What schema dbconsole holds beside any ledger: who has stopped half-way, and who is at work.
BESIDE = (Query(load("ledger/unfinished"), row=_unfinished), Query(load("ledger/holder"), row=Holder))
