"""Work that tells what happens while it goes on, as a generator of events: who stops listening stops the work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def told(
    work: Callable[[Callable[[T | None], None]], Coroutine[Any, Any, None]], *, to_the_end: bool = False
) -> AsyncGenerator[T, None]:
    """Do work, which is given what it tells events to, and yield them; raise what it raises.

    Whoever closes the generator, or is cancelled in it, stops the work, and waits until it has stopped. `to_the_end`
    yields also what it came to then, before the cancellation is raised.
    """
    events: asyncio.Queue[T | None] = asyncio.Queue()
    task = asyncio.create_task(work(events.put_nowait))
    task.add_done_callback(lambda _: events.put_nowait(None))
    try:
        while (event := await events.get()) is not None:
            yield event
    except asyncio.CancelledError:
        await _stop(task)
        while to_the_end and (left := events.get_nowait()) is not None:
            yield left
        task.result()
        raise
    finally:
        await _stop(task)
    task.result()


async def _stop(task: asyncio.Task[None]) -> None:
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio does not complain where nobody listens any more
