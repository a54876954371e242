"""Writes a report, or another result, to a file, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from datetime import datetime
from pathlib import Path

from console.errors import UsageError
from console.migrations.new import slug
from console.text import sanitize


def usual(database: str, today: datetime) -> str:
    """Return the name of a report's file when nobody says another.

    >>> usual("My shop", datetime(2026, 11, 21))
    'report-my_shop-2026-11-21.md'
    """
    with contextlib.suppress(UsageError):
        return f"report-{slug(database)}-{today:%Y-%m-%d}.md"
    return f"report-{today:%Y-%m-%d}.md"


def must_be_writable(path: Path, what: str = "report") -> None:
    """Raise UsageError, before anything is done, when there is no folder to write the file into."""
    if path.is_dir():
        raise UsageError(f"{_shown(path)} is a folder; a {what} is written to a file.")
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {_shown(path.parent)} to write the {what} into.")


def write(path: Path, text: str, what: str = "report") -> None:
    """Write a file in one go; one of that name is replaced, a device or a pipe is written to. Raises UsageError."""
    must_be_writable(path, what)
    try:
        real = Path(os.path.realpath(path))
        if real.exists() and not real.is_file():
            real.write_text(text, "utf-8")
        else:
            _replace(real, text)
    except OSError as error:
        raise UsageError(
            f"The {what} could not be written to {_shown(path)}: {error.strerror or error}.",
            detail="A file of that name is as it was.",
        ) from error


def _replace(path: Path, text: str) -> None:
    """Write beside the file and put that in its place, with the permissions that the file has or would get."""
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            if path.exists():
                os.fchmod(file.fileno(), stat.S_IMODE(path.stat().st_mode))
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _shown(path: Path) -> str:
    return sanitize(str(path))
