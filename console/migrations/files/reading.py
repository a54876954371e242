"""How a file of SQL becomes text: only regular files that belong to the folder, UTF-8, line feeds."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from operator import attrgetter
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files.naming import shown
from console.text import sanitize

_READING = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
_LARGEST = 256 * 1024 * 1024


def listing(folder: Path) -> tuple[Path, ...]:
    """Return everything in `folder` that is not hidden, sorted by name: editors and systems leave much of that behind.

    Raises BadMigrations when it is no folder or cannot be read.
    """
    with _looked_into(folder):
        return tuple(sorted((each for each in folder.iterdir() if each.name[0] != "."), key=attrgetter("name")))


def names(folder: Path) -> tuple[str, ...]:
    """Return the names of everything in `folder`, sorted. Raises BadMigrations as `listing` does."""
    with _looked_into(folder):
        return tuple(sorted(os.listdir(folder)))


@contextmanager
def _looked_into(folder: Path) -> Iterator[None]:
    shown = sanitize(str(folder))
    try:
        yield
    except FileNotFoundError as error:
        raise BadMigrations(
            f"There is no folder {shown}.", hint="Name the folder of migrations with --dir, or make one with new."
        ) from error
    except NotADirectoryError as error:
        raise BadMigrations(f"{shown} is a file, not a folder of migrations.") from error
    except OSError as error:
        raise BadMigrations(f"The folder {shown} cannot be read: {error.strerror}.") from error


def text(path: Path) -> str:
    r"""Return a file's text: without a byte order mark, with every `\r\n` as `\n`.

    Git may check a file out with either line ending; what runs and what the checksum covers is the same for both.
    A symbolic link counts as its target as long as that lies in the same folder. Raises BadMigrations.
    """
    content = _content(path)
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadMigrations(
            f"{shown(path)} is not UTF-8: byte {content[error.start]:#04x} in line {line}.",
            hint="Save the file as UTF-8.",
            line=line,
        ) from error
    if "\0" in decoded:
        line = decoded.count("\n", 0, decoded.index("\0")) + 1
        raise BadMigrations(
            f"{shown(path)} has a zero byte in line {line}, which PostgreSQL cannot take.",
            hint="Is it UTF-16, or no text at all? Save the file as UTF-8.",
            line=line,
        )
    return decoded.replace("\r\n", "\n")


def _content(path: Path) -> bytes:
    try:
        with FileIO(_open_regular(os.fspath(path))) as file:
            return file.readall()
    except OSError as error:
        raise BadMigrations(f"{shown(path)} cannot be read: {error.strerror}.") from error


def _open_regular(path: str) -> int:
    """Open what is a regular file of its folder; a named pipe would hang us without O_NONBLOCK."""
    try:
        file = os.open(path, _READING | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        file = os.open(_within_its_folder(path), _READING)
    about = os.fstat(file)
    if stat.S_ISREG(about.st_mode) and about.st_size <= _LARGEST:
        return file
    os.close(file)
    name = shown(Path(path))
    if not stat.S_ISREG(about.st_mode):
        raise BadMigrations(f"{name} is not a regular file.")
    raise BadMigrations(f"{name} has more than 256 MB; data of that size is loaded with COPY, not with a migration.")


def _within_its_folder(link: str) -> str:
    target = os.path.realpath(link)
    if os.path.dirname(target) == os.path.realpath(os.path.dirname(link)):
        return target
    raise BadMigrations(
        f"{shown(Path(link))} is a symbolic link that leads out of its folder.",
        hint="Put the file itself into the folder.",
    )
