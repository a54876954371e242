"""Work that tells of itself while it lasts: its events are handed on, and when its listener is stopped, so is it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeAlias

from console.db.telling import told
from console.drift.events import Event
from console.migrations.rehearsal import shadows

Tell: TypeAlias = Callable[[Event], None]


def reported(work: Callable[[Tell], Coroutine[Any, Any, None]]) -> AsyncGenerator[Event, None]:
    """Do some work with a shadow and yield what it tells.

    Raises what it raises; Interrupted when the task that iterates is cancelled, once the work has ended.
    """
    said = shadows.stopped("Stopped while two schemas were being compared", "Nothing was written to either side.")
    return told(work, stopped=said)
