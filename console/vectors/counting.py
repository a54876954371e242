"""Counts how many rows of a column hold no vector, or one of zeros alone: exactly, or by a sample of a large table.

An index holds neither NULL nor, for cosine, zero vectors: a search by it never finds them.
"""

from __future__ import annotations

from collections.abc import Iterator

from console.db.compose import SQL, Composable, Composed, Identifier, Literal
from console.db.query import Query
from console.db.session import Session
from console.errors import TimedOut
from console.vectors.column import Filled, VectorColumn
from console.vectors.metric import Kind
from console.vectors.search.admitting import admitted

_BYTES = 48 << 20  # of vectors that are read in a moment, also where they lie beside their rows
_FIRST = 5_000  # rows that are looked at where there is no other sample
_USUAL = 1536  # dimensions of a column that does not say any
_WIDTHS = {Kind.VECTOR: 4.0, Kind.HALFVEC: 2.0, Kind.SPARSEVEC: 1.0, Kind.BIT: 0.125}

_COUNT = SQL("SELECT count(*), count(*) - count(e), count(*) FILTER (WHERE {}) FROM ({}) AS t (e)")
_ALL = SQL("SELECT {} FROM {}")
_SAMPLE = SQL("SELECT {} FROM {} TABLESAMPLE SYSTEM ({})")
_SOME = SQL("SELECT {} FROM {} LIMIT {}")
_ESTIMATE = SQL("EXPLAIN (FORMAT JSON) SELECT FROM {}")
_ZERO = {
    Kind.VECTOR: SQL("{}.vector_norm(e) = 0"),
    Kind.HALFVEC: SQL("{}.l2_norm(e) = 0"),
    Kind.SPARSEVEC: SQL("{}.l2_norm(e) = 0"),
}
_NO_BITS = SQL("pg_catalog.bit_count(e) = 0")


async def count(
    session: Session, column: VectorColumn, *, timeout: float = 5.0, allow_functions: bool = False
) -> Filled:
    """Count the rows of a column that are NULL or all zeros.

    All rows are counted where that takes a moment; of a larger table about as many as can be read in one, spread over
    it, and the numbers are what that makes of the whole. No statement takes longer than `timeout` seconds.
    `allow_functions` says that a person has agreed to what a view or a policy would call. Raises TimedOut when even the
    sample takes longer; Refused and MayWrite for a view or policy that may write; StatementFailed's kin.
    """
    await admitted(session, column, allow_functions=allow_functions)
    rows = column.rows if column.rows >= 0 else await estimated(session, column)
    room = max(_FIRST, int(_BYTES / _bytes(column)))
    for statement in statements(column, rows, room):
        try:
            [[(looked_at, nulls, zeros)]] = await session.read(
                Query(statement), timeout=timeout, doing=f"counting the vectors of {column.label}"
            )
        except TimedOut:
            continue
        if statement == _counting(column, _all(column)):
            return Filled(looked_at, nulls, zeros)
        if looked_at:
            return scaled(rows, looked_at, nulls, zeros)
    raise TimedOut(
        f"The vectors of {column.label} could not be counted in {timeout:g} s.",
        detail="Even a sample of them takes longer. Nothing was changed.",
        hint="Somebody may hold a lock on the table, or its storage is slow.",
    )


def scaled(rows: int, looked_at: int, nulls: int, zeros: int) -> Filled:
    """Return what a sample says of all rows.

    >>> scaled(1_000_000, 5_000, 50, 0)
    Filled(rows=1000000, nulls=10000, zeros=0, sampled=5000)
    """
    whole = max(rows, looked_at)
    return Filled(whole, round(nulls * whole / looked_at), round(zeros * whole / looked_at), looked_at)


def statements(column: VectorColumn, rows: int, room: int) -> Iterator[Composed]:
    """Yield the ways to count, the best first; the next one is for when one takes too long or finds no row."""
    if rows <= room:
        yield _counting(column, _all(column))
    elif column.relation_kind in "rmp":
        yield _counting(column, _SAMPLE.format(*_names(column), Literal(round(100 * room / rows, 6))))
    yield _counting(column, _SOME.format(*_names(column), Literal(_FIRST)))


def _counting(column: VectorColumn, rows: Composed) -> Composed:
    zero: Composable = _NO_BITS
    if column.kind is not Kind.BIT:
        zero = _ZERO[column.kind].format(Identifier(column.extension))
    return _COUNT.format(zero, rows)


def _all(column: VectorColumn) -> Composed:
    return _ALL.format(*_names(column))


def _names(column: VectorColumn) -> tuple[Identifier, Identifier]:
    return Identifier(column.name), Identifier(column.schema, column.table)


def _bytes(column: VectorColumn) -> float:
    return max(1.0, (column.dimensions or _USUAL) * _WIDTHS[column.kind])


async def estimated(session: Session, column: VectorColumn) -> int:
    """Return how many rows the planner takes a relation without statistics to have, a view for instance."""
    statement = _ESTIMATE.format(Identifier(column.schema, column.table))
    [[(document,)]] = await session.read(Query(statement), doing=f"estimating the rows of {column.label}")
    return int(document[0]["Plan"]["Plan Rows"])
