"""PostgreSQL's client programs on this machine, such as pg_dump: a person's own, else the embedded wheel's."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.db.local import installations

_FOLDERS = ("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt", "/Library/PostgreSQL")
_VERSION = re.compile(r"\)\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Program:
    """A program and its major version; `embedded` means that it came with the wheel."""

    path: Path
    version: int
    embedded: bool = False

    def beside(self, name: str) -> Path:
        """Return another program of the same installation."""
        return self.path.parent / name


def found(name: str) -> tuple[Program, ...]:
    """Return every such program here: that of the PATH first, then by version, the wheel's last of its version."""
    on_path = shutil.which(name)
    first = [Path(on_path)] if on_path else []
    system = [path for folder in _FOLDERS for path in sorted(Path(folder).glob(f"*/bin/{name}"))]
    system += sorted(Path("/usr").glob(f"pgsql-*/bin/{name}"))
    wheel = [path for path in _of_wheel(name) if path.exists()]
    programs = {path: _program(path, embedded=path in wheel) for path in (*first, *system, *wheel)}
    return tuple(program for program in programs.values() if program is not None)


def fitting(name: str, major: int) -> Program | None:
    """Return the program for a server of a major version: of that very version, else of the next newer one there is.

    An older one does not know what the server may hold. Of several of a version a person's own comes before ours.
    """
    new_enough = [program for program in found(name) if program.version >= major]
    return min(new_enough, key=lambda program: (program.version, program.embedded), default=None)


def _of_wheel(name: str) -> Iterator[Path]:
    for installation in installations.found():
        if installation.embedded:
            yield installation.bin / name


def _program(path: Path, *, embedded: bool) -> Program | None:
    version = _version(path)
    return Program(path, version, embedded) if version is not None else None


@cache
def _version(path: Path) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(said)
    return int(match[1]) if match else None
