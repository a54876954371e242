"""node-pg-migrate: `1700000000000_name.sql` with `-- Up Migration` and `-- Down Migration`, JavaScript between them.

The ledger keeps the whole name without its ending: that is the version, and there is no other name. The number in front
gives the order; one of 17 digits is a moment. JavaScript and TypeScript files cannot be run here and are migrations
nevertheless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, native, reading, surroundings, templates
from console.migrations.files.folder import Finding, Folder, Migration, Places, Script
from console.text import sanitize

FORMAT = "node-pg-migrate"
_CALLED = "<number>_name.sql"
_FILE = re.compile(r"(?P<number>[0-9]+)(?P<rest>.*)\.(?P<kind>sql|[cm]?[jt]s)", re.DOTALL)
_DECLARATION, _BACK = ".d.ts", ".down.sql"
_SPEAKS = re.compile(r"\bpgm\b|\bMigrationBuilder\b|node-pg-migrate")
_WAY = r"^\s*--[\s-]*{}\s+migration"
_MARKED = re.compile(r"^\s*--[\s-]*(?:up|down)\s+migration[ \t]*$", re.IGNORECASE | re.MULTILINE)
_UP = re.compile(_WAY.format("up"), re.IGNORECASE | re.MULTILINE)
_DOWN = re.compile(_WAY.format("down"), re.IGNORECASE | re.MULTILINE)
_MOMENT = 17  # digits of a number that is a moment: 20240131120000123
_PROGRAM = "It is a program: run it with the project's own node-pg-migrate, or record it here with adopt."
_LOOKED_AT = 5


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a listing is this tool's: one of its first files says so, or its project's package.json does."""
    mine = [name for name in names if _is_migration(name)]
    if path.resolve().parent.name == "supabase":
        return False  # where such words are but comments
    if any(_says(path / name) for name in mine[:_LOOKED_AT]):
        return True
    return bool(mine) and not any(".up." in name for name in mine) and surroundings.needs_package(path, FORMAT)


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; the tool fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = [entry for entry in reading.listing(path) if not entry.is_dir()]
    mine = [entry for entry in entries if _is_migration(entry.name)]
    migrations, findings = by_name.gather(mine, _migration)
    migrations.sort(key=lambda each: (_number(each.version), each.version))
    findings += complaints.duplicates(migrations, str)
    findings += [complaints.not_runnable(each) for each in migrations if each.unsupported]
    findings += [_paired(entry) for entry in mine if entry.name.endswith(_BACK)]
    findings += [complaints.unused(entry, _CALLED) for entry in entries if _stray(entry.name)]
    if not mine:
        findings.append(complaints.empty(path, _CALLED))
    seed = next((entry for entry in entries if entry.name == native.SEED), None)
    order = Places(tuple(migration.version for migration in migrations))
    return Folder(path, FORMAT, tuple(migrations), order, seed, tuple(findings))


def _is_migration(name: str) -> bool:
    return _FILE.fullmatch(name) is not None and not name.endswith(_DECLARATION)


def _stray(name: str) -> bool:
    return name.lower().endswith(".sql") and name != native.SEED and not _is_migration(name)


def _says(path: Path) -> bool:
    try:
        text = reading.text(path)
    except BadMigrations:
        return False
    return (_MARKED if path.suffix == ".sql" else _SPEAKS).search(text) is not None


def _number(version: str) -> float:
    """Return what the tool goes by: milliseconds where the number is a moment."""
    digits = re.match("[0-9]+", version)
    assert digits is not None
    if len(digits[0]) != _MOMENT:
        return int(digits[0])
    try:
        return datetime.strptime(digits[0] + "000", "%Y%m%d%H%M%S%f").replace(tzinfo=UTC).timestamp() * 1000
    except ValueError:
        return int(digits[0])


def _migration(path: Path) -> Migration:
    if path.suffix != ".sql":
        return Migration(path.stem, "", native.checksum(""), Script(path, "", None), unsupported=_PROGRAM)
    text = reading.text(path)
    up, down = _parts(text)
    back = None if down is None else Script(path, down, None, FORMAT)
    unsupported = templates.sentence(text)
    return Migration(path.stem, "", native.checksum(up), Script(path, up, None, FORMAT), back, unsupported=unsupported)


def _parts(text: str) -> tuple[str, str | None]:
    """Return what leads up and what leads back; before a part stand as many blank lines as the file has there.

    >>> _parts("-- Up Migration\\nSELECT 1;\\n-- Down Migration\\nSELECT 2;")
    ('-- Up Migration\\nSELECT 1;\\n', '\\n\\n-- Down Migration\\nSELECT 2;')
    >>> _parts("SELECT 1;")
    ('SELECT 1;', None)
    """
    up, down = _UP.search(text), _DOWN.search(text)
    if down is None:
        return (text if up is None else _cut(text, up.start(), len(text))), None
    if up is None:
        return text, _cut(text, down.start(), len(text))
    first, second = sorted((up.start(), down.start()))
    parts = _cut(text, first, second), _cut(text, second, len(text))
    return parts if up.start() == first else (parts[1], parts[0])


def _cut(text: str, start: int, end: int) -> str:
    return "\n" * text.count("\n", 0, start) + text[start:end]


def _paired(entry: Path) -> Finding:
    return Finding(
        f"{sanitize(entry.name)} counts as a migration of its own: files in pairs need a setting of node-pg-migrate"
        " that is not known here.",
        entry,
        fatal=True,
    )
