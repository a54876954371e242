"""Knex: JavaScript or TypeScript files in the order of their names; read as text, never run.

The ledger keeps the whole file name, ending included, and goes by it: that is the version, and there is no other name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, native, reading
from console.migrations.files.folder import Finding, Folder, Migration, Places, Script
from console.migrations.files.own_tool import OwnTool
from console.text import sanitize

FORMAT = "knex"
TOOL = OwnTool(
    name="Knex",
    up="knex migrate:latest",
    down="knex migrate:down",
    redo="knex migrate:down && knex migrate:up",
    new="knex migrate:make NAME",
    repair="knex migrate:unlock",
    late="knex migrate:latest applies it all the same",
)
_CALLED = "<time>_name.js"
_FILE = re.compile(r"[^.].*\.(?:js|cjs|mjs|ts|coffee)", re.DOTALL)
_NUMBERED = re.compile(r"[0-9]+[_-].*", re.DOTALL)
_DECLARATION = ".d.ts"
_MARK = re.compile(r"\bknex\b", re.IGNORECASE)
_UP = re.compile(r"\bup\b")
_DOWN = re.compile(r"\bdown\b[ \t]*[=(:]")
_LOOKED_AT = 5


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is Knex's: one of its first numbered files has an up and says knex."""
    files = [name for name in names if _is_migration(name) and _NUMBERED.fullmatch(name)]
    return any(_says(path / name) for name in files[:_LOOKED_AT])


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; Knex fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = [entry for entry in reading.listing(path) if not entry.is_dir()]
    migrations, findings = by_name.gather([each for each in entries if _is_migration(each.name)], _migration)
    findings += [_declares(entry) for entry in entries if entry.name.endswith(_DECLARATION)]
    if not migrations and not findings:
        findings.append(complaints.empty(path, _CALLED))
    order = Places(tuple(migration.version for migration in migrations))
    return Folder(path, FORMAT, tuple(migrations), order, None, tuple(findings), tool=TOOL)


def _is_migration(name: str) -> bool:
    return _FILE.fullmatch(name) is not None and not name.endswith(_DECLARATION)


def _says(path: Path) -> bool:
    try:
        text = reading.text(path)
    except BadMigrations:
        return False
    return _MARK.search(text) is not None and _UP.search(text) is not None


def _migration(path: Path) -> Migration:
    text = reading.text(path)
    script = Script(path, text)
    down = script if _DOWN.search(text) else None
    return Migration(path.name, "", native.checksum(text), script, down, unsupported=TOOL.reason)


def _declares(entry: Path) -> Finding:
    return Finding(f"{sanitize(entry.name)} is not used here; Knex itself may take it for a migration.", entry)
