"""Runs the async work of a verb to its end: Ctrl-C cancels on the server, and what was started is stopped."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn, TypeVar

from console.cli.telling import tell
from console.errors import Interrupted

T = TypeVar("T")

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends a program: Ctrl-C, kill, and a terminal that was closed."""


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine function; the first Ctrl-C (or SIGTERM, SIGHUP) cancels it and waits for the server's word.

    A second one is answered with what is waited for, a third one stops the waiting. Raises Interrupted afterwards,
    unless the work says better what the state is.
    """
    try:
        return asyncio.run(_guarded(work))
    except asyncio.CancelledError as error:
        raise Interrupted("Interrupted; what ran on the server was cancelled.") from error


@contextmanager
def ended_by(end: Callable[[], object]) -> Iterator[None]:
    """Call `end` for every signal that ends a program, for as long as the block lasts; needs a running loop."""
    loop = asyncio.get_running_loop()
    for sign in ENDINGS:
        loop.add_signal_handler(sign, end)
    try:
        yield
    finally:
        for sign in ENDINGS:
            loop.remove_signal_handler(sign)


@contextmanager
def asking() -> Iterator[None]:
    """Let the signals interrupt a question: while it waits for a person, the loop stands still and would not see them.

    They raise KeyboardInterrupt, of which click makes Abort.
    """
    handlers = {sign: signal.signal(sign, _interrupt) for sign in ENDINGS}
    descriptor = signal.set_wakeup_fd(-1)  # or else the loop hears of them as well, later
    try:
        yield
    finally:
        signal.set_wakeup_fd(descriptor)
        for sign, handler in handlers.items():
            signal.signal(sign, handler)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


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

    with ended_by(stop):
        return await task
