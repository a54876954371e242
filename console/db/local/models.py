"""Clusters as initdb leaves them, made once for each of the installations and copied for each shadow.

A copy takes a tenth of the time. Copies have the same system identifier, by which servers are told apart: only what is
thrown away is copied.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from console.db.local import service_user
from console.db.local.installations import Installation
from console.db.local.service_user import ServiceUser
from console.errors import UsageError


def lay(installation: Installation, folder: Path, user: ServiceUser, make: Callable[[Path], None]) -> None:
    """Make a cluster in `folder`, which is the user's and empty: by a copy, or by `make` where no model can be kept.

    Raises what `make` raises.
    """
    try:
        model = _model(installation, user, make)
    except (OSError, UsageError):  # no place of ours to keep it
        make(folder)
        return
    # As the user, who alone may write there: it cannot lay links for root to follow.
    command = ["cp", "-a", f"{model}/.", str(folder)]
    copied = subprocess.run(command, capture_output=True, check=False, **user.run_options())
    if copied.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        make(user.own(folder))


def _model(installation: Installation, user: ServiceUser, make: Callable[[Path], None]) -> Path:
    """Return the model of an installation, made when there is none that is whole."""
    home = user.around(service_user.home(user) / "models")
    name, age = _marks(installation)
    for found in home.glob(f"{name}-*"):
        if found.name == f"{name}-{age}-{_extent(found)}":
            return found
        shutil.rmtree(found, ignore_errors=True)  # of earlier programs, or no longer whole
    fresh = user.own(home / f"new-{os.getpid()}-{threading.get_ident()}")
    try:
        make(fresh)
        model = home / f"{name}-{age}-{_extent(fresh)}"
        with contextlib.suppress(OSError):  # somebody else was quicker
            fresh.rename(model)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return model


def _marks(installation: Installation) -> tuple[str, str]:
    """Return what tells an installation from others, and its programs from those that were there before."""
    program = (installation.bin / "postgres").resolve()
    found = program.stat()
    return f"pg{installation.version}-{_digest(str(program))}", _digest(f"{found.st_size} {found.st_mtime_ns}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _extent(folder: Path) -> str:
    """Return how many things are below a folder, and their bytes: a model that something has cleared away is none."""
    sizes = list(_sizes(folder))
    return f"{len(sizes)}-{sum(sizes)}"


def _sizes(folder: Path) -> Iterator[int]:
    for place, folders, files in os.walk(folder):
        yield from (0 for _ in folders)
        yield from (os.lstat(os.path.join(place, name)).st_size for name in files)
