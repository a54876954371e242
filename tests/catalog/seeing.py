"""Finding things in the catalog of the torture schema, and checking their attributes."""

from __future__ import annotations

from typing import Any

from console.catalog.model import Catalog, Column, Key, Kind, Relation

ROLE = 'Torture "Quoted" Röle'
USERS = Key(Kind.TABLE, "app", "users")


def found(catalog: Catalog, kind: Kind, name: str, parent: str = "", args: str = "", schema: str = "app") -> Any:
    """Return one object; the test fails when it is not there."""
    value = catalog.get(kind, schema, name, parent, args)
    assert value is not None, f"{kind} {schema}.{parent}.{name}({args}) is missing"
    return value


def column(catalog: Catalog, name: str, table: str = "users") -> Column:
    """Return a column of a relation in schema app."""
    relations = [found for found in catalog.of(Relation) if found.key[1:3] == ("app", table)]
    return next(column for column in relations[0].columns if column.name == name)


def attributes(value: object, **expected: object) -> None:
    """Check some attributes of a value at once, so that a failure shows them side by side."""
    assert {name: getattr(value, name) for name in expected} == expected
