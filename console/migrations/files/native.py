"""The native format: `0001_name.up.sql`, `0001_name.down.sql`, `0001_name.verify.sql`, and `data.sql` as the seed.

A line `-- dbconsole: no-transaction` before the first statement says that a file runs outside a transaction. The
checksum of a migration is the SHA-256 of its up file, in hexadecimal, after `reading.text` has evened its line endings.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, reading
from console.migrations.files.folder import Finding, Folder, Migration, Order, Script
from console.text import sanitize

FORMAT = "dbconsole"
SEED = "data.sql"
FILE = re.compile(r"(?P<version>[0-9]{1,18})_(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)\.(?P<part>up|down|verify)\.sql")
_HEAD = re.compile(r"(?:\s*(?:--[^\n]*(?:\n|$)|/\*.*?\*/))*", re.DOTALL)
_DIRECTIVE = re.compile(r"^\s*--[ \t]*dbconsole:[ \t]*(?P<word>[^\n]*?)[ \t]*$", re.MULTILINE)
_NO_TRANSACTION = "no-transaction"
_DIGITS = 4

Parts = Mapping[str, Path]


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is ours: verify files, four digits throughout, or one of our lines."""
    found = [match for match in map(FILE.fullmatch, names) if match]
    if any(match["part"] == "verify" for match in found):
        return True
    if found and all(_ours(match["version"]) for match in found):
        return True
    return any(_directed(path / match[0]) for match in found)


def read(path: Path) -> Folder:
    """Return the folder at `path`. Raises BadMigrations when it is empty, unreadable or contradicts itself."""
    return complaints.sound(scan(path))


def scan(path: Path, variables: Mapping[str, str] | None = None) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; there are no variables in it.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    groups, seed, findings = _sort_out(reading.listing(path))
    migrations: list[Migration] = []
    for (version, name), parts in groups.items():
        try:
            migrations.append(_migration(version, name, parts))
        except BadMigrations as error:
            findings.append(Finding(error.title, parts.get("up"), error.line, fatal=True))
    migrations.sort(key=lambda migration: Order.NUMBER.key(migration.version))
    findings.extend(_duplicates(groups))
    if not groups:
        findings.append(_empty(path))
    return Folder(path, FORMAT, tuple(migrations), Order.NUMBER, seed, tuple(findings))


def directives(text: str) -> tuple[str, ...]:
    """Return what the comments before the first statement ask for.

    >>> directives("-- dbconsole: no-transaction\\nVACUUM")
    ('no-transaction',)
    >>> directives("VACUUM;\\n-- dbconsole: no-transaction")
    ()
    """
    head = _HEAD.match(text)
    return tuple(match["word"] for match in _DIRECTIVE.finditer(head[0])) if head else ()


def checksum(text: str) -> str:
    """Return the SHA-256 of an up file's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _ours(version: str) -> bool:
    """Tell whether a version is spelt as we spell it: four digits, and one more only where the number needs it."""
    return len(version) <= _DIGITS + 1 and version == str(int(version)).zfill(_DIGITS)


def _directed(path: Path) -> bool:
    try:
        return bool(directives(reading.text(path)))
    except BadMigrations:
        return False  # whoever reads the folder says what is wrong with the file


def _sort_out(entries: Iterable[Path]) -> tuple[dict[tuple[str, str], dict[str, Path]], Path | None, list[Finding]]:
    groups: dict[tuple[str, str], dict[str, Path]] = defaultdict(dict)
    seed: Path | None = None
    findings: list[Finding] = []
    for entry in entries:
        match = FILE.fullmatch(entry.name)
        if match:
            groups[match["version"], match["name"]][match["part"]] = entry
        elif entry.name == SEED:
            seed = entry
        elif entry.name.lower().endswith(".sql"):
            findings.append(Finding(_stray(entry.name), entry))
    return groups, seed, findings


def _stray(name: str) -> str:
    return f"{sanitize(name)} is not used: a migration's file is called NNNN_name.up.sql, .down.sql or .verify.sql."


def _migration(version: str, name: str, parts: Parts) -> Migration:
    label = f"{version}_{name}"
    if "up" not in parts:
        found = " and ".join(sorted(path.name for path in parts.values()))
        raise BadMigrations(f"{label} has no {label}.up.sql, only {found}.")
    up = _script(parts["up"])
    return Migration(version, name, checksum(up.text), up, _optional(parts, "down"), _optional(parts, "verify"))


def _optional(parts: Parts, part: str) -> Script | None:
    return _script(parts[part]) if part in parts else None


def _script(path: Path) -> Script:
    text = reading.text(path)
    words = directives(text)
    unknown = next((word for word in words if word != _NO_TRANSACTION), None)
    if unknown is not None:
        raise BadMigrations(
            f"{path.name} says “dbconsole: {sanitize(unknown)}”; the only directive there is is {_NO_TRANSACTION}."
        )
    return Script(path, text, transaction=not words)


def _duplicates(groups: Iterable[tuple[str, str]]) -> list[Finding]:
    labels: dict[int, list[str]] = defaultdict(list)
    for version, name in groups:
        labels[int(version)].append(f"{version}_{name}")
    return [
        Finding(f"Version {number} is there {len(names)} times: {', '.join(sorted(names))}.", fatal=True)
        for number, names in sorted(labels.items())
        if len(names) > 1
    ]


def _empty(path: Path) -> Finding:
    return Finding(
        f"There is no migration in {sanitize(str(path))}: no file is called NNNN_name.up.sql.", path, fatal=True
    )
