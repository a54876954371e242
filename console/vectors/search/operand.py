"""What a column is compared with, in SQL, and the column as one of its indexes has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from console.db.compose import SQL, Composable, Composed, Placeholder
from console.db.composing import verbatim
from console.sql.quoting import ident
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Kind, Metric
from console.vectors.search.question import Key
from console.vectors.search.statement import named

_LENGTH = re.compile(r"\(\d+(?:,-?\d+)?\)")


@dataclass(frozen=True, slots=True)
class Operand:
    """A vector in SQL: of the column's own type, so that it may be cast like the column."""

    sql: Composable
    params: Mapping[str, object]
    dimensions: int | None


def literal(column: VectorColumn, text: str, dimensions: int) -> Operand:
    """Return a vector that was written as text."""
    sql = SQL("%(vector)s::{}").format(type_of(column, column.kind, dimensions))
    return Operand(sql, {"vector": text}, dimensions)


def of_row(column: VectorColumn, key: Key) -> Operand:
    """Return the vector of a row, read by the search itself."""
    sql = SQL("(SELECT o.{} FROM {} AS o WHERE {})").format(
        named(column.name), named(column.schema, column.table), same(column, "o", "q")
    )
    return Operand(sql, keyed(key, "q"), column.dimensions)


def type_of(column: VectorColumn, kind: Kind, dimensions: int | None) -> Composed:
    """Return a type of vectors, where the extension has it."""
    name = SQL("pg_catalog.bit") if kind is Kind.BIT else named(column.extension, str(kind))
    return Composed([name, SQL("") if dimensions is None else verbatim(f"({dimensions})")])


def distance(column: VectorColumn, metric: Metric, left: Composable, right: Composable) -> Composed:
    """Return how far apart two vectors are."""
    operator = SQL("OPERATOR({}.{})").format(named(column.extension), verbatim(metric.operator))
    return SQL("{} {} {}").format(left, operator, right)


def same(column: VectorColumn, table: str, prefix: str) -> Composable:
    """Return the condition that a row of the column's table has a key, given as parameters."""
    parts = [
        SQL("{} OPERATOR(pg_catalog.=) {}::{}").format(
            named(table, name), Placeholder(f"{prefix}{place}"), verbatim(_key_type(column.type_of(name) or "text"))
        )
        for place, name in enumerate(column.key)
    ]
    return SQL(" AND ").join(parts)


def keyed(key: Key, prefix: str) -> dict[str, object]:
    """Return the parameters that `same` wants."""
    return {f"{prefix}{place}": value for place, value in enumerate(key)}


def _key_type(type_name: str) -> str:
    """Return a type that no value is cut for: `character(3)` would take "abcd" for "abc".

    >>> _key_type("timestamp(3) with time zone"), _key_type("bit(3)"), _key_type('public."a(1)"')
    ('timestamp with time zone', 'pg_catalog.varbit', 'public."a(1)"')
    """
    bare = type_name if '"' in type_name else _LENGTH.sub("", type_name)
    return {"character": "pg_catalog.bpchar", "bit": "pg_catalog.varbit"}.get(bare, bare)


@dataclass(frozen=True, slots=True)
class Cast:
    """An index that holds something made of the column: how to write that, and how its distances are measured.

    `oversample` is how many times k are to be taken from it, since its distances are less exact than the column's.
    """

    index: VectorIndex
    oversample: int

    def of(self, column: VectorColumn, vector: Composable) -> Composed:
        """Return what the index has of a vector."""
        target = type_of(column, self.index.kind, self.index.dimensions)
        if self.index.kind is Kind.BIT:
            return SQL("{}.binary_quantize({})::{}").format(named(column.extension), vector, target)
        return SQL("({})::{}").format(vector, target)


def cast_for(column: VectorColumn, metric: Metric, dimensions: int | None) -> Cast | None:
    """Return the index to search by where the column itself has none of this metric; None where the column is right.

    `dimensions` are those of what is searched by, which the index has to share.
    """
    valid = [index for index in column.indexes if index.valid and index.dimensions in (None, dimensions)]
    if any(not index.expression and index.metric is metric for index in valid):
        return None
    casts = [cast for index in valid if (cast := _cast(column, metric, index)) is not None]
    return min(casts, key=lambda cast: (cast.oversample, bool(cast.index.predicate)), default=None)


def _cast(column: VectorColumn, metric: Metric, index: VectorIndex) -> Cast | None:
    name, extension = re.escape(ident(column.name)), rf"(?:{re.escape(ident(column.extension))}\.)?"
    if index.dimensions is None or column.kind not in (Kind.VECTOR, Kind.HALFVEC):
        return None
    if index.kind is Kind.BIT:
        made = rf"\(*{extension}binary_quantize\({name}\)\)*::bit\({index.dimensions}\)\)?"
        return Cast(index, oversample(column, index)) if re.fullmatch(made, index.expression) else None
    made = rf"\(*{name}\)*::{extension}{index.kind}\({index.dimensions}\)\)?"
    if index.metric is not metric or not re.fullmatch(made, index.expression):
        return None
    return Cast(index, oversample(column, index))


def oversample(column: VectorColumn, index: VectorIndex) -> int:
    """Return how many times the rows that are wanted are taken from an index whose distances are less exact."""
    if index.kind is column.kind:
        return 1
    return 10 if index.kind is Kind.BIT else 2
