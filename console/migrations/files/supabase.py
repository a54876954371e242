"""The Supabase CLI's format: `supabase/migrations/20240131120000_name.sql`, up only; the seed is `supabase/seed.sql`.

The format has no word about transactions but a first line `-- pg-delta: transaction=false`. The ledger keeps the
statements of each migration, so the checksum is that of the statements.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from console.migrations.files import by_name, complaints, native, reading, strangers, templates
from console.migrations.files.folder import Finding, Folder, Migration, Order, Script
from console.migrations.files.supabase_statements import split
from console.text import sanitize

FORMAT = "supabase"
_CALLED = "<digits>_name.sql"
_FILE = re.compile(r"(?P<version>[0-9]+)_(?P<name>.*)\.sql")
_ANOTHERS = re.compile(r".*\.(?:up|down|verify)\.sql")
_FORMER_INIT = re.compile(r"([0-9]{14})_init\.sql")
_INIT_COUNTS_SINCE = 20211209000000
_OUTSIDE = "-- pg-delta: transaction=false"
_SEED = "seed.sql"


def recognises(path: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder with these entries may be Supabase's.

    Nothing in the files says so, and other formats' names fit as well: ask for those first.
    """
    return any(_FILE.fullmatch(name) and not _ANOTHERS.fullmatch(name) for name in names)


def scan(path: Path, variables: Mapping[str, str]) -> Folder:
    """Return the folder at `path` with all that is wrong with it as findings; the CLI fills in no variables.

    Raises BadMigrations only when the folder itself cannot be read.
    """
    entries = [entry for entry in reading.listing(path) if not entry.is_dir()]
    skipped = [entry for entry in entries[:1] if _is_former_init(entry.name)]
    mine = [entry for entry in entries if _FILE.fullmatch(entry.name) and entry not in skipped]
    migrations, findings = by_name.gather(mine, _migration)
    findings += strangers.findings(path, [entry.name for entry in entries], migrations)
    migrations.sort(key=lambda migration: (migration.version, migration.name))
    findings += complaints.duplicates(migrations, Order.TEXT.key)
    findings += by_name.misordered(migrations, "The Supabase CLI")
    findings += [complaints.not_runnable(migration) for migration in migrations if migration.unsupported]
    findings += [_former_init(entry) for entry in skipped]
    findings += _strays(entries)
    if not mine:
        findings.append(complaints.empty(path, _CALLED))
    return Folder(path, FORMAT, tuple(migrations), Order.TEXT, _seed(path), tuple(findings))


def checksum(statements: Iterable[str]) -> str:
    """Return the SHA-256 of statements, however they were cut and whatever their line endings.

    >>> checksum(["SELECT 1;\\r\\nSELECT 2;"]) == checksum(["SELECT 1", "SELECT 2"])
    True
    """
    whole = "\n;\n".join(statements).replace("\r\n", "\n")
    return hashlib.sha256("\n;\n".join(split(whole)).encode()).hexdigest()


def _migration(path: Path) -> Migration:
    named = _FILE.fullmatch(path.name)
    assert named is not None
    text = reading.text(path)
    transaction = False if text.partition("\n")[0] == _OUTSIDE else None
    up, unsupported = Script(path, text, transaction), templates.sentence(text) or strangers.sentence(text)
    return Migration(named["version"], named["name"], checksum([text]), up, unsupported=unsupported)


def _seed(path: Path) -> Path | None:
    wanted = (path / native.SEED, path.parent / _SEED)
    return next((seed for seed in wanted if seed.is_file()), None)


def _is_former_init(name: str) -> bool:
    former = _FORMER_INIT.fullmatch(name)
    return former is not None and int(former[1]) < _INIT_COUNTS_SINCE


def _former_init(entry: Path) -> Finding:
    return Finding(f"{sanitize(entry.name)} is not used: the Supabase CLI leaves such a first file out, too.", entry)


def _strays(entries: Iterable[Path]) -> list[Finding]:
    return [
        complaints.unused(entry, _CALLED)
        for entry in entries
        if entry.name.lower().endswith(".sql") and not _FILE.fullmatch(entry.name) and entry.name != native.SEED
    ]
