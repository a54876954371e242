"""The full catalog of 10,000 tables, beside `pg_dump --schema-only`, from the start of the program to its end.

Both start, connect, read everything and end. pg_dump writes its text as well; ours has `dbconsole inspect --ddl` for
that, which stands in a row of its own, with `inspect --json`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from tests.bench.databases import Ground
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.runs import Run, alternate, run

PG_DUMP = "pg_dump"


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Read in turn; medians."""
    url = ground.tables
    console = str(Path(sys.executable).with_name("dbconsole"))
    ours = {
        "read the full catalog": [sys.executable, "-m", "tests.bench.read_catalog", url],
        "inspect --ddl": [console, "inspect", url, "--ddl"],
        "inspect --json": [console, "inspect", url, "--json"],
    }
    for what, argv in ours.items():
        try:
            _measure(ground, sheet, what, argv, 1 if quick else 5)
        except subprocess.CalledProcessError as error:
            sheet.left_out.append(f"catalog: {what}: {error.stderr.strip()[:300]}")


def _measure(ground: Ground, sheet: Sheet, what: str, argv: list[str], rounds: int) -> None:
    programs = {US: argv, **_dump(ground)}
    seen = alternate({name: partial(run, words, env=ground.env) for name, words in programs.items()}, rounds)
    sheet.figures += [
        Figure("full catalog", f"{what}: time", "s", _medians(seen, "seconds"), against=PG_DUMP),
        Figure("full catalog", f"{what}: peak memory", "MB", _medians(seen, "peak")),
    ]


def _dump(ground: Ground) -> dict[str, list[str]]:
    """Return the command line of the pg_dump that came with the server, which is never too old for it."""
    program = ground.server.installation.bin / PG_DUMP
    return {PG_DUMP: [str(program), "--schema-only", ground.tables]} if shutil.which(program) else {}


def _medians(seen: dict[str, list[Run]], field: str) -> dict[str, float]:
    return medians({name: [getattr(one, field) for one in runs] for name, runs in seen.items()})
