"""Prisma's format: a folder for each migration, `20240131120000_name/migration.sql`, and `migration_lock.toml`.

There is no way back in the format; `down.sql` in the migration's folder is taken for one. The checksum is the SHA-256
of the file as it is. The format has no word about transactions: the statements decide.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, directories, native, reading
from console.migrations.files.folder import Finding, Folder, Order
from console.text import sanitize

FORMAT = "prisma"
LOCK = "migration_lock.toml"
_CALLED = "<digits>_name/migration.sql"
_PROVIDERS = ("postgresql", "postgres")


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries is Prisma's: by its lock file, else by a migration.sql in a folder."""
    return LOCK in names or any((path / name / directories.FILE).is_file() for name in names)


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; Prisma fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = reading.listing(path)
    mine = [entry for entry in entries if entry.is_dir()]
    migrations, findings = by_name.gather(mine, directories.migration)
    findings += [complaints.not_runnable(migration) for migration in migrations if migration.unsupported]
    findings += _other_provider(path / LOCK)
    findings += [complaints.unused(entry, _CALLED) for entry in entries if _stray(entry)]
    if not mine:
        findings.append(complaints.empty(path, _CALLED))
    seed = next((entry for entry in entries if entry.name == native.SEED), None)
    return Folder(path, FORMAT, tuple(migrations), Order.TEXT, seed, tuple(findings))


def _stray(entry: Path) -> bool:
    return entry.name.lower().endswith(".sql") and entry.name != native.SEED and not entry.is_dir()


def _other_provider(path: Path) -> list[Finding]:
    """Return a finding when the lock file says that these migrations are for another database, or cannot be read."""
    if not path.exists():
        return []
    try:
        provider = tomllib.loads(reading.text(path)).get("provider")
    except BadMigrations as error:
        return [complaints.broken(error, path)]
    except tomllib.TOMLDecodeError as error:
        return [Finding(f"{LOCK} cannot be read: {sanitize(str(error))}.", path, fatal=True)]
    if provider in _PROVIDERS:
        return []
    return [Finding(f"{LOCK} says that these migrations are for {sanitize(str(provider))}.", path, fatal=True)]
