"""Statements for indexes and extended statistics."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl.columns import assigned
from console.catalog.ddl.naming import described
from console.catalog.model import Index, Kind, Statistics
from console.sql.quoting import dotted, ident


def index(made: Index, *, attached: bool, whole: bool = False) -> Iterator[str]:
    """Create an index, attached to the partitioned table's where it has one and `attached` asks for it.

    That of a constraint comes with it and only gets what the constraint cannot say: of a `whole`, which is
    partitioned, the constraint has to say the options.
    """
    if made.definition is None:
        return
    name = dotted(made.key.schema, made.key.name)
    if made.constraint is None:
        yield made.definition
        if made.parent is not None and attached:
            yield f"ALTER INDEX {dotted(made.parent.schema, made.parent.name)} ATTACH PARTITION {name}"
    elif made.options and not whole:
        yield f"ALTER INDEX {name} SET ({assigned(made.options)})"
    if made.tablespace:
        yield f"ALTER INDEX {name} SET TABLESPACE {ident(made.tablespace)}"
    for column, target in made.statistics:
        yield f"ALTER INDEX {name} ALTER COLUMN {column} SET STATISTICS {target}"
    yield from _chosen(made)


def _chosen(made: Index) -> Iterator[str]:
    """Make it the one that the table is clustered on or known by."""
    sort = "MATERIALIZED VIEW" if made.table.kind is Kind.MATERIALIZED_VIEW else "TABLE"
    table = dotted(made.table.schema, made.table.name)
    if made.clustered:
        yield f"ALTER {sort} {table} CLUSTER ON {ident(made.key.name)}"
    if made.replica_identity:
        yield f"ALTER {sort} ONLY {table} REPLICA IDENTITY USING INDEX {ident(made.key.name)}"


def statistics(made: Statistics) -> Iterator[str]:
    """Create extended statistics."""
    if made.definition is None:
        return
    yield made.definition
    if made.target is not None:
        yield f"ALTER {described(made)} SET STATISTICS {made.target}"
