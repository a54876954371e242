"""One of two databases that are read together: what it tells of itself in one snapshot, step by step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from console.catalog import reader
from console.catalog.digests.units import Unit, array, units
from console.catalog.key import Key
from console.catalog.model import Catalog
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, Rows
from console.db.query import Query
from console.db.reading import Snapshot
from console.sql import queries

_ROOM, _AROUND, _NAMED = "digests", "around", "named"
_WITHOUT_DEPENDENTS = frozenset({classes.DATABASE, classes.NAMESPACE})  # what is in a schema differs by itself


@dataclass(slots=True)
class Side:
    """What is known of a database of a version (server_version_num): first all but its relations, later some of these.

    `units` are its relations by their digests. `named` are the oids of those with names that others may want.
    """

    snapshot: Snapshot
    version: int
    rows: Rows = field(default_factory=dict)
    units: dict[Key, Unit] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    ground: Ground = field(default_factory=lambda: Ground(0, {}))

    async def look(self) -> None:
        """Read the digests of all relations, and whatever is no relation's."""
        digests, whole = self._asking(_ROOM, {}), self._asking(reader.ROOM, {reader.FOCUS: array(())})
        digests.pop(_AROUND)
        results = await self.snapshot.read(*digests.values(), *whole.values())
        found = dict(zip(digests, results, strict=False))
        self.named = {oid for (oid,) in found.pop(_NAMED)}
        self.rows = {**reader.NO_ROWS, **dict(zip(whole, results[len(digests) :], strict=True))}
        self.units = units(found, Ground.of(self.version, self.rows).schemas)
        self._build(())

    @property
    def is_locked(self) -> bool:
        """Tell whether another session keeps somebody from reading a relation."""
        return bool(self.rows["locks"])

    @property
    def catalog(self) -> Catalog:
        """What was read so far, as a catalog."""
        return self.ground.catalog()

    @property
    def needed(self) -> set[Key]:
        """The relations that are read though they are equal: of extensions, published in part, with others' names."""
        lists = {oid for oid, numbers, _ in self.rows["publication_tables_15"] if numbers is not None}
        others = self.named | {relation for oid, _, relation in self.rows["publication_tables"] if oid in lists}
        return {key for key, unit in self.units.items() if unit.member or unit.oid in others}

    async def around(self, relations: Iterable[Key], others: Collection[Key]) -> set[Key]:
        """Return the relations that are to be read with some relations and some other objects, these too."""
        found = [(classes.CLASS, self.units[key].oid) for key in relations if key in self.units]
        found += [at for at, key in self.ground.keys.items() if key in others and at[0] not in _WITHOUT_DEPENDENTS]
        if not found:
            return set()
        params = {"classes": array(at[0] for at in found), "objects": array(at[1] for at in found)}
        [rows] = await self.snapshot.read(Query(queries.load(f"{_ROOM}/{_AROUND}"), params))
        oids = {oid for (oid,) in rows}
        return {key for key, unit in self.units.items() if unit.oid in oids}

    async def fill(self, relations: Collection[Key]) -> None:
        """Read some relations; of the others only the names stay."""
        focus = array(self.units[key].oid for key in relations if key in self.units)
        asked = self._asking(reader.ROOM, {reader.FOCUS: focus})
        asked = {name: query for name, query in asked.items() if query.params}
        results = await self.snapshot.read(*asked.values())
        self.rows = {**self.rows, **dict(zip(asked, results, strict=True))}
        self._build(relations)

    def _asking(self, room: str, params: dict[str, object]) -> dict[str, Query]:
        return reader.asking(room, self.version // 10000, params)

    def _build(self, read: Collection[Key]) -> None:
        unread = {unit.oid: key for key, unit in self.units.items() if key not in read and not unit.member}
        self.ground = reader.built(self.version, self.rows, unread)
