"""Runs the async work of a verb to its end: Ctrl-C cancels on the server, and what was started is stopped."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from console.cli.terminal.telling import tell
from console.errors import Interrupted

T = TypeVar("T")

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def endings() -> tuple[signal.Signals, ...]:
    """Return the signals that end a program: Ctrl-C, kill, a closed terminal; not those that `nohup` keeps away."""
    return tuple(sign for sign in _ENDINGS if signal.getsignal(sign) is not signal.SIG_IGN)


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine function; the first Ctrl-C (or SIGTERM, SIGHUP) cancels it and waits for the server's word.

    A second one is answered with what is waited for, a third one stops the waiting. Raises Interrupted afterwards,
    unless the work says better what the state is.
    """
    try:
        return asyncio.run(_guarded(work))
    except asyncio.CancelledError as error:
        raise Interrupted(str(error) or "Interrupted; what ran on the server was cancelled.") from error


@contextmanager
def ended_by(end: Callable[[], object]) -> Iterator[None]:
    """Call `end` for every signal that ends a program, for as long as the block lasts; needs a running loop."""
    loop, heard = asyncio.get_running_loop(), endings()
    for sign in heard:
        loop.add_signal_handler(sign, end)
    try:
        yield
    finally:
        for sign in heard:
            loop.remove_signal_handler(sign)


async def _guarded(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    task = asyncio.ensure_future(work())
    asked = 0

    def stop() -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            tell("Still waiting for the server's word; once more leaves without it.")
        else:
            task.cancel()

    try:
        with ended_by(stop):
            return await task
    finally:
        if asked:
            _ignore_more()


def _ignore_more() -> None:
    """From here on it is only a moment to the end, which an impatient second Ctrl-C shall not tear apart."""
    for sign in endings():
        signal.signal(sign, signal.SIG_IGN)
