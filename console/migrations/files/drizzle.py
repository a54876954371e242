"""Drizzle's formats: `0000_name.sql` in the order of `meta/_journal.json`; since version 1 a folder for each migration.

Statements are parted by `--> statement-breakpoint`, with or without a semicolon before it. There is no way back in the
format; since version 1, `down.sql` in the migration's folder is taken for one. The checksum is the SHA-256 of the file
as it is. The format has no word about transactions: the statements decide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, directories, native, reading, templates
from console.migrations.files.folder import Finding, Folder, Migration, Order, Script
from console.text import sanitize

FORMAT = "drizzle"
JOURNAL = Path("meta", "_journal.json")
_SNAPSHOT = "snapshot.json"
_BREAKPOINT = "--> statement-breakpoint"
_CALLED = "<digits>_name/migration.sql"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the journal: its `tag` names the file, `when` is what the ledger keeps, in milliseconds.

    `version` is the entry's number, of the same width in all entries.
    """

    version: str
    tag: str
    when: int


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is Drizzle's: it has a journal, or snapshots beside the migrations."""
    if "meta" in names and (path / JOURNAL).is_file():
        return True
    return any((path / name / _SNAPSHOT).is_file() and (path / name / directories.FILE).is_file() for name in names)


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; Drizzle fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = reading.listing(path)
    way = _with_journal if (path / JOURNAL).is_file() else _with_folders
    migrations, findings = way(path, entries)
    findings += [complaints.not_runnable(migration) for migration in migrations if migration.unsupported]
    seed = next((entry for entry in entries if entry.name == native.SEED), None)
    return Folder(path, FORMAT, tuple(migrations), Order.TEXT, seed, tuple(findings))


def journal(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a folder's journal, in its order. Raises BadMigrations when it cannot be understood."""
    try:
        found = json.loads(reading.text(path / JOURNAL))["entries"]
        numbers = [int(entry["idx"]) for entry in found]
        if numbers != sorted(set(numbers)) or min(numbers, default=0) < 0:
            numbers = list(range(len(found)))
        width = max(_DIGITS, len(str(max(numbers, default=0))))
        return tuple(_entry(str(number).zfill(width), entry) for number, entry in zip(numbers, found, strict=True))
    except (ValueError, KeyError, TypeError) as error:
        raise BadMigrations(f"{JOURNAL} is no journal of Drizzle: {sanitize(str(error))}.") from error


def _entry(version: str, found: Mapping[str, Any]) -> Entry:
    tag, when = found["tag"], found["when"]
    if not isinstance(tag, str) or not isinstance(when, int) or Path(f"{tag}.sql").name != f"{tag}.sql":
        raise ValueError(f"the tag {tag!r} with the time {when!r} names no file beside it")
    return Entry(version, tag, when)


def _with_journal(path: Path, entries: Sequence[Path]) -> tuple[list[Migration], list[Finding]]:
    try:
        known = {path / f"{entry.tag}.sql": entry for entry in journal(path)}
    except BadMigrations as error:
        return [], [complaints.broken(error, path / JOURNAL)]
    migrations, findings = by_name.gather(known, lambda file: _journalled(file, known[file]))
    findings += [_not_after(former, entry) for former, entry in pairwise(known.values()) if entry.when <= former.when]
    findings += [_unknown(entry) for entry in entries if _stray(entry) and entry not in known]
    if not known:
        findings.append(Finding(f"There is no migration in {JOURNAL}.", path, fatal=True))
    return migrations, findings


def _with_folders(path: Path, entries: Sequence[Path]) -> tuple[list[Migration], list[Finding]]:
    mine = [entry for entry in entries if (entry / directories.FILE).exists()]
    migrations, findings = by_name.gather(mine, lambda entry: _cut(directories.migration(entry)))
    findings += [complaints.unused(entry, _CALLED) for entry in entries if _stray(entry)]
    if not mine:
        findings.append(complaints.empty(path, _CALLED))
    return migrations, findings


def _journalled(path: Path, entry: Entry) -> Migration:
    if not path.exists():
        raise BadMigrations(f"{sanitize(path.name)} is missing; {JOURNAL} names it.")
    number, _, rest = entry.tag.partition("_")
    name = rest if number == entry.version else entry.tag
    up = Script(path, reading.text(path), None)
    unsupported = templates.sentence(up.text)
    return _cut(Migration(entry.version, name, directories.checksum(path), up, unsupported=unsupported))


def _cut(migration: Migration) -> Migration:
    """Put a semicolon in the place of each breakpoint; an empty statement between two of them does no harm."""
    return replace(migration, up=replace(migration.up, text=migration.up.text.replace(_BREAKPOINT, ";")))


def _not_after(former: Entry, entry: Entry) -> Finding:
    return Finding(
        f"{JOURNAL} has {sanitize(entry.tag)} at a time that is not after {sanitize(former.tag)}: where that one is"
        " applied, drizzle-kit itself would leave this one out.",
    )


def _unknown(entry: Path) -> Finding:
    return Finding(f"{sanitize(entry.name)} is not used: {JOURNAL} does not name it.", entry)


def _stray(entry: Path) -> bool:
    return entry.name.lower().endswith(".sql") and entry.name != native.SEED and not entry.is_dir()
