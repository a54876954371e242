"""How a person gets somewhere in a client by keys; each step waits for what it leads to."""

from __future__ import annotations

from tests.bench.clients import BARE, HARLEQUIN
from tests.bench.terminal import Timed

_F6 = "\x1b[17~"  # harlequin's key to its catalog
_TOPS = {HARLEQUIN: 1, BARE: 1}  # the line of the tree's first node; ours has two lines and a border above it
_OUR_TOP = 3
_UNFOLD = {HARLEQUIN: "space"}


def onto_schema(name: str, terminal: Timed, schema: str) -> int:
    """Put the cursor of a tree on the node that unfolds a schema's tables; return its line."""
    if name == BARE:
        return _TOPS[BARE]
    if name != HARLEQUIN:
        row = _go(terminal, _OUR_TOP, f" {schema} ")
        return _go(terminal, row, " Tables ")
    terminal.type(_F6)
    terminal.settle(0.5, timeout=2)
    row = _go(terminal, _TOPS[HARLEQUIN], "▶ ")
    terminal.seen_after(["space"], f"{schema} sch")
    terminal.settle(0.5, timeout=2)
    return _go(terminal, row, f" {schema} sch")


def unfold(name: str, terminal: Timed, table: str) -> float:
    """Unfold the node under the cursor; return the seconds until the first table stands there."""
    return terminal.seen_after([_UNFOLD.get(name, "right")], table)


def onto_table(name: str, terminal: Timed, schema: str, table: str) -> None:
    """Put the cursor of a tree on the first table of a schema."""
    row = onto_schema(name, terminal, schema)
    if not any(table in line for line in terminal.lines):
        unfold(name, terminal, table)
        terminal.settle(0.5, timeout=3)
    _go(terminal, row, f" {table}")


def find(terminal: Timed, name: str) -> None:
    """Go to an object of the console's tree by its name."""
    terminal.seen_after(["/"], "Find in")
    terminal.after([name], lambda: any(f"{name}  table" in line for line in terminal.lines[4:8]))
    terminal.settle(0.3, timeout=2)
    terminal.keys("enter")
    terminal.wait_until(lambda: not any("Find in" in line for line in terminal.lines), what="the finder to go")
    terminal.settle(0.3, timeout=2)


def open_data(terminal: Timed, table: str) -> float:
    """Show the rows of a table in the console; return the seconds from the key to the first row."""
    terminal.seen("1 Schema", table)
    terminal.settle(0.5, timeout=3)
    find(terminal, table)
    return terminal.seen_after(["b"], "entry number 1")


def _go(terminal: Timed, row: int, text: str) -> int:
    """Move the cursor down from a line to the next one that has `text`; return that line."""
    to = next(number for number, line in enumerate(terminal.lines) if number >= row and text in f"{line} ")
    for _ in range(to - row):
        terminal.changed_after("down")
        terminal.settle(0.15, timeout=1)
    return to
