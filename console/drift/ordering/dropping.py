"""Statements that drop an object of any kind, and those that need none since they go with another."""

from __future__ import annotations

from console.catalog.ddl.naming import described
from console.catalog.model import (
    Constraint,
    DefaultPrivileges,
    Index,
    Key,
    Kind,
    Member,
    Object,
    Policy,
    Rule,
    Sequence,
    Statistics,
    Table,
    Trigger,
)
from console.sql.quoting import dotted, ident


def statement(gone: Object, *, cascade: bool = False) -> str:
    """Return the statement that drops an object."""
    ending = " CASCADE" if cascade else ""
    match gone:
        case Constraint():
            table = f"{_sort(gone.table)} {dotted(gone.table.schema, gone.table.name)}"
            return f"ALTER {table} DROP CONSTRAINT {ident(gone.key.name)}{ending}"
        case _:
            return f"DROP {described(gone)}{ending}"


def column(table: Key, column: str, *, cascade: bool = False, only: bool = False) -> str:
    """Return the statement that drops a column; `only` there, heirs keep it."""
    ending = " CASCADE" if cascade else ""
    alone = "ONLY " if only else ""
    return f"ALTER {_sort(table)} {alone}{dotted(table.schema, table.name)} DROP COLUMN {ident(column)}{ending}"


def loses(gone: Object) -> str:
    """Return what is lost with an object, empty for nothing; a partitioned table has no rows of its own."""
    if isinstance(gone, Table):
        return "" if gone.partition_key is not None else "the table's rows"
    return "how far it has counted" if isinstance(gone, Sequence) and not gone.identity else ""


def container(gone: Object) -> Key | None:
    """Return the relation (or the column) with which an object goes by itself, None for one that stands alone."""
    match gone:
        case Index():
            return gone.constraint or gone.table
        case Constraint() | Policy() | Rule() | Statistics() | Trigger():
            return gone.table
        case Sequence():
            return gone.owned_by
    return None


def unsaid(gone: Object) -> bool:
    """Tell whether nothing has to be said to drop it: it goes with something that is altered."""
    if (isinstance(gone, Sequence) and gone.identity) or (isinstance(gone, Trigger) and gone.parent is not None):
        return True
    return isinstance(gone, Member | DefaultPrivileges) or gone.key.kind is Kind.DATABASE


def _sort(table: Key) -> str:
    return "FOREIGN TABLE" if table.kind is Kind.FOREIGN_TABLE else "TABLE"
