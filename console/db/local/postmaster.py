"""A server's own account of itself: the file postmaster.pid in its data folder."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PID, _PORT, _SOCKET, _STATUS = 0, 3, 4, 7  # lines of the file, since PostgreSQL 10
_STOPPING = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0))  # fast, then at once


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A server's process, the socket it listens on, and whether it takes connections."""

    pid: int
    port: int
    socket: Path
    ready: bool

    def stop(self, ended: Callable[[], bool]) -> None:
        """Stop it: running statements are ended, nothing committed is lost. `ended` tells when it is gone."""
        for sign, patience in _STOPPING:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sign)
            if wait(lambda: not exists(self.pid) and ended(), patience):
                return


def read(data: Path, *, uid: int) -> Postmaster | None:
    """Return the server of a data folder; None without one, or when its process is gone or is not the user `uid`'s."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid, port, socket = int(lines[_PID]), int(lines[_PORT]), Path(lines[_SOCKET])
    except (OSError, ValueError, IndexError):
        return None
    if not exists(pid) or _owner(pid) not in (uid, None):
        return None
    return Postmaster(pid, port, socket, ready=len(lines) > _STATUS and lines[_STATUS].strip() == "ready")


def exists(pid: int) -> bool:
    """Tell whether there is such a process, one that has ended and waits to be reaped not counted."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # it is ours to reap where this console has started it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _ended(pid)


def wait(done: Callable[[], bool], patience: float) -> bool:
    """Look every few milliseconds whether `done` holds, for so many seconds."""
    until = time.monotonic() + patience
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def _ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def _owner(pid: int) -> int | None:
    """Return whose process it is, where the system tells."""
    try:
        return os.stat(f"/proc/{pid}").st_uid
    except OSError:
        return None
