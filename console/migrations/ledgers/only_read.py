"""What is the same for every ledger that its own tool alone writes: here it is read, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from console.db.query import Query
from console.errors import Refused
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers.ledger import Applied, Dirty, Name, Note, Reader
from console.sql.queries import load


class OnlyRead:
    """A ledger that is only read. Nobody asks for its statements: a plan for its folder is refused before."""

    name: str

    def __init__(self, table: Name, folder: Folder) -> None:
        self.table = table
        self.folder = folder

    def create(self) -> Sequence[Query]:
        """Raise Refused: the tool makes its own table."""
        self._refuse()

    def note(self, note: Note) -> Sequence[Query]:
        """Raise Refused: the tool records for itself."""
        self._refuse()

    def start(self, note: Note) -> Sequence[Query]:
        """Raise Refused: the tool records for itself."""
        self._refuse()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Raise Refused: the tool records for itself."""
        self._refuse()

    def holds(self, note: Note) -> Query:
        """Raise Refused: nothing runs here that could have been recorded."""
        self._refuse()

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Raise Refused: the tool mends for itself."""
        self._refuse()

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Raise Refused: the tool records for itself."""
        self._refuse()

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return none: nothing runs here."""
        return ()

    def _refuse(self) -> NoReturn:
        raise Refused(f"The ledger of {self.name} is only read here. Nothing was done.")


async def there(session: Reader, schema: str, *tables: str) -> frozenset[str]:
    """Return which of some tables of a schema are there."""
    [rows] = await session.read(Query(load("ledger/relations"), {"schema": schema, "tables": list(tables)}))
    return frozenset(name for (name,) in rows)
