"""Names of NOT NULL (18): the server's own choice is not said, unless something in the schema has it already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from console.catalog.model import Catalog, Column, Constraint, ForeignTable, Key, Table

_NAMED = 180000
_USUAL = "_not_null"
Name = tuple[str, str]  # schema and name of a constraint


def usual(table: str, column: str) -> str:
    """Return the name that the server gives to a column's NOT NULL.

    >>> usual("orders", "id")
    'orders_id_not_null'
    """
    return f"{table}_{column}{_USUAL}"


def taken(catalog: Catalog) -> Iterator[Name]:
    """Yield schema and name of each constraint that may have the name which is usual for another table's NOT NULL."""
    for made in catalog.objects.values():
        if isinstance(made, Table | ForeignTable):
            for column in made.columns:
                if column.not_null is not None and column.not_null.name:
                    yield made.key.schema, column.not_null.name
        elif isinstance(made, Constraint) and made.key.name.endswith(_USUAL):
            yield made.key.schema, made.key.name


def said(catalog: Catalog, names: Collection[Name] | None = None, keys: Collection[Key] | None = None) -> Catalog:
    """Return a catalog in which NOT NULL has its name where it is among `names`, by default those taken in it.

    `keys` are the tables that matter, by default all.
    """
    names = frozenset(taken(catalog)) if names is None else names
    if not names or catalog.version < _NAMED:
        return catalog
    tables = (catalog.objects.get(key) for key in (catalog.objects if keys is None else keys))
    objects = {made.key: _table(made, names) for made in tables if isinstance(made, Table)}
    return replace(catalog, objects={**catalog.objects, **objects})


def _table(made: Table, names: Collection[Name]) -> Table:
    columns = tuple(_column(made.key, column, names) for column in made.columns)
    return made if columns == made.columns else replace(made, columns=columns)


def _column(table: Key, column: Column, names: Collection[Name]) -> Column:
    rule, name = column.not_null, usual(table.name, column.name)
    if rule is None or rule.name or (table.schema, name) not in names:
        return column
    return replace(column, not_null=replace(rule, name=name))
