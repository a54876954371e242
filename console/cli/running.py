"""Runs the async work of a verb to its end: Ctrl-C cancels on the server, and what was started is stopped."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from console.errors import Interrupted

T = TypeVar("T")


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine function; the first Ctrl-C (or SIGTERM) cancels it and waits for the server's word.

    Raises Interrupted afterwards, unless the work says better what the state is.
    """
    try:
        return asyncio.run(_guarded(work))
    except (asyncio.CancelledError, KeyboardInterrupt) as error:
        raise Interrupted("Interrupted; what ran on the server was cancelled.") from error


async def _guarded(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    task = asyncio.ensure_future(work())
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(sign, task.cancel)
    try:
        return await task
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.remove_signal_handler(sign)
