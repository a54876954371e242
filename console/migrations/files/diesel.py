"""Diesel: a folder for each migration, with `up.sql`, `down.sql` and sometimes `metadata.toml`.

The version is what stands before the first `_` of the folder's name, without `-`, and is compared as text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints, native, reading, templates
from console.migrations.files.folder import Finding, Folder, Migration, Order, Script
from console.text import sanitize

FORMAT = "diesel"
UP, DOWN, METADATA = "up.sql", "down.sql", "metadata.toml"
_CALLED = "<version>_<name>/up.sql"
_MILLISECONDS = re.compile("1[0-9]{12}")  # since 1970


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Whether a listing has a folder with an up.sql in it."""
    return any((path / name / UP).is_file() for name in names if not name.startswith("."))


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = reading.listing(path)
    inside = [entry for entry in entries if entry.is_dir() and not entry.name.startswith(".")]
    mine = [entry for entry in inside if (entry / UP).exists()]
    others = set(inside) - set(mine)
    migrations: list[Migration] = []
    findings = [_no_up(entry) for entry in sorted(others)]
    for entry in mine:
        try:
            migrations.append(_migration(entry, findings))
        except BadMigrations as error:
            findings.append(complaints.broken(error, entry / UP))
    migrations.sort(key=lambda migration: Order.TEXT.key(migration.version))
    findings.extend(complaints.not_runnable(each) for each in migrations if each.unsupported)
    findings.extend(complaints.duplicates(migrations, Order.TEXT.key))
    findings.extend(_of_hasura(path, migrations))
    if not mine:
        findings.append(complaints.empty(path, _CALLED))
    seed = next((entry for entry in entries if entry.name == native.SEED), None)
    return Folder(path, FORMAT, tuple(migrations), Order.TEXT, seed, tuple(findings))


def _of_hasura(path: Path, migrations: Sequence[Migration]) -> list[Finding]:
    """Return what makes a folder unusable: its versions count milliseconds, as Hasura's do."""
    if not migrations or any(_MILLISECONDS.fullmatch(each.version) is None for each in migrations):
        return []
    sentence = "These are migrations of Hasura, which are not known here: run them with “hasura migrate apply”."
    return [Finding(sentence, path, fatal=True)]


def version(name: str) -> str:
    """Return the version in a folder's name, as the ledger has it.

    >>> version("2019-02-26-002946_create_user"), version("00000000000000_diesel_initial_setup")
    ('20190226002946', '00000000000000')
    """
    return name.partition("_")[0].replace("-", "")


def _migration(entry: Path, findings: list[Finding]) -> Migration:
    transaction = _transaction(entry / METADATA, findings)
    up = Script(entry / UP, reading.text(entry / UP), transaction)
    down = Script(entry / DOWN, reading.text(entry / DOWN), transaction) if (entry / DOWN).exists() else None
    unsupported = templates.sentence(up.text) or (templates.sentence(down.text) if down else "")
    name = entry.name.partition("_")[2]
    return Migration(version(entry.name), name, native.checksum(up.text), up, down, unsupported=unsupported)


def _transaction(path: Path, findings: list[Finding]) -> bool:
    """Return whether a migration runs in a transaction; like Diesel, a file that does not say so means no."""
    if not path.exists():
        return True
    try:
        return tomllib.loads(reading.text(path)).get("run_in_transaction", False) is True
    except (tomllib.TOMLDecodeError, BadMigrations) as error:
        said = error.title if isinstance(error, BadMigrations) else str(error)
        findings.append(Finding(f"{_place(path)} is not taken into account, as it does not parse: {said}", path))
        return True


def _no_up(entry: Path) -> Finding:
    return Finding(f"{sanitize(entry.name)}/ is not used: a migration's folder has an up.sql.", entry)


def _place(path: Path) -> str:
    return sanitize(f"{path.parent.name}/{path.name}")
