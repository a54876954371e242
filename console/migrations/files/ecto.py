"""Ecto: `priv/repo/migrations/20240131120000_name.exs`, in the order of their numbers; read as text, never run.

Folders within are looked into, as Ecto does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.migrations.files import reading
from console.migrations.files.folder import Folder
from console.migrations.files.own_tool import OwnTool
from console.migrations.files.programs import Programs

FORMAT = "ecto"
TOOL = OwnTool(
    name="Ecto",
    up="mix ecto.migrate",
    down="mix ecto.rollback",
    redo="mix ecto.rollback && mix ecto.migrate",
    new="mix ecto.gen.migration NAME",
    late="mix ecto.migrate applies it all the same",
)
_ENDING = ".exs"
_PROGRAMS = Programs(
    FORMAT,
    TOOL,
    file=re.compile(r"(?P<version>[0-9]+)_(?P<name>.*)\.exs", re.DOTALL),
    mark=re.compile(r"\bEcto\.Migration\b"),
    back=re.compile(r"^\s*def\s+(?:down|change)\b", re.MULTILINE),
    called="<time>_name.exs",
)


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether one of the first numbered files is a migration of Ecto."""
    return _PROGRAMS.recognises(path, names)


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; Ecto fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    reading.listing(path)
    return _PROGRAMS.scan(path, sorted(path.rglob(f"*{_ENDING}")))
