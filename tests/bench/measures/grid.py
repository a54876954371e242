"""A table of 1,000,000 rows in the grid, with and without a key: to its first rows, and memory after scrolling.

First paint is from the key `b` to the first row on the screen. Then End, Home and fifty page-downs, each until its
rows stand there; memory added is that of the program afterwards less that with the first rows shown. No peer pages a
table: harlequin and pgcli are measured with `SELECT * FROM keyed`, as they are, in the subject `stream`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tests.bench import driving, memory
from tests.bench.clients import Client, clients
from tests.bench.databases import ROWS, Ground
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.runs import alternate
from tests.bench.terminal import Timed

_PAGES = 50
_FIRST, _LAST = "      0.25 ", f" {ROWS * 0.25:.2f} "  # the amounts of the first and the last row


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Open both tables in turn; medians."""
    client = clients(ground)[US]
    calls = {table: partial(_scroll, client, ground.rows, table) for table in ("keyed", "keyless")}
    for table, seen in alternate(calls, 1 if quick else 5).items():
        sheet.figures += _figures("with a key" if table == "keyed" else "without a key", seen)


def _figures(how: str, seen: Sequence[tuple[float, float, float, float]]) -> list[Figure]:
    paint, end, page, added = (medians({US: [one[n] for one in seen]}) for n in range(4))
    return [
        Figure("grid", f"{how}: first paint", "s", paint, target=0.3),
        Figure("grid", f"{how}: to the last row", "s", end),
        Figure("grid", f"{how}: a page down, median", "ms", page),
        Figure("grid", f"{how}: memory added, end and back", "MB", added, target=20),
    ]


def _scroll(client: Client, url: str, table: str) -> tuple[float, float, float, float]:
    """Return seconds to the first rows, seconds to the end, milliseconds of a page, MB added."""
    with client.start(url) as terminal:
        first = driving.open_data(terminal, table)
        terminal.settle(0.5, timeout=3)
        before = memory.resident(terminal.pid)
        end = terminal.seen_after(["G"], _LAST)
        terminal.settle(0.3, timeout=3)
        terminal.seen_after(["g"], _FIRST)
        page = sorted(_page(terminal) for _ in range(_PAGES))[_PAGES // 2]
        terminal.seen_after(["G"], _LAST)
        terminal.seen_after(["g"], _FIRST)
        terminal.settle(0.5, timeout=3)
        return first, end, page * 1000, memory.resident(terminal.pid) - before


def _page(terminal: Timed) -> float:
    seconds = terminal.changed_after("pagedown")
    terminal.settle(0.1, timeout=2)
    return seconds
