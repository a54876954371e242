"""Tools that are not known here: recognised by their marks, so that their files are not run as plain SQL.

What such a file has below its mark of the way back would be run, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from console.migrations.files.folder import Finding, Migration
from console.text import sanitize

_MARKS = re.compile(
    r"""
    ^(?:
      --[ \t]*\+(?P<plus>[a-z]\w*)[ \t]+(?:up|down)\b              # -- +migrate Up, of sql-migrate and others
      | (?P<tern>----[ ]create[ ]above[ ]/[ ]drop[ ]below[ ]----)
      | --[ \t]*//[ \t]*(?P<mybatis>@UNDO)\b
      | --[ \t]*(?P<rambler>rambler)[ \t]+(?:up|down)\b
      | --[ \t]*(?P<liquibase>liquibase[ \t]+formatted[ \t]+sql)\b
      | --[ \t]*(?P<dbmate>migrate:(?:up|down))\b
      | \#[ \t]*---[ \t]*(?P<play>!(?:Ups|Downs))
    )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_NAMES = {
    "tern": "tern",
    "mybatis": "MyBatis Migrations",
    "rambler": "rambler",
    "liquibase": "Liquibase",
    "dbmate": "dbmate",
    "play": "Play's evolutions",
}
_PLUS = {"migrate": "sql-migrate"}
_SUM = "atlas.sum"


class Mark(NamedTuple):
    """Whose mark stands in which line, from 1."""

    tool: str
    line: int


def mark(text: str) -> Mark | None:
    """Return the first mark of a tool whose files are not plain SQL.

    >>> mark("-- +migrate Up\\nSELECT 1;")
    Mark(tool='sql-migrate', line=1)
    >>> mark("-- Down: drop it by hand\\nSELECT 1;")
    """
    found = _MARKS.search(text)
    if found is None:
        return None
    kind = str(found.lastgroup)
    word = found[kind].lower()
    return Mark(_PLUS.get(word, word) if kind == "plus" else _NAMES[kind], text.count("\n", 0, found.start()) + 1)


def sentence(text: str) -> str:
    """Say that a text has such a mark, and what to do about it; empty when it has none."""
    found = mark(text)
    if found is None:
        return ""
    tool = sanitize(found.tool)
    return f"Line {found.line} is a mark of {tool}: run it with that, then record it here with adopt."


def findings(path: Path, names: Collection[str], migrations: Sequence[Migration]) -> list[Finding]:
    """Return what makes a folder unusable as one of plain SQL: all in it is a stranger's."""
    marks = {found and found.tool for found in (mark(each.up.text) for each in migrations)}
    if _SUM in names:
        marks = {"Atlas"}
    if len(marks) != 1 or None in marks:
        return []
    [tool] = marks
    return [unusable(path, str(tool))]


def unusable(path: Path, tool: str) -> Finding:
    """Say of a folder whose migrations it has."""
    sentence = f"These are migrations of {sanitize(tool)}, which are not known here: run them with that."
    return Finding(sentence, path, fatal=True)
