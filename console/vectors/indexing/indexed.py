"""What an index of a column has to be of: the column itself, or a cast of it where it is too long for an index."""

from __future__ import annotations

from dataclasses import dataclass

from console.errors import UsageError
from console.sql.quoting import dotted, ident
from console.vectors.column import VectorColumn
from console.vectors.metric import Kind, Metric, indexable, metrics
from console.vectors.search.knobs import version_of

# The most dimensions that an index takes, by pgvector's documentation.
MOST = {Kind.VECTOR: 2_000, Kind.HALFVEC: 4_000, Kind.BIT: 64_000, Kind.SPARSEVEC: 1_000_000_000}
_BITS = "Only the signs of the numbers are indexed: search it by hamming, and sort what it finds by the vector itself."


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is indexed: `sql` is what stands between the brackets, `condition` what stands behind WHERE, "" for all."""

    metric: Metric
    kind: Kind
    dimensions: int
    sql: str
    condition: str = ""
    remark: str = ""


def indexed(column: VectorColumn, metric: Metric, method: str, length: int | None, *, mixed: bool = False) -> Indexed:
    """Return what to index; `length` is that of the vectors, `mixed` tells that others are there too.

    Raises UsageError with a sentence where there is no such index.
    """
    if length is None:
        raise UsageError(
            f"{column.label} takes vectors of any length and holds none yet: an index needs to know their length.",
            hint="Fill it first, or give the column its length: ALTER TABLE … ALTER COLUMN … TYPE vector(384).",
        )
    if metric not in metrics(column.kind):
        raise UsageError(f"{column.label} is of type {column.kind}, which cannot be searched by {metric.said}.")
    kind, used, whole = _kind(column, metric, length)
    if not indexable(kind, used, method):
        raise UsageError(f"{method} has no index of {kind} for {used.said}.", hint=_instead(kind, used))
    if version_of(column.version) < (0, 7) and (kind is not Kind.VECTOR or used is Metric.L1):
        raise UsageError(
            f"An index of {kind} for {used.said} came with pgvector 0.7, and this database has {column.version}.",
            hint="ALTER EXTENSION vector UPDATE, where the server has a newer one.",
        )
    schema = ident(column.extension)
    operators = f"{schema}.{used.operator_class(kind)}"
    condition = f"{schema}.vector_dims({ident(column.name)}) = {length}" if mixed else ""
    return Indexed(used, kind, length, f"{whole} {operators}", condition, _said(column, kind, length, mixed=mixed))


def _kind(column: VectorColumn, metric: Metric, length: int) -> tuple[Kind, Metric, str]:
    """Return the type to index, the metric it then has, and the column or its cast."""
    name, schema = ident(column.name), column.extension
    if length <= MOST[column.kind]:
        cast = f"(({name}::{dotted(schema, column.kind)}({length})))"
        return column.kind, metric, name if _says_its_length(column) else cast
    if column.kind is Kind.VECTOR and length <= MOST[Kind.HALFVEC]:
        return Kind.HALFVEC, metric, f"(({name}::{dotted(schema, 'halfvec')}({length})))"
    bits = f"(({dotted(schema, 'binary_quantize')}({name})::pg_catalog.bit({length})))"
    return Kind.BIT, Metric.HAMMING, bits


def _says_its_length(column: VectorColumn) -> bool:
    """Whether an index sees how long the vectors are: it does not look behind a domain."""
    return column.dimensions is not None and column.columns.get(column.name, ")").endswith(")")


def _instead(kind: Kind, metric: Metric) -> str:
    return "hnsw has one." if indexable(kind, metric, "hnsw") else ""


def _said(column: VectorColumn, kind: Kind, length: int, *, mixed: bool) -> str:
    if kind is Kind.BIT and column.kind is not Kind.BIT:
        return f"{length:,} dimensions are more than an index takes of a {column.kind}. {_BITS}"
    if kind is not column.kind:
        return f"{length:,} dimensions are more than an index takes of a {column.kind}, so it is of them as {kind}."
    if mixed:
        return f"Vectors of other lengths than {length:,} are not in it."
    return ""
