"""Two databases of 10,000 tables with fifty differences, and two equal ones, beside migra: from start to end.

Both programs start, read both databases, compare, and write the SQL; nothing is proved. The comparison alone, and the
planning that follows it, are measured on catalogs that are read already, in processor time.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from console.catalog import compare
from console.catalog.model import Catalog
from console.drift.planning import planning
from tests.bench import read_catalog
from tests.bench.clients import peers_folder
from tests.bench.databases import Ground
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.runs import Run, alternate, run

MIGRA = "migra"
_TIMES = 8  # how many times quicker than migra it should be
_SUBJECT = "drift of 10,000 tables"


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Run both in turn; medians."""
    rounds = 1 if quick else 3
    for what, other in (("fifty differences", ground.differing), ("no difference", ground.tables)):
        programs = _programs(ground, ground.tables, other)
        try:
            seen = alternate(programs, rounds)
        except subprocess.CalledProcessError as error:
            sheet.left_out.append(f"drift: {what}: {error.stderr.strip()[-300:]}")
            continue
        seconds = medians({name: [one.seconds for one in runs] for name, runs in seen.items()})
        peak = medians({name: [one.peak for one in runs] for name, runs in seen.items()})
        bound = seconds[MIGRA] / _TIMES if MIGRA in seconds else None
        sheet.figures.append(
            Figure(_SUBJECT, f"{what}: time", "s", seconds, target=bound, note=f"an {_TIMES}th of migra's")
        )
        sheet.figures.append(Figure(_SUBJECT, f"{what}: peak memory", "MB", peak, target=400))
    a, b = (asyncio.run(read_catalog.read(url)) for url in (ground.tables, ground.differing))
    for name, work in (("comparing alone", compare.compare), ("comparing and planning", planning.plan)):
        spent = min(_spent(work, a, b) for _ in range(rounds))
        sheet.figures.append(Figure(_SUBJECT, f"{name}: processor time", "s", {US: spent}, target=1))


def _programs(ground: Ground, a: str, b: str) -> dict[str, Callable[[], Run]]:
    """Return what is run: both end with a code that says whether there was a difference."""
    ours = [sys.executable, "-m", "console", "drift", a, b, "--sql", "--no-proof"]
    programs = {US: partial(run, ours, env=ground.env, codes=(0, 1))}
    peer = peers_folder(ground) / MIGRA / "bin" / MIGRA
    if peer.exists():
        theirs = [str(peer), "--unsafe", *(url.replace("postgresql://", "postgresql+psycopg2://") for url in (a, b))]
        programs[MIGRA] = partial(run, theirs, env=ground.env, codes=(0, 2))
    return programs


def _spent(work: Callable[[Catalog, Catalog], object], a: Catalog, b: Catalog) -> float:
    began = time.process_time()
    work(a, b)
    return time.process_time() - began
