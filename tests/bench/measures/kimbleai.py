"""The benchmark table of the report on kimbleai: what it expects, beside what the database takes here.

A time is that of a program with an open connection over the server's socket, from the statement to its last row. As
the owner, whom row-level security does not meet, a statement is a transaction of its own. Signed in (a plain user),
begin, role, claims, statement and commit are inside the time. Whatever writes is committed, to the disk.

`ours` is the median of the database that our migrations make, `report` the most that the report expects. Vector search
is over 1,000 pieces of knowledge of the one who asks; what the report's "full-text search" reads is not said there:
here it is knowledge, and messages. A note tells by which index, as the server's own counters have it.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg

from console.vectors.embedders.embedder import written
from tests.bench import nearest, recombined
from tests.bench.clients import PSQL
from tests.bench.databases import Ground
from tests.bench.durable import Durable, durable, statement
from tests.bench.figures import US, Figure, Sheet, medians, percentile
from tests.bench.runs import alternate, run

REPORT = "report"
_ITEMS = 1000
_DAYS, _MONTH = 120, 30
_ROLES = {"owner": False, "signed in": True}
_WARM = 10  # rounds; after five a statement is prepared


@dataclass(slots=True)
class Operation:
    """A row of the report's table. `params` are taken in turn; `searches` when it matters which index it uses."""

    what: str
    file: str
    expected: float
    params: Sequence[Any] = ((),)
    searches: bool = False
    _turn: Iterator[Any] = field(init=False)

    def __post_init__(self) -> None:
        self._turn = cycle(self.params)

    def run(self, connection: psycopg.Connection[Any], *, signed_in: bool) -> float:
        """Run it once; return the milliseconds."""
        text, params = statement(self.file), next(self._turn)
        started = time.perf_counter()
        if signed_in:
            connection.execute(statement("sign_in"))
        rows = connection.execute(text, params or None).fetchall()
        if signed_in:
            connection.execute("COMMIT")
        taken = time.perf_counter() - started
        assert rows, f"{self.what} found nothing"
        return taken * 1000


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Make the database anew and go through the table; the many vectors are kept for the next run."""
    with durable(ground.cache) as here:
        grown = here.make()
        here.top_up(_ITEMS)
        with here.connect(here.kimbleai) as connection:
            questions = [title for (title,) in connection.execute(statement("questions"))]
            for operations in (_reading(connection, questions), _writing(questions)):
                sheet.figures += _figures(connection, operations, 30 if quick else 300)
        sheet.figures += [_disk(here), _growth(grown)]
        sheet.figures.append(_by_program(ground, here, 3 if quick else 11))
        rows, rounds = (10_000, 10) if quick else (100_000, 30)
        sheet.figures += nearest.figures(here, questions, rows=rows, rounds=rounds)


def _reading(connection: psycopg.Connection[Any], questions: Sequence[str]) -> list[Operation]:
    asked = [(written(vector),) for vector in recombined.vectors(questions)]
    vectors = [one for one in asked if connection.execute(statement("search_knowledge_base"), one).rowcount]
    words = [{"words": words} for (words,) in connection.execute(statement("words"))]
    return [
        Operation(f"vector search, {_ITEMS:,} items", "search_knowledge_base", 50, vectors, searches=True),
        Operation("full text, knowledge", "full_text_knowledge", 100, words, searches=True),
        Operation("full text, messages", "full_text_messages", 100, words, searches=True),
        Operation("dashboard_stats", "dashboard_stats", 200),
        Operation("recent_activity", "recent_activity", 50),
    ]


def _writing(texts: Sequence[str]) -> list[Operation]:
    """Apart from the reading ones, whose tables would grow meanwhile."""
    messages = [(text, written(vector)) for text, vector in zip(texts, recombined.vectors(texts), strict=True)]
    return [
        Operation("insert a message, committed", "insert_message", 20, messages),
        Operation("log_activity, committed", "log_activity", 10),
    ]


def _figures(connection: psycopg.Connection[Any], operations: Sequence[Operation], rounds: int) -> Iterator[Figure]:
    """Run all in turn, as owner and signed in."""
    runs = {
        f"{operation.what}, {role}": (operation, partial(operation.run, connection, signed_in=signed_in))
        for operation in operations
        for role, signed_in in _ROLES.items()
    }
    calls = {name: call for name, (_, call) in runs.items()}
    alternate(calls, _WARM)
    for name, times in alternate(calls, rounds).items():
        operation, call = runs[name]
        values = {US: percentile(times, 0.5), "p95": percentile(times, 0.95), REPORT: operation.expected}
        note = _index(connection, call) if operation.searches else ""
        yield Figure("kimbleai", name, "ms", values, against=REPORT, note=note)


def _index(connection: psycopg.Connection[Any], call: Callable[[], float]) -> str:
    """Say by which index for words or meanings it goes, if any."""
    before = _scans(connection)
    call()
    used = [name for name, count in _scans(connection).items() if count > before[name]]
    return f"by {', '.join(used)}" if used else "without its index"


def _scans(connection: psycopg.Connection[Any]) -> dict[str, int]:
    connection.execute("SELECT pg_stat_force_next_flush()")
    return dict(connection.execute(statement("scans")).fetchall())


def _disk(here: Durable) -> Figure:
    times = here.disk(200)
    values = {US: percentile(times, 0.5), "p95": percentile(times, 0.95)}
    return Figure("kimbleai", "8 kB to the disk: the least a commit takes", "ms", values)


def _growth(grown: int) -> Figure:
    """What data and embeddings of the sample's days added to the empty tables: rows, indexes and all, per month."""
    values = {US: grown / _DAYS * _MONTH / 1e6, REPORT: 10.0}
    return Figure("kimbleai", "growth a month, two people", "MB", values, note="the report: 8 to 10")


def _by_program(ground: Ground, here: Durable, rounds: int) -> Figure:
    """A vector search by programs, from their start to their end."""
    url, query = here.server.url(here.kimbleai), statement("by_program").decode()
    programs = {US: [str(Path(sys.executable).with_name("dbconsole")), "query", url, query]}
    if psql := shutil.which(PSQL):
        programs[PSQL] = [psql, "-X", "-c", query, url]
    seen = alternate({name: partial(run, argv, env=ground.env) for name, argv in programs.items()}, rounds)
    seconds = medians({name: [one.seconds for one in runs] for name, runs in seen.items()})
    return Figure("kimbleai", "vector search by a program, start to end", "s", seconds)
