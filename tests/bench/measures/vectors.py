"""Vectors: what a search costs beside the bare statement, whether recall is what is said, how soon there is a picture.

100,000 vectors of 384 dimensions (`--quick`: 10,000), as `tests/bench/clustered.py` makes them, in two tables: one with
an hnsw index, one with an ivfflat of 100 lists, which is searched by 10 probes. A search is that of a pasted vector for
ten rows: ours from the question to the hits in the hands of the screen, psql's what its \\timing says of the bare
statement, in one running psql. The bound is what psql takes, and 5 % or 5 ms more, whichever is more.

Recall is what the console measures of its hundred questions, at the setting that the server has and at the one that
is advised. Beside it stands what the same index finds of the ten that numpy computes to be nearest, by the same
questions; `apart` is the largest difference at any setting of the curve, in per cent.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

import numpy as np
import psycopg

from console.config import target
from console.db.session import Session
from console.vectors.column import VectorColumn
from console.vectors.finding import find_one
from console.vectors.quality.measuring import measure as measure_recall
from console.vectors.quality.projection import project
from console.vectors.quality.recall import Curve, advise
from console.vectors.quality.sampling import take
from console.vectors.search.question import Knobs, Pasted, Question
from console.vectors.search.searching import search
from tests.bench import clustered
from tests.bench.clients import PSQL
from tests.bench.databases import Ground, kept
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.runs import alternate, run

_SUBJECT = "vectors"
_SQL = Path(__file__).parent.parent / "sql" / "vectors"
_TABLES = {"hnsw": "by_hnsw", "ivfflat": "by_ivfflat"}
_KNOBS = {"hnsw": ("hnsw.ef_search", "40"), "ivfflat": ("ivfflat.probes", "10")}
_BARE = (
    "SELECT id, topic, content, embedding OPERATOR(public.<=>) '{0}'::public.vector AS distance FROM public.{1}"
    " ORDER BY embedding OPERATOR(public.<=>) '{0}'::public.vector LIMIT {2};"
)
_MORE = 5.0, 1.05  # ms, or part, that a search may take beyond psql's
_POINTS = 5_000


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Search, measure recall, project."""
    rows = 10_000 if quick else 100_000
    url = ground.server.url(_made(ground, rows))
    with asyncio.Runner() as runner:
        session = runner.run(_opened(url))
        try:
            for method in _TABLES:
                sheet.figures.append(_searching(runner, session, url, method, rows, 10 if quick else 60))
            sheet.figures.append(_searching(runner, session, url, "exact", rows, 5 if quick else 20))
            for method in _TABLES:
                sheet.figures += _recall(runner, session, url, method, rows)
            sheet.figures += _projecting(runner, session, 3 if quick else 7)
        finally:
            runner.run(session.close())
    sheet.figures.append(_by_program(ground, url, 3 if quick else 11))


async def _opened(url: str) -> Session:
    meant = target.resolve(url, environ=os.environ, cwd=Path.cwd())
    return await Session.open(meant, what="bench")


def _made(ground: Ground, rows: int) -> str:
    """Return the database of so many vectors; made in half a minute the first time."""
    files = Path(clustered.__file__), _SQL / "tables.sql", _SQL / "indexes.sql"
    said = b"".join(file.read_bytes() for file in files)
    return kept(ground.server, f"vectors_{rows}", said, partial(_fill, ground, rows))


def _fill(ground: Ground, rows: int, name: str) -> None:
    with psycopg.connect(ground.server.url(name), autocommit=True) as connection:
        connection.execute((_SQL / "tables.sql").read_bytes())
        with connection.cursor().copy("COPY public.by_hnsw FROM STDIN (FORMAT binary)") as copy:
            for part in clustered.copied(*clustered.made(rows)):
                copy.write(part)
        connection.execute((_SQL / "indexes.sql").read_bytes())
        connection.execute("VACUUM (ANALYZE) public.by_hnsw, public.by_ivfflat")


def _searching(runner: asyncio.Runner, session: Session, url: str, method: str, rows: int, rounds: int) -> Figure:
    """Ask psql and the console the same questions in turn."""
    table = _TABLES.get(method, "by_hnsw")
    column = runner.run(find_one(session, f"public.{table}"))
    exact = method == "exact"
    knobs = Knobs(probes=10) if method == "ivfflat" else Knobs()
    texts = _questions(200)
    asked = cycle(texts)

    def ours() -> float:
        question = Question(Pasted(next(asked)), exact=exact, knobs=knobs)
        began = time.perf_counter()
        found = runner.run(search(session, column, question))
        seconds = time.perf_counter() - began
        assert len(found.hits) == question.k
        return seconds * 1000

    calls: dict[str, Callable[[], float]] = {US: ours}
    with _psql(url) as ask:
        if ask is not None:
            for name, value in [("enable_indexscan", "off")] if exact else [_KNOBS[method]]:
                ask(f"SET {name} = {value};")
            bare = cycle(texts)
            calls[PSQL] = lambda: ask(_BARE.format(next(bare), table, 10))
        alternate(calls, 3)  # into the memory of the system
        seen = medians(alternate(calls, rounds))
    bound = max(seen[PSQL] + _MORE[0], seen[PSQL] * _MORE[1]) if PSQL in seen else None
    what = "reading all" if exact else method
    return Figure(_SUBJECT, f"ten nearest of {rows:,}: {what}", "ms", seen, target=bound)


def _questions(count: int) -> list[str]:
    """Return vectors that are none of the table's, but like them."""
    _, vectors = clustered.made(count)
    chance = np.random.default_rng(5)
    vectors = vectors + 0.01 * chance.normal(size=vectors.shape)
    return [_written(vector) for vector in vectors]


def _written(vector: np.ndarray) -> str:
    return "[" + ",".join(f"{value:.7g}" for value in vector.tolist()) + "]"


@contextmanager
def _psql(url: str) -> Iterator[Callable[[str], float] | None]:
    """Run psql, and yield what sends it a statement and returns the milliseconds that it says; None without psql."""
    program = shutil.which(PSQL)
    if program is None:
        yield None
        return
    with subprocess.Popen(
        [program, "-X", "-q", "-A", "-t", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        sent, said = process.stdin, process.stdout
        sent.write("\\timing on\n")

        def ask(statement: str) -> float:
            sent.write(statement + "\n")
            sent.flush()
            for line in said:
                if found := re.match(r"Time: ([\d.]+) ms", line):
                    return float(found[1])
            raise AssertionError("psql has ended")

        yield ask
        sent.close()


def _recall(runner: asyncio.Runner, session: Session, url: str, method: str, rows: int) -> Iterator[Figure]:
    """Measure as `search --recall` does, and hold each point against what numpy says of the same index."""
    curve = runner.run(_curve(session, runner.run(find_one(session, f"public.{_TABLES[method]}"))))
    asked = np.array([int(number) - 1 for (number,) in curve.asked])
    _, vectors = clustered.made(rows)
    truth = [set(near) for near in _nearest(vectors, asked, curve.k)]
    recalls = {}
    with psycopg.connect(url, autocommit=True) as connection:
        for point in curve.points:
            found = _found(connection, method, point.setting, vectors, asked, curve.k)
            shares = [len(near & set(seen)) / curve.k for near, seen in zip(truth, found, strict=True)]
            recalls[point.setting] = (point.recall * 100, float(np.mean(shares)) * 100)
    apart = max(abs(ours - theirs) for ours, theirs in recalls.values())
    told = {curve.current, advise(curve).setting}
    for setting, (ours, theirs) in ((each, said) for each, said in recalls.items() if each in told):
        yield Figure(_SUBJECT, f"recall@10 of {method}, {curve.knob} {setting}", "%", {US: ours, "numpy": theirs})
    yield Figure(_SUBJECT, f"recall@10 of {method}: apart from numpy's", "%", {US: apart}, target=0.1)


async def _curve(session: Session, column: VectorColumn) -> Curve:
    curve = [step async for step in measure_recall(session, column, seconds=120)][-1]
    assert curve.finished
    return curve


def _nearest(vectors: np.ndarray, asked: np.ndarray, k: int) -> np.ndarray:
    """Return the numbers of the rows nearest to some, without themselves: all compared, in double precision."""
    questions, all_ = vectors[asked].astype(float), vectors.astype(float)
    distances = 1 - questions @ all_.T / np.linalg.norm(all_, axis=1) / np.linalg.norm(questions, axis=1)[:, None]
    distances[np.arange(len(asked)), asked] = np.inf
    return np.argsort(distances, axis=1)[:, :k]


def _found(
    connection: psycopg.Connection[tuple[int]],
    method: str,
    setting: int,
    vectors: np.ndarray,
    asked: np.ndarray,
    k: int,
) -> list[list[int]]:
    """Return the numbers of the rows that an index finds, without those that are asked by."""
    connection.execute(f"SET {_KNOBS[method][0]} = {setting}".encode())
    found = []
    for row in asked.tolist():
        rows = connection.execute(_BARE.format(_written(vectors[row]), _TABLES[method], k + 1).encode()).fetchall()
        found.append([row_id - 1 for row_id, *_ in rows if row_id - 1 != row][:k])
    return found


def _projecting(runner: asyncio.Runner, session: Session, rounds: int) -> list[Figure]:
    """Read a sample and project it, several times."""
    column = runner.run(find_one(session, "public.by_hnsw"))
    reading, projecting = [], []
    for seed in range(rounds):
        began = time.perf_counter()
        sample = runner.run(take(session, column, most=_POINTS, seed=seed))
        reading.append(time.perf_counter() - began)
        assert len(sample) == _POINTS
        began = time.perf_counter()
        project(sample.vectors)
        projecting.append(time.perf_counter() - began)
    return [
        Figure(_SUBJECT, f"a sample of {_POINTS:,} vectors: reading it", "s", medians({US: reading})),
        Figure(_SUBJECT, f"a sample of {_POINTS:,} vectors: projecting it", "s", medians({US: projecting}), target=1),
    ]


def _by_program(ground: Ground, url: str, rounds: int) -> Figure:
    """Search by programs, from their start to their end: most of it is the start."""
    [text] = _questions(1)
    ours = [str(Path(sys.executable).with_name("dbconsole")), "search", url, "by_hnsw", "--vector", text]
    programs = {US: ours}
    if psql := shutil.which(PSQL):
        programs[PSQL] = [psql, "-X", "-c", _BARE.format(text, "by_hnsw", 10), url]
    seen = alternate({name: partial(run, argv, env=ground.env) for name, argv in programs.items()}, rounds)
    seconds = medians({name: [one.seconds for one in runs] for name, runs in seen.items()})
    return Figure(_SUBJECT, "a search by a program, start to end", "s", seconds)
