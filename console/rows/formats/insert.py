"""Rows as INSERT statements that bring them back: names quoted, numbers as numbers, everything else as a literal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.db.query import Row
from console.rows.relation import Relation
from console.rows.source import Column

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Into:
    """The table that rows are inserted into.

    `skipped` are generated columns, which take no value; `overriding` is for GENERATED ALWAYS AS IDENTITY.
    """

    schema: str
    name: str
    skipped: frozenset[str] = frozenset()
    overriding: bool = False

    @classmethod
    def of(cls, relation: Relation) -> Into:
        """Return what inserting into a relation takes."""
        generated = frozenset(column.name for column in relation.columns if column.generated)
        return cls(
            relation.schema, relation.name, generated, any(column.identity_always for column in relation.columns)
        )


class Insert:
    """One statement for each row, so that any part of them can be run."""

    def __init__(self, into: Into) -> None:
        self._into = into
        self._columns: Sequence[Column] = ()
        self._before = ""

    def begin(self, columns: Sequence[Column]) -> str:
        """Return nothing; what all statements begin with is made here."""
        self._columns = columns
        table = f"{identifier(self._into.schema)}.{identifier(self._into.name)}"
        names = ", ".join(identifier(column.name) for column in columns if column.name not in self._into.skipped)
        overriding = " OVERRIDING SYSTEM VALUE" if self._into.overriding else ""
        self._before = f"INSERT INTO {table} ({names}){overriding} VALUES "  # noqa: S608 - names are quoted
        return ""

    def rows(self, rows: Iterable[Row]) -> str:
        """Return a statement a line; literals may hold line ends of their own."""
        return "".join(f"{self._before}({self._values(row)});\n" for row in rows)

    def end(self) -> str:
        """Return nothing."""
        return ""

    def _values(self, row: Row) -> str:
        pairs = zip(self._columns, row, strict=True)
        return ", ".join(_value(column, value) for column, value in pairs if column.name not in self._into.skipped)


def identifier(name: str) -> str:
    """Return a name in quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    r"""Return a text as a literal that means the same whatever standard_conforming_strings says.

    >>> literal("it's"), literal("\\x00")
    ("'it''s'", "E'\\\\x00'")
    """
    doubled = text.replace("'", "''")
    return "E'" + doubled.replace("\\", "\\\\") + "'" if "\\" in text else f"'{doubled}'"


def _value(column: Column, value: str | None) -> str:
    if value is None:
        return "NULL"
    if column.type_name == "boolean" and value in ("t", "f"):
        return "true" if value == "t" else "false"
    return value if column.numeric and _NUMBER.fullmatch(value) else literal(value)
