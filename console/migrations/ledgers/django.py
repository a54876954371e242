"""Django's ledger: `public.django_migrations`, a row with its app and time for each applied migration."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from console.db.query import Query
from console.migrations.files import django
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Name, Own, Reader, Recorded
from console.migrations.ledgers.only_read import OnlyRead

DEFAULT = Name("public", "django_migrations")
LOG = ""  # the ledger itself


def recognises(columns: Mapping[str, str]) -> bool:
    """Tell whether a table with these columns is Django's."""
    return set(columns) == {"id", "app", "name", "applied"}


class Django(OnlyRead):
    """The ledger that Django keeps, as far as the apps of the folder go."""

    name = "django"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing. Raises StatementFailed and its kin."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded(own=Own.WITHOUT)
        apps = sorted({each.version.partition(".")[0] for each in self.folder.migrations})
        [rows] = await session.read(query("django/rows", self.table, {"apps": apps}))
        found: dict[str, datetime | None] = {f"{app}.{name}": at for app, name, at in rows}
        found |= dict.fromkeys(self._squashed(found))
        applied = (Applied(version, "", place, applied_at=at) for place, (version, at) in enumerate(found.items(), 1))
        return Recorded(True, tuple(applied), own=Own.WITHOUT)

    def _squashed(self, applied: Collection[str]) -> Iterator[str]:
        """Yield what counts as applied because all is that it stands for; Django records it with the next run."""
        for migration in self.folder.migrations:
            replaced = django.replaces(migration.up.text)
            if migration.version not in applied and replaced and replaced <= set(applied):
                yield migration.version


def log(table: Name, limit: int) -> Query:
    """Return the question what was applied, of all apps; what was rolled back is not kept."""
    return query("django/log", table, {"limit": limit})
