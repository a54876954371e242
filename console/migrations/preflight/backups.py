"""Which backup is known: what the host and the server tell of it, and no more. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from console.migrations.preflight.facts import Facts
from console.migrations.preflight.finding import Finding, Status, Subject
from console.text import age, plural

_MAKE_ONE = "--backup makes one with pg_dump before the first statement."
_NEON = (
    "Neon keeps the history of a branch for its restore window; how long that is stands in Neon's console, SQL cannot"
    " read it."
)
_SUPABASE = (
    "Supabase makes daily backups on paid plans; SQL cannot see them: look in its dashboard, Database → Backups."
)
_STANDBYS = "what a plan drops is gone there, too"


def findings(facts: Facts, *, wanted: bool, loses: bool) -> Iterator[Finding]:
    """Yield what is known; that none is known is a warning where the plan drops rows and none is made first."""
    if wanted:
        yield Finding(Subject.BACKUP, Status.OK, "A backup is made first, with pg_dump.")
        return
    if facts.provider in ("Neon", "Supabase"):
        said = _NEON if facts.provider == "Neon" else _SUPABASE
        yield Finding(Subject.BACKUP, Status.SKIPPED, said, _MAKE_ONE if loses else "")
    elif facts.role.archives and facts.role.archived_ago is not None:
        yield _archiving(facts)
    else:
        standbys = facts.role.standbys
        beside = f" It has {plural(standbys, 'standby', 'standbys')}, but {_STANDBYS}." if standbys else ""
        known = "The plan drops rows, and no backup is known" if loses else "No backup is known"
        said = f"{known}; such as others make cannot be seen from SQL.{beside}"
        yield Finding(Subject.BACKUP, Status.WARN if loses else Status.SKIPPED, said, _MAKE_ONE)


def _archiving(facts: Facts) -> Finding:
    archived, failed = facts.role.archived_ago, facts.role.failed_ago
    assert archived is not None
    if failed is not None and failed < archived:
        said = f"Archiving fails: the last segment of the log went to the archive {age(archived)} ago."
        return Finding(Subject.BACKUP, Status.WARN, said, f"Look into the server's log. {_MAKE_ONE}")
    said = f"The server archives its log, last {age(archived)} ago; whether there is a base backup, SQL cannot see."
    return Finding(Subject.BACKUP, Status.SKIPPED, said, _MAKE_ONE)
