"""Which migration has touched which objects: what was written to the catalog beside the transactions of a run. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from console.catalog import snapshot
from console.catalog.model import Catalog, Index, Key, Kind, Object, Relation
from console.catalog.packed import Packed
from console.catalog.system import OWN_SCHEMA
from console.migrations.snapshots.trail import Doing, Trail

_DIGITS = 16  # of a digest that only tells whether something is still the same


class Written(NamedTuple):
    """A row of the catalog that a transaction has written: of the object with that oid, or of its column `part`."""

    oid: int
    part: str
    xid: int


Touched = Mapping[Doing | None, Collection[Key]]


def touched(written: Iterable[Written], catalog: Catalog, trail: Trail) -> Touched:
    """Return what each migration has touched that is still there, in their order, under None what others have."""
    known: defaultdict[int, list[Object]] = defaultdict(list)
    for made in catalog.objects.values():
        if made.oid and not _is_own(made.key):
            known[made.oid].append(made)
    found: defaultdict[Doing | None, set[Key]] = defaultdict(set)
    for row in written:
        for made in known.get(row.oid, ()):
            found[trail.whose(row.xid, _names(made))].update(_keys(made, row.part))
    return {doing: found[doing] for doing in (*trail.done, None) if doing in found}


def recorded(found: Touched, made: Packed) -> list[dict[str, object]]:
    """Return what is kept of it: a row for each migration, with identities and digests of what it has touched."""
    return [
        {
            "version": doing.version if doing else "",
            "label": doing.label if doing else "",
            "direction": str(doing.direction) if doing else "",
            "objects": [[*snapshot.key_shape(key), digest_of(made, key)] for key in sorted(keys)],
        }
        for doing, keys in found.items()
    ]


def digest_of(made: Packed, key: Key) -> str | None:
    """Return the digest of an object or a column as it is kept of what was touched; None where it is not there."""
    digest = made.digest_of(key)
    return digest[:_DIGITS] if digest is not None else None


def without_own(catalog: Catalog) -> Catalog:
    """Return a catalog without schema dbconsole, which changes with the program."""
    return replace(
        catalog,
        objects={key: made for key, made in catalog.objects.items() if not _is_own(key)},
        edges=tuple(each for each in catalog.edges if not (_is_own(each.dependent) or _is_own(each.referenced))),
        locked={key: pid for key, pid in catalog.locked.items() if not _is_own(key)},
    )


def _is_own(key: Key) -> bool:
    return key.schema == OWN_SCHEMA or (key.kind is Kind.SCHEMA and key.name == OWN_SCHEMA)


def _keys(made: Object, part: str) -> Iterator[Key]:
    yield made.key
    if part and isinstance(made, Relation):
        yield Key(Kind.COLUMN, made.key.schema, part, made.key.name)


def _names(made: Object) -> Collection[str]:
    """Return what a statement may call an object by: its name, and that of the table it is of."""
    names = {made.key.name, made.key.parent}
    if isinstance(made, Index):
        names.add(made.table.name)
    return names - {""}
