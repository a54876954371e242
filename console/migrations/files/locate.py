"""Which folder holds the migrations of a target."""

from __future__ import annotations

from pathlib import Path

from console.config import names
from console.config.profile import Target
from console.errors import UsageError
from console.sql import queries

_TOPS = (
    "sqitch.plan",
    "sqitch.conf",
    "alembic.ini",
    "manage.py",
)  # what stands in a project's top, and leads to its migrations
USUAL = (
    "migrations",
    "db/migrations",
    "supabase/migrations",
    "prisma/migrations",
    "drizzle",
    "db/migrate",
    "priv/repo/migrations",
)


def folder(target: Target | None, given: Path | None, cwd: Path) -> Path:
    """Return the folder of migrations for a target.

    In this order: the one `given`, the bundled one of a demo, the profile's, the first usual one below `cwd`, `cwd`
    itself where a file of Sqitch, Alembic or Django in it leads to migrations.
    Raises UsageError when there is none of these.
    """
    if given is not None:
        return cwd / given
    if target is not None and target.demo is not None:
        return queries.folder("migrations") / names.DEMOS[target.demo].folder
    if target is not None and target.profile is not None and target.profile.migrations is not None:
        return target.profile.migrations
    for usual in USUAL:
        if (cwd / usual).is_dir():
            return cwd / usual
    if (cwd / "alembic" / "versions").is_dir():
        return cwd / "alembic"
    if any((cwd / top).is_file() for top in _TOPS):
        return cwd
    raise UsageError(
        "There is no folder of migrations here.",
        detail=f"None of {', '.join(name + '/' for name in USUAL)} is in {cwd}.",
        hint="Name one with --dir, or set `migrations` in the profile.",
    )
