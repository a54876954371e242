"""sqlx: `20240131120000_name.sql`, or `….up.sql` and `….down.sql`, in the order of their numbers.

Other tools' files are called the same: it is the project's Cargo.toml that tells, or what sqlx itself has written into
them. A file that begins with `-- no-transaction` runs outside a transaction. The checksum is the SHA-384 of the file as
it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, native, reading, strangers, surroundings, templates
from console.migrations.files.folder import Finding, Folder, Migration, Order, Script
from console.text import sanitize

FORMAT = "sqlx"
FILE = re.compile(r"(?P<version>[0-9]+)_(?P<name>.*?)(?P<part>(?:\.up|\.down)?)\.sql", re.DOTALL)
_CALLED = "<digits>_name.sql, .up.sql or .down.sql"
_NOT_NUMBERED = re.compile(r"[^_]*_.*\.sql", re.DOTALL)
_OUTSIDE = "-- no-transaction"
_MARK = re.compile(r"-- (?:no-transaction\b|Add (?:(?:up|down) )?migration script here)")
_VERIFY = ".verify.sql"
_LARGEST = 2**63 - 1  # the ledger's column is a bigint
_LOOKED_AT = 5

Parts = Mapping[str, Path]


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a listing is sqlx's: its project needs sqlx, or one of its first files says so."""
    mine = [name for name in names if FILE.fullmatch(name)]
    if not mine or path.resolve().parent.name == "supabase" or any(name.endswith(_VERIFY) for name in names):
        return False
    return surroundings.needs_crate(path, FORMAT) or any(_says(path / name) for name in mine[:_LOOKED_AT])


def checksum(content: bytes) -> str:
    """Return the SHA-384 of a file's content, in hexadecimal; the ledger keeps it as bytes."""
    return hashlib.sha384(content).hexdigest()


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; sqlx fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = [entry for entry in reading.listing(path) if not entry.is_dir()]
    groups, findings = _sort_out(entries)
    migrations: list[Migration] = []
    for number, parts in sorted(groups.items()):
        try:
            if "" in parts:
                migrations.append(_migration(number, parts))
            else:
                findings.append(_no_up(parts))
        except BadMigrations as error:
            findings.append(complaints.broken(error, parts[""]))
    findings += [complaints.not_runnable(each) for each in migrations if each.unsupported]
    findings += [_stray(entry) for entry in entries if _is_stray(entry.name)]
    if not groups:
        findings.append(complaints.empty(path, _CALLED))
    seed = next((entry for entry in entries if entry.name == native.SEED), None)
    return Folder(path, FORMAT, tuple(migrations), Order.NUMBER, seed, tuple(findings))


def _says(path: Path) -> bool:
    try:
        return _MARK.match(reading.text(path)) is not None
    except BadMigrations:
        return False  # whoever reads the folder says what is wrong with the file


def _sort_out(entries: Iterable[Path]) -> tuple[dict[int, dict[str, Path]], list[Finding]]:
    """Pair the files by the number alone: up, with or without the word, and down."""
    groups: dict[int, dict[str, Path]] = defaultdict(dict)
    findings: list[Finding] = []
    for entry in entries:
        named = FILE.fullmatch(entry.name)
        if named is None:
            continue
        part = "down" if named["part"] == ".down" else ""
        before = groups[int(named["version"])].setdefault(part, entry)
        if before is not entry:
            names = f"{sanitize(before.name)} and {sanitize(entry.name)}"
            findings.append(Finding(f"One version is there twice: {names}.", entry, fatal=True))
    return groups, findings


def _migration(number: int, parts: Parts) -> Migration:
    named = FILE.fullmatch(parts[""].name)
    assert named is not None
    if number > _LARGEST:
        raise BadMigrations(f"{sanitize(named['version'])} is too large for the ledger, which holds 64-bit numbers.")
    up, down = _script(parts[""]), _script(parts["down"]) if "down" in parts else None
    unsupported = templates.sentence(up.text) or (templates.sentence(down.text) if down else "")
    unsupported = unsupported or strangers.sentence(up.text)
    found = checksum(parts[""].read_bytes())
    return Migration(named["version"], named["name"], found, up, down, unsupported=unsupported)


def _script(path: Path) -> Script:
    text = reading.text(path)
    return Script(path, text, not text.startswith(_OUTSIDE), FORMAT)


def _no_up(parts: Parts) -> Finding:
    [entry] = parts.values()
    return Finding(f"{sanitize(entry.name)} is not used: there is no up file of that number.", entry)


def _is_stray(name: str) -> bool:
    return name.lower().endswith(".sql") and name != native.SEED and not FILE.fullmatch(name)


def _stray(entry: Path) -> Finding:
    if _NOT_NUMBERED.fullmatch(entry.name):
        name = sanitize(entry.name)
        return Finding(f"{name} is not used here, and sqlx stops at it: its name begins with no number.", entry)
    return complaints.unused(entry, _CALLED)
