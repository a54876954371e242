"""From a key to the paint that it brings: arrow keys in the tree, in the grid, and letters in the finder.

A key is pressed when the screen is quiet; the time ends with the bytes after which any cell of the screen differs. That
is the first paint the key brings: the cursor's. What the server is asked for meanwhile comes later and is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.bench import driving
from tests.bench.clients import BARE, HARLEQUIN, Client, clients
from tests.bench.databases import SCHEMAS, Ground
from tests.bench.figures import US, Figure, Sheet, percentile
from tests.bench.terminal import Timed

_PARTS = ((0.5, "p50", None), (0.95, "p95", 20.0), (0.99, "p99", None))


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Press keys in turn in every client that has such a place; percentiles over all of them."""
    presses = 20 if quick else 100
    trees = {name: client for name, client in clients(ground, SCHEMAS[1]).items() if name in (US, BARE, HARLEQUIN)}
    ours = {US: trees[US]}
    sheet.figures += _figures("an arrow key in a tree of 1,000", _all(trees, _in_tree, ground.tables, presses))
    sheet.figures += _figures("an arrow key in a grid of 1,000,000", _all(ours, _in_grid, ground.rows, presses))
    sheet.figures += _figures("a letter in the finder, 10,000 tables", _all(ours, _in_finder, ground.tables, presses))


def _figures(what: str, times: dict[str, Sequence[float]]) -> list[Figure]:
    return [
        Figure(
            "key to paint",
            f"{what}, {name}",
            "ms",
            {one: percentile(all_, part) for one, all_ in times.items()},
            target,
        )
        for part, name, target in _PARTS
    ]


def _all(
    all_: dict[str, Client], times: Callable[[str, Timed, int], Sequence[float]], url: str, presses: int
) -> dict[str, Sequence[float]]:
    result = {}
    for name, client in all_.items():
        with client.start(url) as terminal:
            terminal.seen(*client.painted(Ground.name(url)))
            terminal.settle(1.5, timeout=15)
            result[name] = times(name, terminal, presses)
    return result


def _in_tree(name: str, terminal: Timed, presses: int) -> list[float]:
    driving.onto_table(name, terminal, SCHEMAS[1], "table_0000")
    return _press(terminal, ["down"] * (presses // 2) + ["up"] * (presses // 2))


def _in_grid(name: str, terminal: Timed, presses: int) -> list[float]:
    driving.open_data(terminal, "keyed")
    terminal.settle(0.5, timeout=3)
    return _press(terminal, ["down"] * (presses // 2) + ["up"] * (presses // 2))


def _in_finder(name: str, terminal: Timed, presses: int) -> list[float]:
    terminal.seen_after(["/"], "Find in")
    terminal.settle(0.5, timeout=3)
    word = "schema_7.table_0999"
    return _press(terminal, ([*word] + ["backspace"] * len(word)) * max(1, presses // 2 // len(word)))


def _press(terminal: Timed, keys: Sequence[str]) -> list[float]:
    times = []
    for key in keys:
        times.append(terminal.changed_after(key) * 1000)
        terminal.settle(0.05, timeout=1)
    return times
