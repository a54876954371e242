"""Runs async work on a loop of its own in a thread, so that a screen is not held up by what takes the processor."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

_Begun = Future[tuple[asyncio.AbstractEventLoop, "asyncio.Task[None]"]]


async def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run the work to its end; who cancels us cancels it, and waits until it has cleared up behind itself."""
    begun: _Begun = Future()
    thread = asyncio.ensure_future(asyncio.to_thread(lambda: asyncio.run(_noted(work, begun))))
    try:
        await asyncio.shield(thread)
    except asyncio.CancelledError:
        await _stop(begun, thread)
        raise


async def _noted(work: Callable[[], Coroutine[Any, Any, None]], begun: _Begun) -> None:
    task = asyncio.current_task()
    assert task is not None
    begun.set_result((asyncio.get_running_loop(), task))
    await work()


async def _stop(begun: _Begun, thread: asyncio.Future[None]) -> None:
    started = asyncio.wrap_future(begun)
    either: set[asyncio.Future[Any]] = {started, thread}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if started.done():
        loop, task = started.result()
        with contextlib.suppress(RuntimeError):  # it has come to its end meanwhile
            loop.call_soon_threadsafe(task.cancel)
    await asyncio.wait({thread})
    if not thread.cancelled():
        thread.exception()  # looked at: nobody listens any more
