"""Finds the dashboards there are: shipped ones, the user's own, and those beside the project's `dbconsole.toml`.

A project's file may come from a stranger. It holds statements and nothing else: each is run like a person's own in
browsing, one at a time, in a read-only transaction and through the guard's allow-list, so no trust is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from console.config import paths, project
from console.dashboards.definition import Dashboard, Origin
from console.dashboards.files import text_file
from console.dashboards.files.file import parse
from console.errors import BrokenConfig
from console.sql import queries
from console.text import sanitize

FOLDER = "dashboards"


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be used; the others go on."""

    id: str
    path: Path
    origin: Origin
    error: BrokenConfig


def folders(*, environ: Mapping[str, str], cwd: Path) -> dict[Origin, Path]:
    """Return where dashboards may lie, in the order in which later ones hide earlier ones.

    The user's own hides a project's, as with profiles: what one has made is not changed by the folder one stands in.
    """
    shipped = {Origin.SHIPPED: queries.folder("queries") / FOLDER}
    file = project.file(cwd)
    ours = {} if file is None else {Origin.PROJECT: file.parent / FOLDER}
    return {**shipped, **ours, Origin.USER: paths.config_dir(environ) / FOLDER}


def find(*, environ: Mapping[str, str], cwd: Path) -> list[Dashboard | Broken]:
    """Return all dashboards by title, broken files behind them."""
    found: dict[str, Dashboard | Broken] = {}
    for origin, folder in folders(environ=environ, cwd=cwd).items():
        found.update({each.id: each for each in _of(folder, origin)})
    return sorted(found.values(), key=_order)


def read(path: Path, origin: Origin) -> Dashboard:
    """Return what one file says. Raises BrokenConfig."""
    return parse(_content(path), path, origin)


def _of(folder: Path, origin: Origin) -> Iterator[Dashboard | Broken]:
    for path in sorted(folder.glob("*.toml")):
        try:
            yield read(path, origin)
        except BrokenConfig as error:
            yield Broken(path.stem, path, origin, error)


def _content(path: Path) -> bytes:
    try:
        return text_file.content(path)
    except OSError as error:
        raise BrokenConfig(sanitize(f"{path} cannot be read."), detail=error.strerror or "") from None


def _order(each: Dashboard | Broken) -> tuple[bool, str]:
    return isinstance(each, Broken), each.id if isinstance(each, Broken) else each.title.casefold()
