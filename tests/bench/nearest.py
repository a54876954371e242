"""The ten nearest of many vectors: by an index as kimbleai has it (ivfflat, 100 lists, 10 probes) and by reading all.

The index looks through a tenth of the lists, so it may miss some: recall is the part of the true ten that it finds.
The vectors are 1,024 numbers of the hashing embedder and 512 zeros; comparing them costs what any 1,536 cost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, TypeAlias

import psycopg

from console.vectors.embedders import hashing
from console.vectors.embedders.embedder import written
from tests.bench import recombined
from tests.bench.databases import kept
from tests.bench.durable import Durable, statement
from tests.bench.figures import US, Figure, percentile
from tests.bench.runs import alternate
from tests.systems.kimbleai import SYSTEM

Found: TypeAlias = tuple[float, list[int]]
_BY_INDEX = "-c ivfflat.probes=10"
_BY_READING = "-c enable_indexscan=off"


def figures(durable: Durable, questions: Sequence[str], *, rows: int, rounds: int) -> list[Figure]:
    """Ask the same questions in both ways, in turn."""
    name = _made(durable, rows)
    asked = [written(vector) for vector in recombined.vectors(questions)]
    with durable.connect(name, options=_BY_INDEX) as indexed, durable.connect(name, options=_BY_READING) as reading:
        _is_used(indexed, asked[0])
        asking = {"index": _asking(indexed, asked), "exact": _asking(reading, asked)}
        alternate(asking, 2)  # into the memory of the system
        seen = alternate(asking, rounds)
    return _figures(f"{rows:,}", seen["index"], seen["exact"])


def _figures(rows: str, index: Sequence[Found], exact: Sequence[Found]) -> list[Figure]:
    (usual, slow), (all_usual, all_slow) = _times(index), _times(exact)
    found = [len(set(some) & set(best)) / len(best) for (_, some), (_, best) in zip(index, exact, strict=True)]
    return [
        Figure(
            "kimbleai",
            f"nearest 10 of {rows}: index",
            "ms",
            {US: usual, "p95": slow, "exact": all_usual},
            note="the report: about 10×",
        ),
        Figure("kimbleai", f"nearest 10 of {rows}: exact", "ms", {US: all_usual, "p95": all_slow}),
        Figure("kimbleai", f"nearest 10 of {rows}: recall@10", "%", {US: 100 * sum(found) / len(found)}),
    ]


def _times(seen: Sequence[Found]) -> tuple[float, float]:
    times = [one for one, _ in seen]
    return percentile(times, 0.5), percentile(times, 0.95)


def _asking(connection: psycopg.Connection[Any], asked: Sequence[str]) -> Callable[[], Found]:
    return partial(_ask, connection, cycle(asked))


def _ask(connection: psycopg.Connection[Any], asked: cycle[str]) -> Found:
    started = time.perf_counter()
    rows = connection.execute(statement("nearest"), [next(asked)]).fetchall()
    return (time.perf_counter() - started) * 1000, [number for (number,) in rows]


def _is_used(connection: psycopg.Connection[Any], question: str) -> None:
    plan = connection.execute(b"EXPLAIN " + statement("nearest"), [question]).fetchall()
    assert "items_embedding" in str(plan), "the planner does not use the index"


def _made(durable: Durable, rows: int) -> str:
    """Return the database of so many vectors: some minutes and 1.7 GB for 100,000, the first time."""
    files = Path(recombined.__file__), Path(hashing.__file__), SYSTEM.folder / "data.sql"
    said = [statement("nearest_table"), statement("nearest_index"), *(file.read_bytes() for file in files)]
    return kept(durable.server, f"nearest_{rows}", b"".join(said), partial(_fill, durable, rows))


def _fill(durable: Durable, rows: int, name: str) -> None:
    made = [text for _, text in recombined.texts(durable.sentences(), rows)]
    with durable.connect(name) as connection:
        connection.execute(statement("nearest_table"))
        with connection.cursor().copy("COPY public.items FROM STDIN (FORMAT binary)") as copy:
            for part in recombined.copied(made):
                copy.write(part)
        connection.execute(statement("nearest_index"))
        connection.execute("VACUUM (ANALYZE) public.items")
