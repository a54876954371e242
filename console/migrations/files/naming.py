"""How a file is called before people."""

from __future__ import annotations

from pathlib import Path

from console.text import sanitize

_ALIKE = frozenset({"up.sql", "down.sql", "migration.sql", "metadata.toml"})


def shown(path: Path) -> str:
    """Return a file's name, ready for a terminal; with its folder where every migration's file is called so.

    >>> shown(Path("db/20240131_users/migration.sql")), shown(Path("db/0001_users.up.sql"))
    ('20240131_users/migration.sql', '0001_users.up.sql')
    """
    return sanitize(f"{path.parent.name}/{path.name}" if path.name in _ALIKE else path.name)
