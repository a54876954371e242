"""Reads a file of a dashboard: its own, or one of its statements. What a stranger put there holds nobody up."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MOST_BYTES = 1 << 20


def content(path: Path) -> bytes:
    """Return what is in a file. Raises OSError for what is none (a pipe would never end), or holds more than 1 MB."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "It is no ordinary file.", os.fspath(path))
    with path.open("rb") as file:
        found = file.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise OSError(errno.EFBIG, "It is larger than such a file can be (1 MB).", os.fspath(path))
    return found
