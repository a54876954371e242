"""Formats of one file for each migration, whose tools go by the files' names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import complaints
from console.migrations.files.folder import Finding, Migration
from console.text import sanitize


def gather(paths: Iterable[Path], make: Callable[[Path], Migration]) -> tuple[list[Migration], list[Finding]]:
    """Make a migration of each path; one that cannot be made is a fatal finding instead."""
    migrations: list[Migration] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            migrations.append(make(path))
        except BadMigrations as error:
            findings.append(complaints.broken(error, path))
    return migrations, findings


def misordered(migrations: Sequence[Migration], tool: str) -> list[Finding]:
    """Return a finding where the order of the versions, in which `migrations` are, is not that of the files' names.

    That is so with numbers of several widths: 10_b.sql comes before 1_a.sql.
    """
    for first, second in pairwise(migrations):
        if first.up.path.name > second.up.path.name:
            other = f"{sanitize(second.up.path.name)} before {sanitize(first.up.path.name)}"
            return [Finding(f"{tool} applies {other}; here it is the other way round.", second.up.path)]
    return []
