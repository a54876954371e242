"""What is looked at before and after each statement: the locks of our own process, and the relations under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from console.migrations.hazards.hazard import Lock
from console.text import sanitize

_MODES = {f"{lock.name.replace('_', '').lower()}lock": lock for lock in Lock if lock}
_KINDS = {
    "r": "table",
    "p": "partitioned table",
    "i": "index",
    "I": "partitioned index",
    "S": "sequence",
    "v": "view",
    "m": "materialized view",
    "f": "foreign table",
    "t": "TOAST table",
}


def mode(name: str) -> Lock:
    """Return the lock that pg_locks calls so.

    >>> mode("ShareRowExclusiveLock")
    <Lock.SHARE_ROW_EXCLUSIVE: 6>
    """
    return _MODES.get(name.lower(), Lock.NONE)


@dataclass(frozen=True, slots=True)
class Relation:
    """A row of `trial/relations` or `trial/held`: a relation as it is now; without a name it has been dropped.

    `of_table` is the table of an index, `file` the relation's file, 0 where it has none. The numbers are what the
    process has counted and not reported yet: scans from end to end, rows read by them and fetched by an index, rows
    changed. `modes` are as pg_locks names them, none where no lock is held.
    """

    oid: int
    schema: str | None
    name: str | None
    kind: str | None
    of_table: int | None
    file: int | None
    scans: int = 0
    read: int = 0
    fetched: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    modes: tuple[str, ...] | list[str] = ()

    @property
    def label(self) -> str:
        """The name with its schema, harmless for a terminal."""
        return sanitize(f"{self.schema}.{self.name}")

    @property
    def kind_word(self) -> str:
        """What kind of relation it is, in words."""
        return _KINDS.get(self.kind or "", "relation")

    @property
    def locks(self) -> frozenset[Lock]:
        """The modes in which it is held."""
        return frozenset(map(mode, self.modes))


@dataclass(frozen=True, slots=True)
class ObjectLock:
    """A row of `trial/objects`: a lock on what is no relation. `class_` and `oid` together name it."""

    class_: int
    oid: int
    kind: str
    identity: str
    mode: str


@dataclass(frozen=True, slots=True)
class There:
    """What is there before the first statement: others care for locks on that, and on nothing made since."""

    relations: Mapping[int, Relation] = field(default_factory=dict)
    objects: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Look:
    """What one look has found: relations by their oid, and locks on other objects."""

    relations: Mapping[int, Relation] = field(default_factory=dict)
    objects: frozenset[ObjectLock] = frozenset()

    @classmethod
    def of(cls, relations: Iterable[Relation], objects: Iterable[ObjectLock] = ()) -> Look:
        """Return the look at these rows."""
        return cls({each.oid: each for each in relations}, frozenset(objects))
