"""A text of SQL is cut into statements by PostgreSQL's own grammar, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from console.errors import BadSql
from console.sql import grammar, psql
from console.sql.place import Place, place

__all__ = ["Place", "Statement", "one", "place", "split"]

_COMMENT_ENDS = re.compile(r"/\*|\*/")
_SPACE = re.compile(r"[ \t\r\f\v]*")
_SPACES = " \t\n\r\f\v"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a text.

    `text` begins with the comments that stand before it and ends before the semicolon; `start` is where `text` begins
    in the whole, in characters from 0. `line` and `column`, from 1, are where the statement itself begins, after
    its comments; `body` is that same place within `text`.
    """

    text: str
    start: int
    line: int
    column: int
    body: int = 0

    @property
    def kind(self) -> str:
        """The grammar's name of the statement, such as "SelectStmt" or "CreateStmt"."""
        return _kind(self.text)

    def place(self, whole: str, position: int) -> Place:
        """Find in the whole text what the server says about this statement: characters of `text`, from 1."""
        return place(whole, self.start + position)


@lru_cache(maxsize=10_000)
def _kind(text: str) -> str:
    return grammar.tree(text).kind


def split(text: str) -> tuple[Statement, ...]:
    """Cut a text into its statements; empty ones are dropped.

    Raises BadSql, with line, column and excerpt, for a syntax error and for what only psql can do: its
    backslash commands, its variables, and `COPY … FROM STDIN`.
    """
    try:
        bodies = grammar.split(text)
    except grammar.SyntaxFault as fault:
        raise psql.explain(text, fault) from None
    statements = tuple(_placed(text, bodies))
    for statement in statements:
        if _copies_from_stdin(statement):
            raise psql.copy_from_stdin(text, statement.start + statement.body)
    return statements


def one(text: str) -> Statement:
    """Return the only statement of a text. Raises BadSql when there is none, or more than one."""
    found = split(text)
    if not found:
        raise BadSql("There is no statement in this text.", hint="Write one SQL statement.")
    if len(found) > 1:
        second = found[1]
        raise BadSql(
            f"There are {len(found)} statements in this text; one at a time is taken.",
            detail=f"The second begins at line {second.line}, column {second.column}.",
            line=second.line,
            column=second.column,
        )
    return found[0]


def _placed(text: str, bodies: list[str]) -> list[Statement]:
    statements = []
    end = 0
    line, line_start = 1, 0
    for body in bodies:
        comment, start = _lead(text, end)
        line += text.count("\n", line_start, start)
        line_start = max(text.rfind("\n", line_start, start) + 1, line_start)
        end = start + len(body)
        statements.append(
            Statement(text[comment:end].rstrip(_SPACES), comment, line, start - line_start + 1, start - comment),
        )
    return statements


def _lead(text: str, at: int) -> tuple[int, int]:
    """Return where the comments before the next statement begin, and where the statement does.

    What follows a semicolon on the same line is said about the statement before it.
    """
    comment = -1
    same_line = at > 0
    while at < len(text):
        if text[at] in _SPACES or text[at] == ";":
            same_line = same_line and text[at] != "\n"
            at += 1
            continue
        end = _comment_end(text, at)
        if end == at:
            break
        if comment < 0 and not (same_line and _ends_line(text, end)):
            comment = at
        at = end
    return (at if comment < 0 else comment), at


def _ends_line(text: str, at: int) -> bool:
    end = _SPACE.match(text, at)
    assert end is not None
    return end.end() == len(text) or text[end.end()] == "\n"


def _comment_end(text: str, at: int) -> int:
    """Return where the comment at this place ends; the place itself when there is none."""
    if text.startswith("--", at):
        end = text.find("\n", at)
        return end if end >= 0 else len(text)
    if not text.startswith("/*", at):
        return at
    depth = 0
    for sign in _COMMENT_ENDS.finditer(text, at):
        depth += 1 if sign[0] == "/*" else -1
        if depth == 0:
            return sign.end()
    return len(text)


def _copies_from_stdin(statement: Statement) -> bool:
    if statement.text[statement.body :][:4].lower() != "copy":
        return False
    copy = grammar.parse(statement.text)[0].fields
    return bool(copy.get("is_from")) and not copy.get("filename") and not copy.get("is_program")
