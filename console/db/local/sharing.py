"""Several consoles share one embedded server: who starts it, who uses it, whether it lives, whether it is to stay.

All by locks of the kernel, which end with the process that holds them, however that ends. The server itself inherits
one: as long as any process of it lives, the lock is held, and no number in a file has to be believed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO


class Sharing:
    """The locks of the cluster `name` in a folder of ours."""

    def __init__(self, folder: Path, name: str) -> None:
        self._starting = folder / f"{name}.start"
        self._users = folder / f"{name}.users"
        self._server = folder / f"{name}.server"
        self._kept = folder / f"{name}.kept"
        self._share: IO[bytes] | None = None

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold off other consoles while the server is started or stopped."""
        with _opened(self._starting) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def join(self) -> None:
        """Become a user of the server."""
        if self._share is None:
            self._share = _opened(self._users)
            fcntl.flock(self._share, fcntl.LOCK_SH)

    def part(self) -> bool:
        """Give up our share and tell whether nobody else has one; False when we had none."""
        share, self._share = self._share, None
        if share is None:
            return False
        with share:
            return _lock(share)

    def life(self) -> IO[bytes]:
        """Return the lock, held, that the server is to inherit."""
        held = _opened(self._server)
        fcntl.flock(held, fcntl.LOCK_EX)
        os.set_inheritable(held.fileno(), True)
        return held

    @property
    def lives(self) -> bool:
        """Whether any process of the server is alive."""
        with _opened(self._server) as lock:
            return not _lock(lock)

    @property
    def kept(self) -> bool:
        """Whether the server is to stay when the last console leaves, since somebody has wanted so."""
        return self._kept.exists()

    def keep(self) -> None:
        """Let the server stay until it is stopped on purpose."""
        self._kept.touch(mode=0o600)

    def release(self) -> None:
        """Forget that the server was to stay."""
        self._kept.unlink(missing_ok=True)


def _opened(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600), "r+b", buffering=0)


def _lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
