"""1,000,000 rows to CSV, thrown away: time and peak memory, beside psql with and without FETCH_COUNT.

And the same rows into a screen, where a peer has one: until its first row stands there, and its memory then. Ours is
the grid on the table (`grid` has it in full).
"""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path

from tests.bench.clients import PSQL
from tests.bench.databases import Ground
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.runs import Run, alternate, run

_QUERY = "SELECT * FROM keyed"


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Run in turn; medians."""
    seen = alternate(
        {name: partial(run, argv, env=ground.env) for name, argv in _programs(ground.rows).items()}, 1 if quick else 5
    )
    sheet.figures += [
        Figure("1,000,000 rows to CSV", "time", "s", _medians(seen, "seconds"), against=f"{PSQL} FETCH_COUNT"),
        Figure("1,000,000 rows to CSV", "peak memory", "MB", _medians(seen, "peak"), target=80),
    ]


def _programs(url: str) -> dict[str, list[str]]:
    console = str(Path(sys.executable).with_name("dbconsole"))
    ours = {US: [console, "query", url, _QUERY, "--format", "csv"]}
    psql = shutil.which(PSQL)
    if psql is None:
        return ours
    return {
        **ours,
        PSQL: [psql, "-X", "--csv", "-c", _QUERY, url],
        f"{PSQL} FETCH_COUNT": [psql, "-X", "-v", "FETCH_COUNT=1000", "--csv", "-c", _QUERY, url],
        f"{PSQL} COPY": [psql, "-X", "-c", f"COPY ({_QUERY}) TO STDOUT (FORMAT csv, HEADER)", url],
    }


def _medians(seen: dict[str, list[Run]], field: str) -> dict[str, float]:
    return medians({name: [getattr(one, field) for one in runs] for name, runs in seen.items()})
