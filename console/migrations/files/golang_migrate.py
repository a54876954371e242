"""golang-migrate: `000001_name.up.sql` and `000001_name.down.sql`, numbers of any width in one folder.

The format has no way to say anything about transactions: the statements decide. A `.verify.sql` beside them is ours;
the tool does not look at it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, native, reading, templates
from console.migrations.files.folder import Finding, Folder, Migration, Order, Script
from console.text import sanitize

FORMAT = "golang-migrate"
FILE = re.compile(r"(?P<version>[0-9]+)_(?P<name>.*)\.(?P<part>up|down|verify)\.sql", re.DOTALL)
_CALLED = "NNN_name.up.sql or NNN_name.down.sql"
_DIALECT = re.compile(
    r"[0-9]+_.*\.(?P<dialect>postgres|postgresql|mysql|sqlite|sqlite3|cockroach)(?:\.autocommit)?\.(?:up|down)\.sql",
    re.DOTALL,
)
_LARGEST = 2**63 - 1  # the ledger's column is a bigint
_NATIVE_DIGITS = 4

Parts = Mapping[str, Path]


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Whether a listing is this tool's: not when it has verify files, four digits throughout or our directives."""
    found = [match for match in map(FILE.fullmatch, names) if match]
    if not found or any(match["part"] == "verify" for match in found):
        return False
    if all(len(match["version"]) == _NATIVE_DIGITS for match in found):
        return False
    return not any(_directed(path / match[0]) for match in found)


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = reading.listing(path)
    groups, findings = _sort_out(entries)
    findings = _of_dialects(path, entries) or findings
    migrations: list[Migration] = []
    for number, parts in sorted(groups.items()):
        try:
            migrations.append(_migration(number, parts))
        except BadMigrations as error:
            findings.append(complaints.broken(error, parts.get("up")))
    findings.extend(complaints.not_runnable(each) for each in migrations if each.unsupported)
    findings.extend(complaints.unused(entry, _CALLED) for entry in entries if _stray(entry.name))
    findings.extend(_one_sided(each) for each in migrations if "up" not in groups[int(each.version)])
    if not groups:
        findings.append(complaints.empty(path, _CALLED))
    seed = next((entry for entry in entries if entry.name == native.SEED), None)
    return Folder(path, FORMAT, tuple(migrations), Order.NUMBER, seed, tuple(findings))


def _of_dialects(path: Path, entries: Iterable[Path]) -> list[Finding]:
    """Return what makes a folder unusable: its files name the database that they are for, as pop's do."""
    named = (_DIALECT.fullmatch(entry.name) for entry in entries)
    dialects = sorted({match["dialect"] for match in named if match})
    if len(dialects) < 2:
        return []
    sentence = f"Its files are for several databases ({', '.join(dialects)}), as pop calls them: run them with that."
    return [Finding(sentence, path, fatal=True)]


def _stray(name: str) -> bool:
    return name != native.SEED and name.lower().endswith(".sql") and not FILE.fullmatch(name)


def _directed(path: Path) -> bool:
    try:
        return bool(native.directives(reading.text(path)))
    except BadMigrations:
        return False  # what is wrong with it is said by whoever reads the folder


def _sort_out(entries: Iterable[Path]) -> tuple[dict[int, dict[str, Path]], list[Finding]]:
    """Pair the files as the tool does, by the number alone."""
    groups: dict[int, dict[str, Path]] = defaultdict(dict)
    findings: list[Finding] = []
    for entry in entries:
        match = FILE.fullmatch(entry.name)
        if match:
            before = groups[int(match["version"])].setdefault(match["part"], entry)
            if before is not entry:
                findings.append(_twice(match, before, entry))
    return groups, findings


def _twice(match: re.Match[str], before: Path, entry: Path) -> Finding:
    names = f"{sanitize(before.name)} and {sanitize(entry.name)}"
    return Finding(f"Version {int(match['version'])} has two {match['part']} files: {names}.", entry, fatal=True)


def _migration(number: int, parts: Parts) -> Migration:
    match = FILE.fullmatch((parts.get("up") or next(iter(parts.values()))).name)
    assert match is not None
    if number > _LARGEST:
        raise BadMigrations(f"{sanitize(match['version'])} is too large for the ledger, which holds 64-bit numbers.")
    up = _script(parts["up"]) if "up" in parts else _nothing(parts)
    down, verify = _optional(parts, "down"), _optional(parts, "verify")
    unsupported = templates.sentence(up.text) or (templates.sentence(down.text) if down else "")
    return Migration(
        match["version"], match["name"], native.checksum(up.text), up, down, verify, unsupported=unsupported
    )


def _optional(parts: Parts, part: str) -> Script | None:
    return _script(parts[part], transaction=True if part == "verify" else None) if part in parts else None


def _script(path: Path, *, transaction: bool | None = None) -> Script:
    return Script(path, reading.text(path), transaction, FORMAT)


def _nothing(parts: Parts) -> Script:
    """Return the up of a number that has only a down file: for the tool it is a step that does nothing."""
    other = next(iter(parts.values()))
    stem, _, _ = other.name.removesuffix(".sql").rpartition(".")
    return Script(other.with_name(f"{stem}.up.sql"), "", None)


def _one_sided(migration: Migration) -> Finding:
    return Finding(
        f"{sanitize(migration.label)} has no up file: golang-migrate counts it as a step that does nothing.",
        migration.up.path,
    )
