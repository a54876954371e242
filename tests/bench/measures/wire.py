"""Bytes to the terminal at 120×36: at the start, when the cursor moves, when lines scroll.

The console is measured as it is and with --plain-output, which sends what Textual would. At the start counts all that
comes until the client is usable and then quiet. A cursor move is one `down` from table to table in the tree of the
demo, and one in the grid. In the console the tree's cursor brings the columns of the table beside it: the server is a
quarter of a second away for this measure, so that the cursor can be told from what follows, and both are given. A
scrolled line is one `down` on the last line of a full grid of rows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.bench import driving
from tests.bench.clients import BARE, HARLEQUIN, PLAIN, Client, clients
from tests.bench.databases import Ground
from tests.bench.figures import US, Figure, Sheet, medians
from tests.bench.runs import alternate
from tests.bench.terminal import Timed
from tests.proxy import Proxy

_MOVES = 10
_FAR = 0.125  # seconds each way to the server


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Count every client in turn; medians."""
    rounds = 1 if quick else 3
    all_ = clients(ground)
    trees = {name: all_[name] for name in (US, PLAIN, BARE, HARLEQUIN) if name in all_}
    grids = {name: all_[name] for name in (US, PLAIN)}
    sheet.figures.append(_figure("at the start", all_, partial(_at_start, ground.demo), rounds, 8000))
    sheet.figures += _tree_figures(trees, ground, rounds)
    sheet.figures += [
        _figure("a cursor move in the grid", grids, partial(_grid_move, ground.rows), rounds, 200),
        _figure("a scrolled line of the grid", grids, partial(_grid_line, ground.rows), rounds, 600),
    ]


def _tree_figures(trees: dict[str, Client], ground: Ground, rounds: int) -> list[Figure]:
    with Proxy.before(*ground.socket(ground.demo)) as proxy:
        proxy.delay(_FAR)
        url = f"postgresql://postgres@127.0.0.1:{proxy.port}/{ground.name(ground.demo)}"
        seen = alternate({name: partial(_tree_move, url, client) for name, client in trees.items()}, rounds)
    cursor, all_of_it = (medians({name: [one[n] for one in pairs] for name, pairs in seen.items()}) for n in range(2))
    return [
        Figure("wire", "bytes: a cursor move in the tree", "B", cursor, target=200),
        Figure("wire", "bytes: with what it brings beside the tree", "B", all_of_it),
    ]


def _figure(what: str, all_: dict[str, Client], count: Callable[[Client], float], rounds: int, target: float) -> Figure:
    counted = alternate({name: partial(count, client) for name, client in all_.items()}, rounds)
    return Figure("wire", f"bytes: {what}", "B", medians(counted), target=target)


def _at_start(url: str, client: Client) -> float:
    with client.start(url) as terminal:
        terminal.seen(*client.usable(Ground.name(url)))
        terminal.settle(1.0, timeout=4)
        return terminal.received


def _tree_move(url: str, client: Client) -> tuple[float, float]:
    """Return the bytes of the cursor alone and of all that comes in the end."""
    with client.start(url) as terminal:
        terminal.seen(*client.usable(url.rpartition("/")[2]))
        terminal.settle(4 * _FAR, timeout=6)
        driving.onto_table(client.name, terminal, "public", "ceo_task_log")
        terminal.settle(8 * _FAR, timeout=6)
        alone, before = 0, terminal.received
        for _ in range(_MOVES):
            at = terminal.received
            terminal.changed_after("down")
            terminal.settle(_FAR / 2)
            alone += terminal.received - at
            terminal.settle(4 * _FAR, timeout=2)
        return alone / _MOVES, (terminal.received - before) / _MOVES


def _grid_move(url: str, client: Client) -> float:
    with client.start(url) as terminal:
        driving.open_data(terminal, "keyed")
        return _per_key(terminal, "down")


def _grid_line(url: str, client: Client) -> float:
    with client.start(url) as terminal:
        driving.open_data(terminal, "keyed")
        for _ in range(40):
            terminal.changed_after("down")
        terminal.settle(0.3)
        return _per_key(terminal, "down")


def _per_key(terminal: Timed, key: str) -> float:
    before = terminal.received
    for _ in range(_MOVES):
        terminal.changed_after(key)
        terminal.settle(0.15, timeout=1)
    return (terminal.received - before) / _MOVES
