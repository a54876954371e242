"""The time that `--version` and `--help` take: what the command line costs before it does anything."""

from __future__ import annotations

from functools import partial

from tests.bench.clients import PLAIN, clients
from tests.bench.databases import Ground
from tests.bench.figures import Figure, Sheet, medians
from tests.bench.runs import alternate, run


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Run each client's `--version` and `--help` in turn; medians."""
    programs = {name: client for name, client in clients(ground).items() if client.version and name != PLAIN}
    for option, target in (("--version", 0.1), ("--help", None)):
        calls = {name: partial(run, [client.version[0], option], env=client.env) for name, client in programs.items()}
        seen = alternate(calls, 3 if quick else 11)
        seconds = medians({name: [one.seconds for one in runs] for name, runs in seen.items()})
        sheet.figures.append(Figure("command line", option, "s", seconds, target=target))
