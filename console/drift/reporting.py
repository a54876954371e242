"""Work that tells of itself while it lasts: its events are handed on, and when its listener is stopped, so is it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeAlias

from console.drift.events import Event
from console.errors import ConsoleError, Interrupted
from console.text import sanitize

Tell: TypeAlias = Callable[[Event], None]


async def reported(work: Callable[[Tell], Awaitable[None]]) -> AsyncGenerator[Event, None]:
    """Do some work with a shadow and yield what it tells.

    Raises what it raises; Interrupted when the task that iterates is cancelled, once the work has ended.
    """
    events: asyncio.Queue[Event | None] = asyncio.Queue()

    async def done() -> None:
        await work(events.put_nowait)

    task = asyncio.create_task(done())
    task.add_done_callback(lambda _: events.put_nowait(None))
    try:
        while (event := await events.get()) is not None:
            yield event
    except asyncio.CancelledError:
        raise _stopped(await _stop(task)) from None
    finally:
        await _stop(task)
    task.result()


async def _stop(task: asyncio.Task[None]) -> BaseException | None:
    """End the work, its shadow included; return what went wrong in it."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
    return None if task.cancelled() else task.exception()


def _stopped(failure: BaseException | None) -> Interrupted:
    """Return what to raise when a person stopped it, with what may be left of the shadow."""
    detail = "Nothing was written to either side."
    if failure is None or isinstance(failure, Interrupted):
        return Interrupted("Stopped while two schemas were being compared; the shadow is gone.", detail=detail)
    why = failure.title if isinstance(failure, ConsoleError) else str(failure)
    return Interrupted(
        "Stopped while two schemas were being compared; whether the shadow is gone is not known.",
        detail=f"{sanitize(why)}\n{detail}",
    )
