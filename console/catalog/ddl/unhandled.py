"""Names what no statement can make again: what was locked, what is secret, what is state and not structure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from console.catalog.key import Kind
from console.catalog.model import (
    Catalog,
    ForeignDataWrapper,
    ForeignTable,
    Index,
    Key,
    Member,
    Object,
    Server,
    Subscription,
    Table,
    UserMapping,
)


class Unhandled(NamedTuple):
    """An object that cannot be made again wholly, and why."""

    key: Key
    reason: str


def unhandled(catalog: Catalog) -> tuple[Unhandled, ...]:
    """Return what the statements for a catalog leave out, by name."""
    locked = (Unhandled(key, _locked(pid)) for key, pid in catalog.locked.items())
    rest = (Unhandled(made.key, reason) for made in catalog.objects.values() for reason in _reasons(catalog, made))
    return (*locked, *rest)


def _locked(pid: int) -> str:
    return f"locked by pid {pid}, its definition could not be read" if pid else "its definition could not be read"


def _reasons(catalog: Catalog, made: Object) -> Iterator[str]:
    match made:
        case Index() if not made.valid and made.parent is None and not _of_partitions(catalog, made):
            yield "the index is invalid; made again, it will be valid"
        case Table() if made.detaching:
            yield "DETACH CONCURRENTLY of the partition is not finished; made again, it is attached"
        case Member() if made.key.kind is Kind.LARGE_OBJECT:
            yield "large objects are data"
        case Subscription():
            yield "the connection string is a secret; made again, the subscription is disabled and has none"
        case UserMapping() if made.kept:
            yield "the server shows its options to its owner only"
        case UserMapping() | Server() | ForeignDataWrapper() | ForeignTable() if made.hidden:
            yield f"secret options are not shown: {', '.join(made.hidden)}"


def _of_partitions(catalog: Catalog, index: Index) -> bool:
    """Tell whether an index is a partitioned table's: made again, it is valid just when each partition has its part."""
    table = catalog.objects.get(index.table)
    return isinstance(table, Table) and bool(table.partition_key)
