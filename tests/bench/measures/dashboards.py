"""Dashboards: what eight panels cost that are read every two seconds, and how soon one of 10,000,000 rows is there.

The eight panels (`tests/bench/dashboards/bench.toml`) read no table, and their values are others every time: what is
measured is the console. Drawing is the whole of a picture of 120 cells, in processor time of one process that does
nothing else. Then the console stands in a terminal of 120 by 36 and is left alone: its processor time, and the bytes
that each reading brings to the terminal; 50 ms in a second are 5 % of a core.

The cost dashboard opens on the sample kimbleai with 10,000,000 calls of models (`--quick`: 1,000,000) in a year: from
the start of `dashboard URL cost` to its end, and on the screen from the key to the last of its nine panels. Its
processor time is that of the program and of what the server does for it, on all cores.
"""

from __future__ import annotations

import asyncio
import os
import re
import resource
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg

from console.config import target
from console.dashboards.definition import Dashboard, Origin
from console.dashboards.drawing.draw import draw
from console.dashboards.files.finding import read
from console.dashboards.reading.reader import Reader, read_all
from console.dashboards.sample import Failed, Sample
from console.dashboards.sheet import sheet
from console.db.session import Session
from console.drawing.picture import Picture
from tests.bench import costs, memory
from tests.bench.clients import PLAIN, Client, clients
from tests.bench.databases import Ground
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.runs import alternate, run
from tests.bench.terminal import Timed

_FILE = Path(__file__).parent.parent / "dashboards" / "bench.toml"
_EVERY = 2.0  # seconds, as the file says
_SUBJECT = "dashboards"
_STILL_THERE = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
_ROWS = {False: 10_000_000, True: 1_000_000}


def measure(ground: Ground, figures: Sheet, *, quick: bool) -> None:
    """Draw, watch, and open; medians."""
    dashboard = read(_FILE, Origin.USER)
    drawn = [_drawn(dashboard, samples) for samples in [asyncio.run(_samples(ground, dashboard))] * 20]
    figures.figures.append(
        Figure(_SUBJECT, "drawing eight panels: processor time", "ms", medians({US: drawn}), target=100)
    )
    _lay_out(ground)
    ours = {name: client for name, client in clients(ground).items() if name in (US, PLAIN)}
    calls = {name: partial(_watched, client, ground.demo, 5 if quick else 10) for name, client in ours.items()}
    seen = alternate(calls, 1 if quick else 3)
    each_of = [{name: [one[place] for one in all_] for name, all_ in seen.items()} for place in range(3)]
    used, received, weight = map(medians, each_of)
    figures.figures += [
        Figure(_SUBJECT, "eight panels every 2 s: processor time in a second", "ms", used, target=50),
        Figure(_SUBJECT, "eight panels every 2 s: bytes a reading", "B", received),
        Figure(_SUBJECT, "eight panels every 2 s: resident memory", "MB", weight),
    ]
    figures.figures += _opening(ground, _ROWS[quick], 2 if quick else 5)


def _opening(ground: Ground, rows: int, rounds: int) -> list[Figure]:
    url = costs.made(ground, rows)
    client = clients(ground, "api_cost_tracking")[US]
    program = [str(Path(sys.executable).with_name("dbconsole")), "dashboard", url, "cost"]
    calls: dict[str, Callable[[], tuple[float, ...]]] = {
        "dashboard URL cost": lambda: _printed(ground, url, program),
        "from the key to the last panel": lambda: (_opened(client, url),),
    }
    seen = alternate(calls, rounds)
    whole = alternate({US: lambda: _printed(ground, url, [*program, "--period", "all"])}, rounds)
    spent = medians({US: [processor for _, processor in seen["dashboard URL cost"]]})
    return [
        *(
            Figure(_SUBJECT, f"{rows:,} rows of costs: {what}", "s", medians({US: [one[0] for one in all_]}), target=2)
            for what, all_ in seen.items()
        ),
        Figure(_SUBJECT, f"{rows:,} rows of costs: processor time of it", "s", spent),
        *(
            Figure(
                _SUBJECT,
                f"{rows:,} rows of costs, all time: {what}",
                "s",
                medians({US: [one[at] for one in whole[US]]}),
            )
            for at, what in enumerate(("dashboard URL cost", "processor time of it"))
        ),
    ]


def _printed(ground: Ground, url: str, program: list[str]) -> tuple[float, float]:
    """Print the cost dashboard; return the seconds, and those of processor time."""
    before = _spent(ground)
    seconds = run(program, env=ground.env, codes=(0, 1)).seconds
    with psycopg.connect(ground.server.url(), autocommit=True) as connection:
        while connection.execute(_STILL_THERE, [Ground.name(url)]).fetchone() != (0,):
            time.sleep(0.05)
    return seconds, _spent(ground) - before


def _spent(ground: Ground) -> float:
    """Return the processor time so far of programs that have ended, and of the server with all that it started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    server = int((ground.server.data / "postmaster.pid").read_text().split("\n")[0])
    return ended.ru_utime + ended.ru_stime + memory.processor_time(server, ended=True)


async def _samples(ground: Ground, dashboard: Dashboard) -> dict[str, Sample]:
    """Read each panel once."""
    meant = target.resolve(ground.server.url(), environ=os.environ, cwd=Path.cwd())
    async with await Session.open(meant, what="bench") as session, Reader(session, dashboard, share=True) as reader:
        found = await read_all(reader, {})
    return {name: _read(each) for name, each in found.items()}


def _read(found: Sample | Failed) -> Sample:
    assert isinstance(found, Sample), found.error
    return found


def _drawn(dashboard: Dashboard, samples: dict[str, Sample]) -> float:
    """Draw all of them; return the milliseconds of processor time."""
    now = datetime.now(UTC)

    def paint(name: str, wide: int, high: int) -> Picture:
        return draw(dashboard.panels[name], (samples[name],), wide, high, now=now)

    began = time.process_time()
    sheet(dashboard.layout, {name: name for name in samples}, paint, 120)
    return (time.process_time() - began) * 1000


def _lay_out(ground: Ground) -> None:
    """Put the dashboard where the console finds one of the user's own."""
    folder = Path(ground.env["DBCONSOLE_HOME"]) / "config" / "dashboards"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_FILE, folder)


def _watched(client: Client, url: str, readings: int) -> tuple[float, float, float]:
    """Look at the eight panels; return milliseconds of processor time a second, bytes a reading, MB."""
    with client.start(url) as terminal:
        _open(client, terminal, url, "A bench of eight", "how long")
        terminal.received_in(2 * _EVERY)
        used, seconds = memory.processor_time(terminal.pid), readings * _EVERY
        received = terminal.received_in(seconds)
        used = memory.processor_time(terminal.pid) - used
        return used * 1000 / seconds, received / readings, memory.resident(terminal.pid)


def _opened(client: Client, url: str) -> float:
    """Return the seconds from the key that opens the cost dashboard to its last panel."""
    with client.start(url) as terminal:
        return _open(client, terminal, url, "Cost", "open alerts")


def _open(client: Client, terminal: Timed, url: str, title: str, last: str) -> float:
    """Go to a dashboard in the list and open it; return the seconds until all its panels are read."""
    terminal.seen(*client.usable(Ground.name(url)))
    terminal.settle(0.5, timeout=4)
    terminal.seen_after(["5"], "Dashboards ·")
    terminal.settle(0.5, timeout=4)
    row = next(number for number, line in enumerate(terminal.lines) if f"✓ {title}" in line)
    first = next(number for number, line in enumerate(terminal.lines) if line.startswith(("│ ", "┃ ")))
    for _ in range(row - first):
        terminal.changed_after("down")
        terminal.settle(0.1, timeout=1)
    return terminal.after(["enter"], lambda: _all_read(terminal, last))


def _all_read(terminal: Timed, last: str) -> bool:
    """Tell whether the last panel stands in a frame, and none is waited for."""
    screen = "\n".join(terminal.lines)
    return re.search(rf"╭─ (. )?{last} ─", screen) is not None and "reading …" not in screen
