"""All objects of a database at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from console.catalog.key import Edge, Key, Kind
from console.catalog.model.base import Object
from console.catalog.model.database import Role

SomeObject = TypeVar("SomeObject", bound=Object)


class Measure(NamedTuple):
    """How large a relation was at its last VACUUM or ANALYZE: rows (None if never counted), bytes of its own pages."""

    rows: int | None
    bytes: int


@dataclass(frozen=True, slots=True)
class Catalog:
    """What a reader has found, all at one snapshot.

    `objects` holds every object except columns (parts of their relation) by identity, in a stable order. `edges` are
    the dependencies. `roles` belong to the server, not to the database, and are apart. `measures` never enter a
    comparison. `locked` names objects whose definition an exclusive lock hid, with the pid that holds it.
    `unread` are relations that were left out, since they are known to be the same on the other side of a comparison.
    `version` is server_version_num, such as 180004.
    """

    version: int
    objects: Mapping[Key, Object]
    edges: tuple[Edge, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    measures: Mapping[Key, Measure] = field(default_factory=dict, compare=False)
    locked: Mapping[Key, int] = field(default_factory=dict, compare=False)
    unread: frozenset[Key] = field(default=frozenset(), compare=False)

    def get(self, kind: Kind, schema: str, name: str, parent: str = "", args: str = "") -> Object | None:
        """Return the object of that identity, or None."""
        return self.objects.get(Key(kind, schema, name, parent, args))

    def of(self, kind: type[SomeObject]) -> Iterator[SomeObject]:
        """Iterate over the objects of one class, in the catalog's order."""
        return (each for each in self.objects.values() if isinstance(each, kind))
