"""Indexes of vectors that are built anew: what that takes in time and memory, roughly."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from console.catalog.compare import Action
from console.catalog.model import Catalog, Column, Index, Key, Kind, Relation
from console.drift.ordering.writing import Statement
from console.migrations.hazards import hazard
from console.migrations.hazards.hazard import Hazard, Lock, Name, Severity
from console.text import plural, sanitize, size

_METHODS = frozenset({"hnsw", "ivfflat"})
_DIMENSIONS = re.compile(r"(vector|halfvec|bit|sparsevec)\((\d+)\)")
_BYTES = {"vector": 4.0, "halfvec": 2.0, "bit": 0.125, "sparsevec": 8.0}
_MANY = 100_000  # rows from which a build takes minutes
# Of pgvector 0.8 on one core, for 128 dimensions of four bytes and its own choice of parameters; halve or double it.
_HNSW_PER_ROW, _IVFFLAT_PER_ROW = 600e-6, 60e-6
_USUAL = {"m": 16, "ef_construction": 64}
_ADVICE = "Build it CONCURRENTLY, with enough memory and parallel workers."
_BESIDE = "Build it CONCURRENTLY beside the old one, with enough memory and parallel workers; then drop the old one."
_NEIGHBOUR, _NODE = 16, 120  # bytes of the graph in memory: each neighbour's, each element's


Indexes: TypeAlias = Mapping[tuple[str, str], Sequence[Index]]
"""Those of vectors, by schema and name of their tables."""


def of_vectors(catalog: Catalog) -> Indexes:
    """Return the indexes of vectors that there are."""
    found: defaultdict[tuple[str, str], list[Index]] = defaultdict(list)
    for index in catalog.of(Index):
        if index.method in _METHODS:
            found[index.table.schema, index.table.name].append(index)
    return found


def rebuilt(a: Catalog, b: Catalog, indexes: Indexes, statement: Statement) -> Iterator[Hazard]:
    """Yield the hazard of each index of vectors in `b` that a statement builds anew; empty tables have none."""
    for index in _built(a, b, indexes, statement):
        measure = a.measures.get(index.table)
        rows = measure.rows if measure is not None else None
        if rows == 0 or (rows is None and (measure is None or not measure.bytes)):
            continue
        yield _hazard(b, index, _why(a, index), rows)


def _built(a: Catalog, b: Catalog, indexes: Indexes, statement: Statement) -> Iterator[Index]:
    made = b.objects.get(statement.key)
    if isinstance(made, Index) and made.method in _METHODS and statement.action is Action.CREATE:
        if statement.text.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX")):
            yield made
    elif statement.key.kind is Kind.COLUMN and " TYPE " in statement.text:
        for index in indexes.get((statement.key.schema, statement.key.parent), ()):
            if statement.key.name in index.columns and a.objects.get(index.key) == index:
                yield index


def _why(a: Catalog, index: Index) -> str:
    """Say what has changed, if it was there before."""
    before = a.objects.get(index.key)
    if not isinstance(before, Index):
        return ""
    if before.method != index.method:
        return f"it was {sanitize(before.method)}"
    if before.options != index.options and _opclass(before) == _opclass(index):
        return "its parameters change"
    if _opclass(before) != _opclass(index):
        return "its operator class changes"
    return "the column changes"


def _opclass(index: Index) -> str:
    return (index.definition or "").partition(" USING ")[2].partition(" WITH (")[0]


def _hazard(b: Catalog, index: Index, why: str, rows: int | None) -> Hazard:
    kind, dimensions = _shape(b, index)
    over = f"{rows:,} rows" if rows is not None else "all rows"
    of = f" of {plural(dimensions, 'dimension')}" if dimensions else ""
    head = f"Builds the {index.method} index {sanitize(str(index.key))} {'anew ' if why else ''}over {over}{of}"
    time, memory = _duration(_seconds(index, kind, dimensions, rows)), size(_memory(index, kind, dimensions, rows))
    costs = f": {time} on one core with {memory} of maintenance_work_mem, and several times as long with less"
    took = costs if rows and dimensions else ""
    severity = Severity.CRIT if rows is not None and rows >= _MANY else Severity.WARN
    relation = Name(index.table.schema, index.table.name)
    text = f"{head}{took}{f'; {why}' if why else ''}."
    return Hazard(hazard.Kind.BUILD, severity, text, relation, Lock.SHARE, _BESIDE if why else _ADVICE)


def _shape(catalog: Catalog, index: Index) -> tuple[str, int]:
    """Return type and dimensions of the column that is indexed; 0 where an expression hides them."""
    column = _column(catalog, index.table, index.columns[0] if index.columns else None)
    texts = [index.definition or "", column.type if column is not None else ""]
    found = next((match for text in texts if (match := _DIMENSIONS.search(text)) is not None), None)
    return (found[1], int(found[2])) if found is not None else ("vector", 0)


def _column(catalog: Catalog, table: Key, name: str | None) -> Column | None:
    made = catalog.objects.get(table)
    columns = made.columns if isinstance(made, Relation) else ()
    return next((each for each in columns if each.name == name), None)


def _parameters(index: Index) -> dict[str, int]:
    said = {each.name: int(each.value) for each in index.options if each.value.isdigit()}
    return {**_USUAL, **said}


def _seconds(index: Index, kind: str, dimensions: int, rows: int | None) -> float:
    if index.method == "ivfflat":
        return (rows or 0) * _IVFFLAT_PER_ROW * dimensions * _BYTES[kind] / 512
    given = _parameters(index)
    effort = given["ef_construction"] / _USUAL["ef_construction"] * math.sqrt(given["m"] / _USUAL["m"])
    return (rows or 0) * _HNSW_PER_ROW * effort * max(dimensions * _BYTES[kind] / 512, 0.25)


def _memory(index: Index, kind: str, dimensions: int, rows: int | None) -> int:
    """Return the bytes within which a build stays in memory: the graph, or the sample that centres are found in."""
    each = dimensions * _BYTES[kind]
    if index.method == "ivfflat":
        lists = int(dict(index.options).get("lists", "100"))
        return int(max(50 * lists, 10_000) * each + lists * each * 2)
    return int((rows or 0) * (each + _parameters(index)["m"] * 2 * _NEIGHBOUR + _NODE))


def _duration(seconds: float) -> str:
    """Say a rough time.

    >>> _duration(20), _duration(700), _duration(9000)
    ('less than a minute', 'about 12 minutes', 'about 2.5 hours')
    """
    if seconds < 60:
        return "less than a minute"
    if seconds < 5400:
        return f"about {plural(round(seconds / 60), 'minute')}"
    return f"about {seconds / 3600:.1f} hours"
