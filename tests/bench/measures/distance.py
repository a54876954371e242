"""A server far away: round trips until the tree is usable, and how long that takes at 100 ms a round trip.

A proxy on the loopback stands between, with 50 ms each way. It counts a round trip as a network does: something that
goes to the server after something has come back, the opening of the connection included, summed over all connections;
what is asked but not yet answered when the screen is usable was not needed for that. The first server is the embedded
one, which knows no TLS and trusts; clients ask for TLS all the same, as libpq does by itself. The second is one of the
system's, with TLS and SCRAM.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tests.bench.clients import PLAIN, Client, clients
from tests.bench.databases import Ground
from tests.bench.figures import Figure, Sheet, medians
from tests.bench.runs import alternate
from tests.bench.secure import NoServer, secure
from tests.proxy import Proxy

_HALF_A_ROUND_TRIP = 0.05
_TABLE = "ceo_task_log"


def measure(ground: Ground, sheet: Sheet, *, quick: bool) -> None:
    """Measure every client through the proxy, on a trusting server and on one with TLS and SCRAM; medians."""
    rounds = 1 if quick else 3
    demo = ground.socket(ground.demo)
    with Proxy.before(*demo) as proxy:
        url = f"postgresql://postgres@127.0.0.1:{proxy.port}/{ground.name(ground.demo)}"
        all_ = _all(ground, {})
        sheet.figures += _figures(all_, proxy, url, "trust", rounds, trips=4, seconds=1.0)
    try:
        with secure(ground.cache) as server, Proxy.before("127.0.0.1", server.port) as proxy:
            all_, url = _all(ground, server.env), server.url(proxy.port)
            sheet.figures += _figures(all_, proxy, url, "TLS, SCRAM", rounds, trips=7, seconds=1.3)
    except NoServer as error:
        sheet.left_out.append(f"distance with TLS and SCRAM: {error}")


def _all(ground: Ground, env: dict[str, str]) -> dict[str, Client]:
    """Return the clients with some more environment."""
    found = clients(ground, _TABLE).items()
    return {name: replace(client, env={**client.env, **env}) for name, client in found if name != PLAIN}


def _figures(
    all_: dict[str, Client], proxy: Proxy, url: str, how: str, rounds: int, *, trips: float, seconds: float
) -> list[Figure]:
    seen = alternate({name: partial(_usable, proxy, url, client) for name, client in all_.items()}, rounds)
    counted, taken = (medians({name: [one[n] for one in pairs] for name, pairs in seen.items()}) for n in range(2))
    return [
        Figure("far away", f"round trips until usable ({how})", "trips", counted, target=trips),
        Figure("far away", f"usable at 100 ms a round trip ({how})", "s", taken, target=seconds),
    ]


def _usable(proxy: Proxy, url: str, client: Client) -> tuple[float, float]:
    """Return the round trips until usable, and the seconds."""
    proxy.cut()  # what the client before has left behind
    proxy.delay(_HALF_A_ROUND_TRIP)
    proxy.reset()
    database = url.rpartition("/")[2].partition("?")[0]
    with client.start(url) as terminal:
        seconds = terminal.seen(*client.usable(database))
        return proxy.answers, seconds
