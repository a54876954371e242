"""Where a row's text is: a column, or a member of a JSON document in one, as `metadata->>'text'`."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from console.db.compose import Composable
from console.db.composing import verbatim
from console.sql.quoting import dotted, literal

_MEMBER = r"'(?:[^']|'')+'"
_NAME = r'"(?:[^"]|"")+"|[^\W\d][\w$]*'
_PATH = re.compile(rf"\s*({_NAME})\s*((?:->\s*{_MEMBER}\s*)*)->>\s*({_MEMBER})\s*")
_DOCUMENTS = ("json", "jsonb")
_LARGEST = 1 << 17  # signs of a document that is looked into


@dataclass(frozen=True, slots=True)
class TextPath:
    """A column, and the members that lead to a text in its JSON documents; none where the column is the text."""

    column: str
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The path as a person writes it, and SQL has it.

        >>> TextPath("metadata", ("a", "it's")).name, TextPath("Body").name
        ("metadata->'a'->>'it''s'", 'Body')
        """
        return _chain(dotted(self.column), self.members) if self.members else self.column

    def sql(self, alias: str) -> Composable:
        """Return the same, to be composed."""
        return verbatim(self.expression(alias))

    def expression(self, alias: str) -> str:
        """Return the text in SQL, of the table under an alias; pg_catalog is in every search path.

        >>> print(TextPath("100%", ("text",)).expression("t"))
        t."100%"->>'text'
        """
        return _chain(dotted(alias, self.column), self.members)

    def of(self, row: Mapping[str, str | None]) -> str | None:
        """Return the text of a row, given as texts by column; None where there is none.

        >>> TextPath("m", ("a", "b")).of({"m": '{"a": {"b": "text"}}'}), TextPath("m", ("a",)).of({"m": "{"})
        ('text', None)
        """
        value = row.get(self.column)
        return value if not self.members or value is None else _within(document(value), self.members)


def parse(text: str, columns: Collection[str]) -> TextPath | None:
    """Return the path that a person writes; None where it names no column of these.

    >>> parse("metadata ->> 'text'", ["metadata"]), parse("body", ["body"]), parse("absent", ["body"])
    (TextPath(column='metadata', members=('text',)), TextPath(column='body', members=()), None)
    """
    if text in columns:
        return TextPath(text)
    match = _PATH.fullmatch(text)
    if match is None:
        return None
    column = match[1][1:-1].replace('""', '"') if match[1].startswith('"') else match[1]
    members = [each[1:-1].replace("''", "'") for each in (*re.findall(_MEMBER, match[2]), match[3])]
    return TextPath(column, tuple(members)) if column in columns else None


def is_document(type_name: str) -> bool:
    """Return whether a type, as format_type writes it, holds JSON.

    >>> is_document("jsonb"), is_document("json"), is_document("jsonb[]")
    (True, True, False)
    """
    return type_name in _DOCUMENTS


def read(name: str | None, columns: Sequence[str], row: Sequence[str | None]) -> str | None:
    """Return the text of a row by a path's name; None where there is none, and for a path that is not there.

    >>> read("m->>'a'", ["id", "m"], ["1", '{"a": "text"}']), read("id", ["id"], ["1"]), read("b", ["id"], ["1"])
    ('text', '1', None)
    """
    path = parse(name, columns) if name is not None else None
    return None if path is None else path.of({path.column: row[columns.index(path.column)]})


@lru_cache(maxsize=512)
def document(text: str | None) -> object:
    """Return a JSON document, None for one that is none or very large."""
    if not text or len(text) > _LARGEST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _within(value: object, members: tuple[str, ...]) -> str | None:
    for member in members:
        value = value.get(member) if isinstance(value, dict) else None
    return value if isinstance(value, str) or value is None else json.dumps(value, ensure_ascii=False)


def _chain(column: str, members: tuple[str, ...]) -> str:
    if not members:
        return column
    *above, last = map(literal, members)
    return "".join([column, *(f"->{each}" for each in above), f"->>{last}"])
