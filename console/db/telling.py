"""Work that tells what happens while it goes on, as a generator of events: who stops listening stops the work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def told(
    work: Callable[[Callable[[T | None], None]], Coroutine[Any, Any, None]],
    *,
    to_the_end: bool = False,
    stopped: Callable[[BaseException | None], Exception] | None = None,
) -> AsyncGenerator[T, None]:
    """Do work, which is given what it tells events to, and yield them; raise what it raises.

    Whoever closes the generator, or is cancelled in it, stops the work, and waits until it has stopped. `to_the_end`
    yields also what it came to then, before the cancellation is raised; `stopped` makes of what went wrong by then, if
    anything did, the error that is raised in its place.
    """
    events: asyncio.Queue[T | None] = asyncio.Queue()
    task = asyncio.create_task(work(events.put_nowait))
    task.add_done_callback(lambda _: events.put_nowait(None))
    try:
        while (event := await events.get()) is not None:
            yield event
    except asyncio.CancelledError:
        failure = await _stop(task)
        if stopped is not None:
            raise stopped(failure) from None
        while to_the_end and (left := events.get_nowait()) is not None:
            yield left
        task.result()
        raise
    finally:
        await _stop(task)
    task.result()


async def _stop(task: asyncio.Task[None]) -> BaseException | None:
    """End the work, and return what went wrong in it: asyncio complains of an error that nobody has looked at."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
    return None if task.cancelled() else task.exception()
