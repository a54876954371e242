"""When the program itself has a fault: the trace goes to a private file, without values; the person gets a sentence."""

from __future__ import annotations

import traceback
from datetime import datetime

from console import __version__
from console.config import paths


def remember(error: BaseException) -> str:
    """Write the trace of a fault down and return what to tell. Only lines of code are kept, no values."""
    error = getattr(error, "error", error)  # a failed worker carries what really happened
    when = datetime.now().astimezone()
    path = paths.private(paths.state_dir()) / f"crash-{when:%Y%m%d-%H%M%S}.txt"
    frames = "".join(traceback.format_tb(error.__traceback__))
    paths.write_private(path, f"dbconsole {__version__}, {when.isoformat()}\n{type(error).__name__}\n{frames}")
    return (
        f"dbconsole has a fault and had to stop ({type(error).__name__}). What it sent to the server is committed or "
        f"undone as a whole.\nWhere it happened is written in {path}"
    )
