"""Tries an index: searches by some rows of its table, through it and without it, and compares what comes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.db.compose import SQL, Composable, Composed, Literal
from console.db.composing import name, verbatim
from console.db.query import Query
from console.db.session import Session
from console.sql import queries
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.explaining import used
from console.vectors.search.operand import type_of

K = 10
_ROWS = 40  # that are looked at for their ages
_QUERIES = 20  # of them that are searched by
_AROUND = 2_000  # rows of a large table among which they are chosen
_CLOSE = 1e-9

# What stands beside the table would make the columns of a condition ambiguous. The rows are chosen first: only their
# vectors are written as text.
_SAMPLE = SQL(
    "SELECT s.vector::pg_catalog.text, s.younger FROM (SELECT {vector} AS vector,"
    " coalesce(pg_catalog.age(t.xmin) < (SELECT pg_catalog.age(b.built::pg_catalog.xid) FROM ROWS FROM"
    " (pg_catalog.unnest(%(tables)s::pg_catalog.int8[]), pg_catalog.unnest(%(built)s::pg_catalog.text[]))"
    " AS b (id, built) WHERE b.id = t.tableoid::pg_catalog.int8), false) AS younger"
    " FROM {table} AS t{part} WHERE {conditions} ORDER BY pg_catalog.random() LIMIT {most}) AS s"
)
_NEAREST = SQL(
    "SELECT ARRAY(SELECT {distance} FROM {table} AS t WHERE {conditions} ORDER BY {distance} LIMIT {most})"
    " FROM pg_catalog.unnest(%(vectors)s::pg_catalog.text[]) WITH ORDINALITY AS v (value, place) ORDER BY v.place"
)
_SET = SQL("SELECT pg_catalog.set_config({}, {}, true)")


class NotTaken(Exception):
    """The server answers by something else than this index, whatever it is told."""


@dataclass(frozen=True, slots=True)
class Ages:
    """By which transaction an index was last built, by the table it is of; and the probes that searches have.

    How old that is, is asked beside the age of rows: others' transactions in between would make these older.
    """

    tables: tuple[int, ...]
    built: tuple[str, ...]
    probes: int


@dataclass(frozen=True, slots=True)
class Tried:
    """Some rows: the vectors to search by, as text, and the part of the rows that is younger than the index."""

    vectors: tuple[str, ...]
    later: float


async def ages(session: Session, index: VectorIndex) -> Ages:
    """Read when an index was built."""
    asked = Query(queries.load("vectors/ages"), {"index": index.oid})
    [[(tables, found, probes)]] = await session.read(asked, doing=f"looking at {index.label}")
    return Ages(tuple(tables), tuple(found), int(probes) if probes else 1)


async def sample(session: Session, column: VectorColumn, index: VectorIndex, known: Ages) -> Tried:
    """Read some rows that are in an index, from all over its table."""
    part: Composable = SQL("")
    if column.rows > _AROUND:
        part = SQL(" TABLESAMPLE SYSTEM ({})").format(Literal(round(100 * _AROUND / column.rows, 6)))
    statement = _SAMPLE.format(
        vector=_indexed(column, index),
        table=name(column.schema, column.table),
        part=part,
        conditions=_conditions(column, index),
        most=Literal(_ROWS),
    )
    asked = Query(statement, {"tables": list(known.tables), "built": list(known.built)})
    [rows] = await session.read(asked, doing=f"looking at rows of {column.label}")
    later = sum(younger for _, younger in rows) / len(rows) if rows else 0.0
    return Tried(tuple(vector for vector, _ in rows[:_QUERIES]), later)


async def nearest(
    session: Session,
    column: VectorColumn,
    index: VectorIndex,
    tried: Tried,
    settings: Mapping[str, str] | None,
    timeout: float,
) -> list[list[float]]:
    """Return the distances of the nearest rows of each vector, its own among them.

    With `settings` the index finds them, one after the other without looking further; without, all rows are read.
    Raises NotTaken when the server does not use the index.
    """
    statement = Query(_nearest(column, index), {"vectors": list(tried.vectors)})
    if settings is None:
        before = [_set("enable_indexscan", "off")]
    else:
        before = [_set(*each) for each in (("ivfflat.iterative_scan", "off"), *settings.items())]
        before += [Query(queries.load("vectors/forced"), as_text=True)]
    explained = Query(SQL("EXPLAIN (FORMAT JSON) {}").format(statement.sql), statement.params)
    doing = f"searching by rows of {column.label}"
    *_, [(document,)], found = await session.read(*before, explained, statement, timeout=timeout, doing=doing)
    if settings is not None and not _takes(document[0], column, index):
        raise NotTaken
    return [_numbers(distances) for (distances,) in found]


def agreeing(found: Sequence[Sequence[float]], truth: Sequence[Sequence[float]]) -> float:
    """Return how many of the true nearest are found, of K, on average; a row does not count as its own.

    What is as near as the last of them counts, whichever row it is.

    >>> agreeing([[0.0, 0.1, 0.5]], [[0.0, 0.1, 0.2]])
    5.0
    """
    parts = [_part(some[1:], all_[1:]) for some, all_ in zip(found, truth, strict=True) if len(all_) > 1]
    return K * sum(parts) / len(parts) if parts else float(K)


def _part(found: Sequence[float], truth: Sequence[float]) -> float:
    reach = truth[-1] + _CLOSE
    return min(len(truth), sum(distance <= reach for distance in found)) / len(truth)


def _numbers(distances: Sequence[float]) -> list[float]:
    return [distance for distance in distances if not math.isnan(distance)]


def _takes(document: Mapping[str, Any], column: VectorColumn, index: VectorIndex) -> bool:
    names = used(document)
    return bool(names) and (column.relation_kind == "p" or names == [index.name])


def _nearest(column: VectorColumn, index: VectorIndex) -> Composed:
    operator = SQL("OPERATOR({}.{})").format(name(column.extension), verbatim(index.metric.operator))
    value = SQL("v.value::{}").format(type_of(column, index.kind, index.dimensions))
    return _NEAREST.format(
        distance=SQL("{} {} {}").format(_indexed(column, index), operator, value),
        table=name(column.schema, column.table),
        conditions=_conditions(column, index),
        most=Literal(K + 1),
    )


def _indexed(column: VectorColumn, index: VectorIndex) -> Composable:
    """Return what is indexed, as the server writes it: in it, columns stand without their table."""
    return SQL("({})").format(verbatim(index.expression)) if index.expression else name("t", column.name)


def _conditions(column: VectorColumn, index: VectorIndex) -> Composable:
    there = SQL("{} IS NOT NULL").format(_indexed(column, index))
    return SQL("{} AND {}").format(there, verbatim(index.predicate)) if index.predicate else there


def _set(setting: str, value: str) -> Query:
    return Query(_SET.format(Literal(setting), Literal(value)))
