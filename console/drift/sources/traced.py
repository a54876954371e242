"""Which file of a folder touches what, seen while its migrations are run one after the other in a shadow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from console.catalog.model import Catalog, Key
from console.db.query import Query
from console.errors import StatementFailed
from console.migrations.files.folder import Migration
from console.migrations.ledgers.ledger import Direction
from console.migrations.rehearsal.stage import Stage
from console.migrations.snapshots import touching
from console.migrations.snapshots.touching import Written
from console.migrations.snapshots.trail import Doing, Trail
from console.sql.queries import load

Makers = Mapping[Key, Collection[str]]


@dataclass(slots=True)
class Tracer:
    """Follows the migrations that run on a stage; nobody else writes there."""

    stage: Stage
    _trail: Trail = field(default_factory=lambda: Trail(others=False))
    _first: int | None = None

    async def follow(self, migration: Migration) -> None:
        """Take what is written from now on for this migration's."""
        [[(xid,)]] = await self.stage.session.read(Query(load("snapshots/next")))
        self._first = xid if self._first is None else self._first
        self._trail.doing = Doing(migration.version, migration.label, Direction.UP)
        self._trail.saw(xid)

    async def makers(self, catalog: Catalog) -> Makers:
        """Return the versions that have touched each object, in order; nothing where the server does not say."""
        if self._first is None:
            return {}
        values = {"since": self._first, "mine": False, "most": None}
        try:
            [rows] = await self.stage.session.read(Query(load("snapshots/written"), values, row=Written))
        except StatementFailed:
            return {}
        found: dict[Key, list[str]] = {}
        touched = touching.touched(rows, catalog, self._trail)
        for doing in self._trail.done:
            for key in touched.get(doing, ()):
                found.setdefault(key, []).append(doing.version)
        return found
