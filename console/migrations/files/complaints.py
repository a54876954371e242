"""What is said about a folder of another tool's migrations, the same way for every format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files.folder import Finding, Folder, Migration
from console.text import plural, sanitize


def sound(folder: Folder) -> Folder:
    """Return a folder that can be used as it is. Raises BadMigrations for one with a fatal finding."""
    fatal = [finding for finding in folder.findings if finding.fatal]
    if not fatal:
        return folder
    more = f" and {plural(len(fatal) - 1, 'more problem')}" if len(fatal) > 1 else ""
    shown = sanitize(str(folder.path))
    raise BadMigrations(
        fatal[0].sentence,
        detail=f"Found in {shown}{more}.",
        hint=f"dbconsole validate {shown} lists everything that is wrong with the folder.",
        line=fatal[0].line,
        column=fatal[0].column,
    )


def empty(path: Path, called: str) -> Finding:
    """Say that a folder has no migration; `called` is how a file would be called."""
    return Finding(f"There is no migration in {sanitize(str(path))}: no file is called {called}.", path, fatal=True)


def unused(entry: Path, called: str) -> Finding:
    """Say that a file of SQL is no migration; `called` is how it would have to be called."""
    return Finding(f"{sanitize(entry.name)} is not used: a migration's file is called {called}.", entry)


def broken(error: BadMigrations, path: Path | None) -> Finding:
    """Return what makes the folder unusable as a finding."""
    return Finding(error.title, path, error.line, error.column, fatal=True)


def not_runnable(migration: Migration) -> Finding:
    """Say of a migration that is not supported why."""
    return Finding(f"{sanitize(migration.label)} cannot be run here. {migration.unsupported}", migration.up.path)


def duplicates(migrations: Iterable[Migration], key: Callable[[str], Hashable]) -> list[Finding]:
    """Name the versions that more than one migration has; `key` is equal for two spellings of one."""
    labels: dict[Hashable, list[str]] = defaultdict(list)
    for migration in migrations:
        labels[key(migration.version)].append(migration.label)
    return [
        Finding(f"One version is there {len(same)} times: {sanitize(', '.join(sorted(same)))}.", fatal=True)
        for same in labels.values()
        if len(same) > 1
    ]
