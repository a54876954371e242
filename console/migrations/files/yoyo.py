"""yoyo: Python or SQL files that may name what they need; read as text, never run.

`name.rollback.sql` leads back from `name.sql`; a Python file holds both ways. What a file needs is said by
`-- depends:` in the comments at its head, or by `__depends__`; otherwise the names give the order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, graph, literals, native, reading
from console.migrations.files.folder import Finding, Folder, Migration, Places, Script
from console.migrations.files.own_tool import OwnTool
from console.text import sanitize

FORMAT = "yoyo"
TOOL = OwnTool(
    name="yoyo",
    up="yoyo apply",
    down="yoyo rollback -r REVISION",
    redo="yoyo reapply -r REVISION",
    new="yoyo new -m NAME",
    adopt="yoyo mark",
    repair="yoyo break-lock",
    late="yoyo apply applies it all the same",
)
_ROLLBACK, _HOOK = ".rollback.sql", "post-apply"
_CALLED = "name.py or name.sql"
_PYTHON = re.compile(r"^(?:from[ \t]+yoyo\b|import[ \t]+yoyo\b|__depends__[ \t]*[:=])", re.MULTILINE)
_HEAD = re.compile(r"\A(?:[ \t]*(?:--[^\n]*)?(?:\n|\Z))*")
_DEPENDS = re.compile(r"^[ \t]*--[ \t]*depends[ \t]*:(?P<names>[^\n]*)", re.MULTILINE)
_LOOKED_AT = 5


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is yoyo's: it has rollback files, or one of its first files says so."""
    there = set(names)
    if any(name.endswith(_ROLLBACK) and f"{name.removesuffix(_ROLLBACK)}.sql" in there for name in names):
        return True
    files = [name for name in names if _is_migration(name)]
    return any(_says(path / name) for name in files[:_LOOKED_AT])


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; yoyo fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = [entry for entry in reading.listing(path) if not entry.is_dir()]
    migrations, findings = by_name.gather([each for each in entries if _is_migration(each.name)], _migration)
    findings += complaints.duplicates(migrations, str)
    requires, unread = _needs(migrations)
    findings += unread
    findings += [
        Finding(f"{sanitize(name)} needs {sanitize(other)}, of which there is no file.", path)
        for name, needed in requires.items()
        for other in sorted(needed - requires.keys())
    ]
    try:
        order = graph.ordered(requires)
    except BadMigrations as error:
        order = ()
        findings.append(complaints.broken(error, path))
    if not migrations and not findings:
        findings.append(complaints.empty(path, _CALLED))
    named = {migration.version: migration for migration in migrations}
    found = tuple(named[version] for version in order)
    return Folder(path, FORMAT, found, Places(order), None, tuple(findings), tool=TOOL, requires=requires)


def _is_migration(name: str) -> bool:
    mine = name.endswith((".py", ".sql")) and not name.endswith(_ROLLBACK)
    return mine and not name.startswith((".", "__init__", _HOOK))


def _says(path: Path) -> bool:
    try:
        text = reading.text(path)
    except BadMigrations:
        return False
    if path.suffix == ".py":
        return _PYTHON.search(text) is not None
    return _DEPENDS.search(_head(text)) is not None


def _migration(path: Path) -> Migration:
    text = reading.text(path)
    script, down = Script(path, text), path.with_name(path.stem + _ROLLBACK)
    if path.suffix == ".py":
        back: Script | None = script
    else:
        back = Script(down, reading.text(down)) if down.exists() else None
    return Migration(path.stem, "", native.checksum(text), script, back, unsupported=TOOL.reason)


def _needs(migrations: Sequence[Migration]) -> tuple[dict[str, frozenset[str]], list[Finding]]:
    requires: dict[str, frozenset[str]] = {}
    findings: list[Finding] = []
    for migration in migrations:
        path, requires[migration.version] = migration.up.path, frozenset()
        try:
            requires[migration.version] = _depends(path, migration.up.text)
        except literals.NotPlain:
            sentence = f"{sanitize(path.name)}: its __depends__ is no plain value, and no file is run here."
            findings.append(Finding(sentence, path, fatal=True))
    return requires, findings


def _depends(path: Path, text: str) -> frozenset[str]:
    """Return what a file needs. Raises NotPlain."""
    if path.suffix == ".sql":
        return frozenset(name for said in _DEPENDS.finditer(_head(text)) for name in said["names"].split())
    try:
        value = literals.assigned(text, "__depends__")
    except KeyError:
        return frozenset()
    names = [value] if isinstance(value, str) else value if isinstance(value, tuple | list | set | dict) else None
    if names is None or not all(isinstance(each, str) for each in names):
        raise literals.NotPlain
    return frozenset(str(each) for each in names)


def _head(text: str) -> str:
    """Return the comments and blank lines that a file begins with."""
    found = _HEAD.match(text)
    return found[0] if found else ""
