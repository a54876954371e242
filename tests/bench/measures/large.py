"""10,000 tables: start, memory, the expansion of a schema of 1,000 tables, the search over all objects.

Expanding ends when its first table stands on the screen, for harlequin too. Searching is from the last letter of
`s7.table_0999` to the hit on the screen; the peers have no such search in their trees.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from tests.bench import driving, memory
from tests.bench.clients import HARLEQUIN, PLAIN, Client, clients
from tests.bench.databases import SCHEMAS, Ground
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.measures import start
from tests.bench.runs import alternate

_FIRST = "table_0000"
_COMPLETE = 20.0  # seconds within which a client has read what it wants to read


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Measure what 10,000 tables change."""
    rounds = 1 if quick else 3
    url = ground.tables
    usable = SCHEMAS[1]  # the tree opens on schemas when they are many; their names make it usable
    sheet.figures += start.figures(ground, url, usable, rounds=2 if quick else 5, large=True)
    all_ = {name: client for name, client in clients(ground, usable).items() if name != PLAIN}
    sheet.figures.append(_figure("resident memory, everything read", "MB", all_, partial(_memory, url), rounds, 120))
    trees = {name: client for name, client in all_.items() if name in (US, HARLEQUIN)}
    sheet.figures.append(_figure("expand a schema of 1,000 tables", "s", trees, partial(_expand, url), rounds, 0.1))
    sheet.figures.append(_figure("search all objects", "s", {US: all_[US]}, partial(_search, url), rounds, 0.1))


def _figure(
    what: str, unit: str, all_: dict[str, Client], call: Callable[[Client], float], rounds: int, target: float
) -> Figure:
    seen = alternate({name: partial(call, client) for name, client in all_.items()}, rounds)
    return Figure("10,000 tables", what, unit, medians(seen), target)


def _memory(url: str, client: Client) -> float:
    """Return the memory when the client has not used the processor for a second, or after twenty seconds."""
    with client.start(url) as terminal:
        terminal.seen(*client.usable(Ground.name(url)))
        until = time.monotonic() + _COMPLETE
        while time.monotonic() < until:
            used = memory.processor_time(terminal.pid)
            terminal.received_in(1.0)
            if memory.processor_time(terminal.pid) - used < 0.05:
                break
        return memory.resident(terminal.pid)


def _expand(url: str, client: Client) -> float:
    with client.start(url) as terminal:
        terminal.seen(*client.usable(Ground.name(url)))
        terminal.settle(1.0, timeout=15)
        driving.onto_schema(client.name, terminal, SCHEMAS[0])
        return driving.unfold(client.name, terminal, _FIRST)


def _search(url: str, client: Client) -> float:
    with client.start(url) as terminal:
        terminal.seen(*client.usable(Ground.name(url)))
        terminal.wait_until(lambda: any(" objects ─" in line for line in terminal.lines), what="the whole outline")
        terminal.settle(0.5, timeout=5)
        terminal.seen_after(["/"], "Find in")
        terminal.keys("schema_7.table_099")
        terminal.settle(0.5, timeout=5)
        return terminal.after(["9"], lambda: any("table_0999  table" in line for line in terminal.lines[4:6]))
