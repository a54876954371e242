"""Finds the columns of vectors in a database, with their indexes, from the catalog alone and in one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from console.db import progress
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.sql import queries
from console.text import sanitize
from console.vectors import naming
from console.vectors.column import Building, VectorColumn, VectorIndex
from console.vectors.metric import Kind, Metric

CREATE = "CREATE EXTENSION vector"
# What an index has that was built without saying otherwise, by pgvector's documentation.
_DEFAULTS = {"hnsw": {"m": "16", "ef_construction": "64"}, "ivfflat": {"lists": "100"}}
_METRICS = {metric.operator: metric for metric in Metric}


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is of vectors in a database.

    `extension` is the schema that pgvector lives in, None where it is not created in this database; `version` its
    version, "" then. `available` is the version that the server has, "" for none.
    """

    columns: tuple[VectorColumn, ...]
    extension: str | None
    version: str
    available: str

    @property
    def nothing(self) -> str:
        """Why there is nothing to search, in a sentence or two; "" when there is something.

        >>> Survey((), None, "", "0.8.5").nothing
        'The extension vector is not created in this database: CREATE EXTENSION vector creates it (0.8.5 is there).'
        """
        if self.columns:
            return ""
        if self.extension is not None:
            return f"No table here has a column of vectors that this role may read (pgvector {self.version} is there)."
        if self.available:
            there = sanitize(self.available)
            return f"The extension vector is not created in this database: {CREATE} creates it ({there} is there)."
        return (
            "The extension vector is not created in this database, and the server does not have it: "
            f"pgvector has to be installed there, then {CREATE} creates it."
        )

    @property
    def hint(self) -> str:
        """What to do when there is nothing: a statement, or a sentence."""
        if self.extension is None:
            return CREATE if self.available else "Install pgvector where the server runs, or take a server that has it."
        return "ALTER TABLE … ADD COLUMN embedding vector(384) adds one."


async def survey(session: Session) -> Survey:
    """Read what there is; partitions are left out, since their table stands for them. Raises StatementFailed's kin."""
    return await _survey(session, None)


async def find(session: Session) -> tuple[VectorColumn, ...]:
    """Return the columns of vectors, by schema, table and place; none where pgvector is missing: `survey` says why."""
    return (await survey(session)).columns


async def find_one(session: Session, word: str) -> VectorColumn:
    """Return the column that a person names: `public.articles.embedding`, `articles`, `"My Table".embedding`.

    `a.b` is schema and table first, then table and column. Partitions are found as well. Raises UsageError when there
    is none, with the nearest names, and when several may be meant.
    """
    parts = naming.parts(word)
    found = await _survey(session, parts)
    meant = naming.meant(found.columns, parts, word)
    return meant or await _absent(session, found, parts, word)


async def _absent(session: Session, found: Survey, parts: Sequence[str], word: str) -> VectorColumn:
    """Raise what tells why there is no such column of vectors."""
    if found.extension is None:
        raise UsageError(f"{sanitize(word)} cannot be searched: {_lowered(found.nothing)}", hint=found.hint)
    [named] = await session.read(
        Query(queries.load("vectors/named"), {"names": list(parts)}, row=naming.Relation), doing="looking for a table"
    )
    raise naming.absent(word, parts, named, (await survey(session)).columns)


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


async def _survey(session: Session, names: Sequence[str] | None) -> Survey:
    asked = {"names": None if names is None else list(names)}
    [extension], columns, indexes = await session.read(
        Query(queries.load("vectors/extension")),
        Query(queries.load("vectors/columns"), asked),
        Query(queries.load("vectors/indexes"), {**asked, "operators": list(_METRICS)}, row=_index),
        doing="looking for columns of vectors",
    )
    by_column: dict[tuple[int, int], list[VectorIndex]] = {}
    for table, number, index in indexes:
        if number is not None:
            by_column.setdefault((table, number), []).append(index)
    return Survey(tuple(_column(row, by_column) for row in columns), *extension)


def _column(row: Sequence[Any], indexes: Mapping[tuple[int, int], Sequence[VectorIndex]]) -> VectorColumn:
    (
        table,
        number,
        schema,
        name,
        column,
        kind,
        dimensions,
        extension,
        version,
        relation,
        rows,
        size,
        secured,
        key,
        columns,
    ) = row
    return VectorColumn(
        *(table, schema, name, column, Kind(kind), dimensions, extension, version),
        relation_kind=relation,
        rows=rows,
        size=size,
        row_security=secured,
        key=tuple(key),
        columns=MappingProxyType(dict(columns)),
        indexes=tuple(indexes.get((table, number), ())),
    )


def _index(
    *,
    table_oid: int,
    number: int | None,
    operator: str,
    kind: str,
    method: str,
    options: Sequence[str],
    pid: int | None,
    phase: str | None,
    **rest: Any,
) -> tuple[int, int | None, VectorIndex]:
    counts = [int(rest.pop(name) or 0) for name in _COUNTS]
    said = dict(option.split("=", 1) for option in options)
    return (
        table_oid,
        number,
        VectorIndex(
            method=method,
            metric=_METRICS[operator],
            kind=Kind(kind),
            options=MappingProxyType({**_DEFAULTS.get(method, {}), **said}),
            building=_building(pid, phase, counts) if pid is not None else None,
            **rest,
        ),
    )


_COUNTS = (
    *("blocks_done", "blocks_total", "tuples_done", "tuples_total"),
    *("lockers_done", "lockers_total", "partitions_done", "partitions_total"),
)


def _building(pid: int, phase: str | None, counts: Sequence[int]) -> Building:
    """Return how far a build is; the server tells the phase to its owner and to monitors only."""
    if phase is None:
        return Building(pid, "building")
    now = progress.of_row("CREATE INDEX", phase, *counts)
    return Building(pid, phase, now.done, now.total)
