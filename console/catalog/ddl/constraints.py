"""Statements for constraints of tables, and which of them may stand within CREATE TABLE."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.catalog.implied import is_clone, is_forerunner
from console.catalog.model import Constraint, ForeignTable, Index, Key, Kind, Object, Table
from console.sql.quoting import dotted, ident


def inline(made: Constraint, table: Object) -> bool:
    """Tell whether a constraint may stand within CREATE TABLE of its table.

    Indexes of partitioned tables and partitions are tied together by name afterwards; what is not valid or not
    enforced would be taken for valid; what a parent gives is there already.
    """
    if made.definition is None or not made.validated or is_clone(made):
        return False
    if not isinstance(table, Table | ForeignTable):
        return False
    if table.partition_of is not None:
        return made.type == "c"
    partitioned = isinstance(table, Table) and table.partition_key is not None
    return made.local and (made.type == "c" or not partitioned) and not _is_of_given(made, table)


def _is_of_given(made: Constraint, table: Table | ForeignTable) -> bool:
    """Tell whether a primary key has columns whose NOT NULL is a parent's alone (18), which it would make its own."""
    if made.type != "p":
        return False
    given = {column.name for column in table.columns if column.not_null is not None and not column.not_null.local}
    return not given.isdisjoint(made.columns)


def indexed(made: Constraint) -> str | None:
    """Return what an index is asked for by a key or a unique constraint, whatever it is called; None for others."""
    if made.type not in "pux" or made.definition is None:
        return None
    return re.sub(r"^(PRIMARY KEY|UNIQUE) ", "", made.definition)


def line(made: Constraint, options: str = "") -> str:
    """Return a constraint as it stands within CREATE TABLE; `options` are those of a key's index."""
    definition = made.definition or ""
    if options:
        place = definition.rfind(")") + 1
        definition = f"{definition[:place]} WITH ({options}){definition[place:]}"
    return f"CONSTRAINT {ident(made.key.name)} {definition}"


def added(
    made: Constraint,
    table: Object,
    parent_valid: bool | None = None,
    *,
    given: bool | None = False,
    options: str = "",
) -> Iterator[str]:
    """Add a constraint to a table that is there; `parent_valid` is of the one inherited, where there is one.

    `options` are those of its index, if no later statement can say them. A `given` check comes from the table above;
    None: the table is put below another that asks for it.
    """
    if made.definition is None or is_clone(made):
        return
    name = f"{_sort(made.table)} {dotted(made.table.schema, made.table.name)}"
    partition = isinstance(table, Table | ForeignTable) and table.partition_of is not None
    if made.type == "c" and not made.local and (given or (given is False and not partition)):
        if made.validated and parent_valid is False:
            yield f"ALTER {name} VALIDATE CONSTRAINT {ident(made.key.name)}"
        return
    if made.type == "f" and made.parent is not None and not is_forerunner(made):
        return  # comes with the partitioned table's
    if made.type == "x" and made.parent is not None:
        return  # so does this: no server attaches an index that excludes
    only = "ONLY " if made.type in "pu" or made.no_inherit else ""
    target = f"{_sort(made.table)} {only}{dotted(made.table.schema, made.table.name)}"
    yield f"ALTER {target} ADD {line(made, options)}"


def attached(made: Constraint, indexes: dict[Key, Index]) -> Iterator[str]:
    """Tie the index of a partition's constraint to the partitioned table's."""
    index = indexes.get(made.index) if made.index is not None else None
    if index is not None and index.parent is not None and made.type in "pu":
        own = dotted(index.key.schema, index.key.name)
        yield f"ALTER INDEX {dotted(index.parent.schema, index.parent.name)} ATTACH PARTITION {own}"


def _sort(table: Key) -> str:
    return "FOREIGN TABLE" if table.kind is Kind.FOREIGN_TABLE else "TABLE"
