"""The three standard streams: made safe at the start, and let go when nobody listens any more."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO


def prepare() -> None:
    """Make the streams fit for whatever is printed.

    What a shell has closed (`<&-`) becomes the null device, or else a connection's socket would take its number. Pipes
    and files get UTF-8 whatever the locale says, and a sign that cannot be written is written as an escape.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for the life of the program
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace")


def let_go(stream: TextIO) -> None:
    """Send what is still to come to nowhere: the interpreter must not stumble over it on its way out."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def on_terminal(stream: TextIO) -> bool:
    """Tell whether a stream is a person's terminal."""
    return not stream.closed and stream.isatty()
