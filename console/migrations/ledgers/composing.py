"""Statements of `queries/ledger/` whose table has a name that is only known when it was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from console.db.compose import SQL, Composable, Identifier
from console.db.query import Query
from console.migrations.ledgers.ledger import Name
from console.sql.queries import load


def query(
    name: str,
    table: Name,
    values: Mapping[str, object] | None = None,
    /,
    *,
    row: Callable[..., Any] | None = None,
    **parts: Composable,
) -> Query:
    """Return `queries/ledger/<name>.sql` with `{table}`, `{schema}` and the other `parts` filled in."""
    text = SQL(load(f"ledger/{name}"))
    schema, named = (table.schema, table.table) if values is None else map(_beside_values, table)
    return Query(text.format(table=Identifier(schema, named), schema=Identifier(schema), **parts), values, row)


def _beside_values(name: str) -> str:
    """Return a name as it stands in a statement with values, where `%` begins the place of one."""
    return name.replace("%", "%%")


def column(name: str, columns: Mapping[str, str], otherwise: Composable) -> Composable:
    """Return a column's name where the table has it, else what stands in its place."""
    return Identifier(name) if name in columns else otherwise
