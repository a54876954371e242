"""Where the project of the working folder is: the nearest folder upward that looks like one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

FILE = "dbconsole.toml"
SIGNS = (FILE, ".env", ".git")


def folder(cwd: Path) -> Path:
    """Return the nearest folder with a `dbconsole.toml`, `.env` or `.git`, else the working folder itself."""
    return next((place for place in _upward(cwd) if any((place / sign).exists() for sign in SIGNS)), cwd)


def file(cwd: Path) -> Path | None:
    """Return the nearest `dbconsole.toml`, or None."""
    return next((place / FILE for place in _upward(cwd) if (place / FILE).is_file()), None)


def _upward(cwd: Path) -> Iterator[Path]:
    yield cwd
    for place in cwd.parents:
        if _shared(place):
            return
        yield place


def _shared(place: Path) -> bool:
    """Tell a folder like /tmp, where somebody else could lay a file for us to find."""
    try:
        mode = place.stat().st_mode
    except OSError:
        return True
    return bool(mode & stat.S_ISVTX and mode & stat.S_IWOTH)
