"""From the command to the first paint and to a usable screen, on the skintwin demo with its server already running.

What is the first paint and what is usable is told in `clients.py`. The start is the moment before the program is made.
Processor time is the client's own until it is usable: where other programs run too, it is the steadier figure.
"""

from __future__ import annotations

from functools import partial

from tests.bench import memory
from tests.bench.clients import Client, clients
from tests.bench.databases import Ground
from tests.bench.figures import Figure, Sheet, medians
from tests.bench.runs import alternate


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Start every client in turn; medians."""
    sheet.figures += figures(ground, ground.demo, "ceo_task_log", rounds=2 if quick else 7)


def figures(ground: Ground, url: str, table: str, *, rounds: int, large: bool = False) -> list[Figure]:
    """Return first paint and usable on one database; `table` stands on the screen when the tree is usable."""
    times = alternate({name: partial(_times, client, url) for name, client in clients(ground, table).items()}, rounds)
    painted, usable, processor = (
        medians({name: [one[n] for one in seen] for name, seen in times.items()}) for n in range(3)
    )
    subject = "10,000 tables" if large else "start"
    return [
        Figure(subject, "start to first paint", "s", painted, target=None if large else 0.45),
        Figure(subject, "start to a usable tree or prompt", "s", usable, target=1.0 if large else 0.7),
        Figure(subject, "processor time until usable", "s", processor),
    ]


def _times(client: Client, url: str) -> tuple[float, float, float]:
    """Return the seconds to the first paint, to usable, and of processor time until then."""
    database = Ground.name(url)
    with client.start(url) as terminal:
        painted, usable = terminal.seen(*client.painted(database)), terminal.seen(*client.usable(database))
        return painted, usable, memory.processor_time(terminal.pid)
