"""What is known of a column and its server when an index is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.db.compose import SQL, Identifier
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.sql import queries
from console.vectors import counting
from console.vectors.column import VectorColumn
from console.vectors.metric import Kind

_SOME = 1_000
_DIMENSIONS = SQL("SELECT d, count(*) FROM (SELECT {} AS d FROM {} WHERE {} IS NOT NULL LIMIT {}) AS t GROUP BY d")


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition, or a part of its own partitions (`kind` "p"); `rows` -1 when it was never analysed."""

    oid: int
    parent: int
    schema: str
    table: str
    kind: str
    rows: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The facts.

    `rows` are about as many as have a vector. `maintenance_work_mem` and `shared_buffers` are bytes.
    `available` is the version of pgvector that the server has. `owned` tells
    whether the role may build indexes. `names` are those of
    indexes as we call them that are taken in the schemas concerned. `below` are partitions, those above
    first. `lengths` are the dimensions of some vectors with their numbers, where the column does not say them.
    """

    rows: int
    maintenance_work_mem: int
    shared_buffers: int
    database: str = ""
    available: str = ""
    owned: bool = True
    names: frozenset[str] = frozenset()
    below: tuple[Partition, ...] = ()
    lengths: tuple[tuple[int, int], ...] = ()


async def read(session: Session, column: VectorColumn) -> Ground:
    """Read the facts in one round trip, or two. Raises UsageError when the table is gone; StatementFailed's kin."""
    asked = Query(queries.load("vectors/ground"), {"table": column.table_oid, "column": column.name})
    more = [_lengths(column)] if column.dimensions is None else []
    found, *lengths = await session.read(asked, *more, doing=f"looking at {column.label}")
    if not found:
        raise UsageError(f"The table of {column.label} is not there any more.")
    [(work, shared, database, available, owned, null_fraction, names, below)] = found
    rows = column.rows if column.rows >= 0 else await counting.estimated(session, column)
    return Ground(
        rows=round(rows * (1 - null_fraction)),
        maintenance_work_mem=work,
        shared_buffers=shared,
        database=database,
        available=available,
        owned=owned,
        names=frozenset(names),
        below=tuple(_partition(*each) for each in below),
        lengths=tuple(sorted(map(tuple, lengths[0]), key=lambda each: -each[1])) if lengths else (),
    )


def _partition(oid: int, parent: int, schema: str, table: str, kind: str, rows: float) -> Partition:
    return Partition(oid, parent, schema, table, kind, int(rows))


def _lengths(column: VectorColumn) -> Query:
    name = Identifier(column.name)
    if column.kind is Kind.SPARSEVEC:
        length = SQL("pg_catalog.split_part({}::pg_catalog.text, '/', 2)::pg_catalog.int4").format(name)
    else:
        length = SQL("{}.vector_dims({})").format(Identifier(column.extension), name)
    return Query(_DIMENSIONS.format(length, Identifier(column.schema, column.table), name, SQL(str(_SOME))))


def usual(lengths: Sequence[tuple[int, int]]) -> int | None:
    """Return the length that most vectors have, None where there are no vectors."""
    return lengths[0][0] if lengths else None
