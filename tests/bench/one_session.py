"""What a single psql session would run: the migrations' own SQL and the very statements that our runner sends.

Written with the same queries and in the same order: make the ledger, take the lease, then for each migration BEGIN, the
timeouts, the lease renewed, its SQL, the ledger, the history, COMMIT; at the end the lease given back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import psycopg

from console.db import settings
from console.db.query import Query
from console.migrations import history
from console.migrations.files.folder import Migration
from console.migrations.history import Deed
from console.migrations.ledgers import creating
from console.migrations.ledgers.ledger import Direction, Note
from console.migrations.ledgers.native import Native
from console.migrations.running.lease import Lease
from console.sql.queries import load

_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_OUTCOMES = {Direction.UP: history.APPLIED, Direction.DOWN: history.ROLLED_BACK}
_LOCK_TIMEOUT = 3.0
_BATCH, _MILLISECONDS = 1, 1


@dataclass(frozen=True, slots=True)
class OneSession:
    """Writes the scripts; `connection` is there to quote values."""

    connection: psycopg.Connection
    lease: Lease = field(default_factory=Lease)
    ledger: Native = field(default_factory=Native)

    def script(self, migrations: Sequence[Migration], direction: Direction) -> str:
        """Return the text for psql; `migrations` in the order in which they are applied or rolled back."""
        first = migrations[0].version
        take = {"token": self.lease.token, "holder": "bench", "doing": first, "seconds": self.lease.seconds}
        parts = [
            *(self._creating() if direction is Direction.UP else ()),
            *self._transaction(Query(load("ledger/take"), take)),
            *(text for pair in pairwise([*migrations, None]) for text in self._one(*pair, direction)),
            *self._transaction(Query(load("ledger/release"), {"token": self.lease.token})),
        ]
        return "".join(f"{part}\n;\n" for part in parts)

    def _creating(self) -> Iterator[str]:
        own = creating.own_tables(schema=False)
        return self._transaction(Query(load("ledger/creating")), *own, *self.ledger.create())

    def _one(self, migration: Migration | None, following: Migration | None, direction: Direction) -> Iterator[str]:
        assert migration is not None
        script = migration.up if direction is Direction.UP else migration.down
        assert script is not None
        note = Note(migration.version, migration, direction, _BATCH, _MILLISECONDS, 1)
        deed = Deed(self.lease.token, _BATCH, migration, direction, _OUTCOMES[direction], 1, _MILLISECONDS)
        renewal = self.lease.renewal((following or migration).version)
        return self._transaction(
            renewal, script.text.strip().removesuffix(";"), *self.ledger.note(note), history.add(deed)
        )

    def _transaction(self, *statements: Query | str) -> Iterator[str]:
        yield _BEGIN
        yield self._text(Query(settings.WRITING, settings.values(settings.Limits(0, _LOCK_TIMEOUT))))
        yield from (each if isinstance(each, str) else self._text(each) for each in statements)
        yield "COMMIT"

    def _text(self, query: Query) -> str:
        return psycopg.ClientCursor(self.connection).mogrify(query.sql, query.params)
