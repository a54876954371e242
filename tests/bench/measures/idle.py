"""What a client costs while nobody touches it: memory, processor time and bytes, on the skintwin demo.

Memory is resident memory of the program and its children (the server is no child). Each client is left alone until it
is quiet, or for five seconds where it never is.
"""

from __future__ import annotations

from functools import partial

from tests.bench import memory
from tests.bench.clients import PLAIN, Client, clients
from tests.bench.databases import Ground
from tests.bench.figures import Figure, Sheet, medians
from tests.bench.runs import alternate


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Start every client in turn and watch it do nothing; medians."""
    seconds = 3.0 if quick else 5.0
    calls = {name: partial(_watch, client, ground.demo, seconds) for name, client in clients(ground).items()}
    seen = alternate(calls, 1 if quick else 3)
    memories, processor, received = (
        medians({name: [one[n] for one in all_] for name, all_ in seen.items()}) for n in range(3)
    )
    memories.pop(PLAIN, None)
    sheet.figures += [
        Figure("idle", "resident memory", "MB", memories, target=80),
        Figure("idle", "processor time in a second", "ms", processor),
        Figure("idle", "bytes to the terminal in a second", "B", received, target=0),
    ]


def _watch(client: Client, url: str, seconds: float) -> tuple[float, float, float]:
    with client.start(url) as terminal:
        terminal.seen(*client.usable(Ground.name(url)))
        terminal.settle(1.0, timeout=5)
        used = memory.processor_time(terminal.pid)
        received = terminal.received_in(seconds)
        used = memory.processor_time(terminal.pid) - used
        return memory.resident(terminal.pid), used * 1000 / seconds, received / seconds
