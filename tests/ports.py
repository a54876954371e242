"""A port of this machine that nobody listens on."""

from __future__ import annotations

import socket


def free() -> int:
    """Return a port of the loopback that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
