"""The torture schema: every kind of object and each of its attributes, as SQL for one major version."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def text(major: int) -> str:
    """Return the SQL that makes the torture schema on PostgreSQL `major`; it runs as one transaction."""
    newer = [_FOLDER / f"torture_{version}.sql" for version in range(15, major + 1)]
    return "\n".join(path.read_text() for path in (_FOLDER / "torture.sql", *newer))
