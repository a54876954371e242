"""Rails: `db/migrate/20240131120000_name.rb`, in the order of their numbers; read as text, never run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.migrations.files import reading
from console.migrations.files.folder import Folder
from console.migrations.files.own_tool import OwnTool
from console.migrations.files.programs import Programs

FORMAT = "rails"
TOOL = OwnTool(
    name="Rails",
    up="rails db:migrate",
    down="rails db:rollback",
    redo="rails db:migrate:redo",
    new="rails generate migration NAME",
    late="rails db:migrate applies it all the same",
)
_PROGRAMS = Programs(
    FORMAT,
    TOOL,
    file=re.compile(r"(?P<version>[0-9]+)_(?P<name>[_a-z0-9]*)(?:\.[_a-z0-9]*)?\.rb"),
    mark=re.compile(r"\bActiveRecord::Migration\b"),
    back=re.compile(r"^\s*def\s+(?:self\.)?(?:down|change)\b", re.MULTILINE),
    called="<time>_name.rb",
)


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether one of the first numbered files is a migration of Rails."""
    return _PROGRAMS.recognises(path, names)


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; Rails fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    return _PROGRAMS.scan(path, reading.listing(path))
