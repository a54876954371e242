"""Puts the servers of the tests into memory where there is room.

A database is three hundred files. On ext4, which passes over the inodes of files that were removed a minute ago, making
one costs more than all that most tests do with it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_CGROUP = Path("/sys/fs/cgroup")
_PREFIX = "dbconsole-tests-"
_ROOM = 4 << 30


def settle() -> None:
    """Let servers, shadows and temporary files of this run lie in memory; pytest's own folders stay on the disk.

    Called once before anything is made; programs and workers that are started afterwards inherit it.
    """
    if "PYTEST_XDIST_WORKER" in os.environ or room() < _ROOM:
        return
    _sweep()
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    folder = _MEMORY / f"{_PREFIX}{os.getpid()}"
    folder.mkdir(mode=0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"TMPDIR": str(folder), "DBCONSOLE_SERVERS": str(folder / "servers")}
    tempfile.tempdir = None


def instead_of(folder: Path) -> Path:
    """Return a folder for a server: in memory, or the one that is on the disk."""
    here = Path(tempfile.gettempdir())
    return Path(tempfile.mkdtemp(dir=here)) if here.name.startswith(_PREFIX) else folder


def room() -> int:
    """Return how many bytes of memory files may take here."""
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)):
        return 0
    return min(shutil.disk_usage(_MEMORY).free, _available(), _allowed())


def _available() -> int:
    lines = Path("/proc/meminfo").read_text().splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(kilobytes) << 10


def _allowed() -> int:
    """Return what the container's limit leaves."""
    with contextlib.suppress(OSError, ValueError):  # no such file, or “max”
        used, limit = ((_CGROUP / f"memory.{name}").read_text() for name in ("current", "max"))
        return int(limit) - int(used)
    return _available()


def _sweep() -> None:
    """Remove what runs that were killed have left; a server that still runs there ends when it sees that."""
    for folder in _MEMORY.glob(f"{_PREFIX}*"):
        try:
            os.kill(int(folder.name.removeprefix(_PREFIX)), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue
