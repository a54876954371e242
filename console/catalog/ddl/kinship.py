"""How tables stand above and below each other, and what belongs to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from console.catalog.model import Catalog, ForeignTable, Index, Key, Kind, Object, Sequence, Statistics, Table


def is_partition(made: Object) -> bool:
    """Tell whether a table is a partition."""
    return isinstance(made, Table | ForeignTable) and made.partition_of is not None


def parents(made: Object) -> tuple[Key, ...]:
    """Return the tables below which a table stands."""
    if not isinstance(made, Table | ForeignTable):
        return ()
    return (made.partition_of,) if made.partition_of is not None else made.inherits


def parents_of(made: Table | ForeignTable, objects: Mapping[Key, Object]) -> list[Table | ForeignTable]:
    """Return the tables that a table inherits from, those that are known."""
    found = (objects.get(parent) for parent in made.inherits)
    return [parent for parent in found if isinstance(parent, Table | ForeignTable)]


def by_inheriting(made: Object, objects: Mapping[Key, Object]) -> bool:
    """Tell whether CREATE TABLE … INHERITS makes an heir: in its order of columns, or since nothing else could."""
    if not isinstance(made, Table | ForeignTable) or not made.inherits:
        return True
    if any(not column.local for column in made.columns):
        return True
    first = dict.fromkeys(column.name for parent in parents_of(made, objects) for column in parent.columns)
    return [column.name for column in made.columns][: len(first)] == list(first)


def parts(catalog: Catalog, relation: Key) -> Iterator[Key]:
    """Return a relation and all that belongs to it: constraints, indexes, triggers, rules, policies, sequences."""
    yield relation
    for key, made in catalog.objects.items():
        match made:
            case Index() | Statistics():
                belongs = made.table == relation
            case Sequence():
                owned_by = made.owned_by
                belongs = owned_by is not None and owned_by.owner_relation == (relation.schema, relation.name)
            case _:
                belongs = key.owner_relation == (relation.schema, relation.name) and key.kind is not Kind.USER_MAPPING
        if belongs:
            yield key
