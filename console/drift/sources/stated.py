"""What a text of SQL states: owners, privileges, versions of extensions, settings of the database. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from console.drift.sources.kinds import States

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_OWNERS = re.compile(
    r"\bowner\s+to\b|\bauthorization\s|\bset\s+(?:local\s+|session\s+)?role\b|\breassign\s+owned\b", re.IGNORECASE
)
_GRANTS = re.compile(r"\b(?:grant|revoke)\b[^;]*?\bon\b|\balter\s+default\s+privileges\b", re.IGNORECASE)
_EXTENSIONS = re.compile(
    r"\bcreate\s+extension\b[^;]*?\bversion\b|\balter\s+extension\b[^;]*?\bupdate\b|\bcomment\s+on\s+extension\b",
    re.IGNORECASE,
)
_DATABASE = re.compile(
    r"\balter\s+database\b|\bcomment\s+on\s+database\b|\bon\s+database\b|\bin\s+database\b", re.IGNORECASE
)


def stated(texts: Iterable[str]) -> States:
    """Return what the texts of a source state, comments left out.

    >>> stated(["CREATE TABLE t (); -- GRANT ALL ON t TO PUBLIC"])
    States(owners=False, grants=False, extensions=False, database=False)
    >>> stated(["CREATE TABLE t ();", "ALTER TABLE t OWNER TO app; GRANT SELECT ON t TO PUBLIC;"])
    States(owners=True, grants=True, extensions=False, database=False)
    """
    bare = [_COMMENT.sub(" ", text) for text in texts]
    return States(*(any(map(each.search, bare)) for each in (_OWNERS, _GRANTS, _EXTENSIONS, _DATABASE)))
