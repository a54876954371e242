"""Where the console keeps its own files, and how they stay private to their user.

`DBCONSOLE_HOME` puts all four folders below one (tests, portable installations); otherwise they are where the system
wants them, by platformdirs. Nothing here creates a folder except `private` and `write_private`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from console.errors import UsageError

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

APP = "dbconsole"
HOME = "DBCONSOLE_HOME"


def config_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of `config.toml`."""
    return _below(environ, "config") or _system().user_config_path


def state_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what the console remembers: trusted files, logs, sizes of databases."""
    return _below(environ, "state") or _system().user_state_path


def cache_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what may be thrown away: spooled rows."""
    return _below(environ, "cache") or _system().user_cache_path


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what is large and lasting: the embedded server."""
    return _below(environ, "data") or _system().user_data_path


def private(folder: Path) -> Path:
    """Create `folder` if need be, for its user alone (0700), and return it.

    Raises UsageError when the system does not let us.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise UsageError(
            f"The folder {folder} cannot be made private to you.",
            detail=error.strerror or "",
            hint=f"Check who owns it, or set {HOME} to a folder of your own.",
        ) from error
    return folder


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its user alone (0600).

    A symbolic link is followed, since people keep their configuration elsewhere. Raises UsageError.
    """
    real = Path(os.path.realpath(path))
    if real == Path(os.path.abspath(path)):
        private(real.parent)
    try:
        _replace(real, text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written; it is as it was.", detail=error.strerror or "") from error


def _replace(path: Path, text: str) -> None:
    name = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _below(environ: Mapping[str, str], name: str) -> Path | None:
    home = environ.get(HOME)
    return Path(home).expanduser().absolute() / name if home else None


def _system() -> PlatformDirsABC:
    from platformdirs import PlatformDirs

    return PlatformDirs(APP, appauthor=False)
