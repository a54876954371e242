"""Alembic's ledger: `public.alembic_version`, a row for each head; all that comes before a head is applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.migrations.files import graph
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Name, Own, Reader, Recorded
from console.migrations.ledgers.only_read import OnlyRead
from console.text import plural, sanitize

DEFAULT = Name("public", "alembic_version")


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is Alembic's."""
    return set(columns) == {"version_num"} and columns["version_num"].startswith("character varying")


class Alembic(OnlyRead):
    """The ledger that Alembic keeps: no times, no checksums, no lock."""

    name = "alembic"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded(own=Own.WITHOUT)
        [rows] = await session.read(query("alembic/heads", self.table))
        heads = [version for (version,) in rows]
        lost = [version for version in heads if self.folder.find(version) is None]
        applied = graph.closure(self.folder.requires, heads)
        ordered = [migration for migration in self.folder.migrations if migration.version in applied]
        named = [(migration.version, migration.name) for migration in ordered] + [(version, "") for version in lost]
        found = tuple(Applied(version, name, place) for place, (version, name) in enumerate(named, 1))
        return Recorded(True, found, own=Own.WITHOUT, notes=_notes(lost))


def _notes(lost: Sequence[str]) -> tuple[str, ...]:
    if not lost:
        return ()
    named = sanitize(", ".join(lost))
    return (
        f"The ledger names {plural(len(lost), 'revision')} without a file ({named}): what came before it cannot be"
        " told, and is shown as pending.",
    )
