"""Formats with a folder for each migration: `<digits>_name/migration.sql`, as Prisma and Drizzle have it.

Their ledgers keep the folder's whole name, and go by it: that is the version, and there is no other name.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import reading, templates
from console.migrations.files.folder import Migration, Script
from console.text import sanitize

FILE, DOWN = "migration.sql", "down.sql"


def migration(folder: Path) -> Migration:
    """Return the migration in a folder; a `down.sql` beside it is its way back. Raises BadMigrations."""
    up, down = folder / FILE, folder / DOWN
    if not up.exists():
        raise BadMigrations(f"The folder {sanitize(folder.name)} has no {FILE}: take it back, or remove the folder.")
    script = Script(up, reading.text(up), None)
    back = Script(down, reading.text(down), None) if down.exists() else None
    return Migration(folder.name, "", checksum(up), script, back, unsupported=templates.sentence(script.text))


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file as it is, in hexadecimal; the file has been read as text before."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
