"""What the project around a folder of migrations says: which tool its manifest names. Only text is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import reading

_FARTHEST = 4  # folders above, in which a manifest is looked for
_CARGO, _NODE = "Cargo.toml", "package.json"
_MANIFESTS = (_CARGO, _NODE, "go.mod", "mix.exs", "Gemfile", "pyproject.toml", "pom.xml", "build.gradle")


def needs_crate(path: Path, crate: str) -> bool:
    """Tell whether the Cargo.toml around a folder, or that of its workspace, names a crate among what it needs."""
    named = re.compile(rf"^[ \t]*(?:{re.escape(crate)}[ \t]*[.=]|\[[\w.\-]*dependencies\.{re.escape(crate)}\])", re.M)
    return any(named.search(text) for text in _manifests(path, _CARGO))


def needs_package(path: Path, package: str) -> bool:
    """Tell whether the package.json around a folder names a package of npm, as a key."""
    named = re.compile(rf'"{re.escape(package)}"[ \t]*:')
    return any(named.search(text) for text in _manifests(path, _NODE))


def _manifests(path: Path, name: str) -> Iterator[str]:
    """Return the manifests of a kind above a folder, up to where another language's project or a repository begins."""
    for folder in islice(path.resolve().parents, _FARTHEST):
        if (folder / name).is_file():
            yield _text(folder / name)
        elif any((folder / other).is_file() for other in _MANIFESTS):
            return
        if (folder / ".git").exists():
            return


def _text(path: Path) -> str:
    try:
        return reading.text(path)
    except BadMigrations:
        return ""
