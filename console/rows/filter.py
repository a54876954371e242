"""Which rows of a relation a person wants to see: by a column, or by a condition in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, LiteralString, TypeAlias

from console.db.compose import SQL, Composable
from console.db.composing import name, typed, verbatim
from console.rows.order import OrderColumn
from console.rows.relation import Relation, RelationColumn
from console.sql.condition import checked

Operator: TypeAlias = Literal["=", "<>", "<", "<=", ">", ">=", "contains", "between", "is null", "is not null"]

# `~~*` is ILIKE, which does not take collations that find different signs equal: the database's own always works.
_CONTAINS = SQL("""{}::pg_catalog.text COLLATE pg_catalog."default" OPERATOR(pg_catalog.~~*) {}""")


@dataclass(frozen=True, slots=True)
class ByColumn:
    """A column compared with a value given as text; `upper` is the other end of `between`.

    `contains` looks for a text in the value as PostgreSQL writes it, whatever the column's type and the letters' case.
    """

    column: str
    operator: Operator
    value: str = ""
    upper: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it would stand behind WHERE."""

    sql: str


Filter: TypeAlias = ByColumn | Condition


def where(relation: Relation, wanted: Filter) -> tuple[Composable, Mapping[str, str]]:
    """Return the condition and its parameters. Raises UsageError for a column, BadSql for a condition that is none."""
    if isinstance(wanted, Condition):
        return condition(wanted.sql), {}
    return _compared(relation.column(wanted.column), wanted)


def condition(text: str) -> Composable:
    """Return a person's condition in parentheses that it cannot leave. Raises BadSql."""
    return verbatim(checked(text))


def _compared(column: RelationColumn, wanted: ByColumn) -> tuple[Composable, Mapping[str, str]]:
    left = name("t", column.name)
    match wanted.operator:
        case "is null":
            return SQL("{} IS NULL").format(left), {}
        case "is not null":
            return SQL("{} IS NOT NULL").format(left), {}
        case "contains":
            return _CONTAINS.format(left, typed("f0", "pg_catalog.text")), {"f0": _pattern(wanted.value)}
        case "between":
            ends = _compare(column, ">=", "f0"), _compare(column, "<=", "f1")
            return SQL("{} AND {}").format(*ends), {"f0": wanted.value, "f1": wanted.upper}
        case sign:
            return _compare(column, sign, "f0"), {"f0": wanted.value}


def _compare(column: RelationColumn, sign: LiteralString, placeholder: str) -> Composable:
    return OrderColumn.of(column).compared(sign, placeholder)


def _pattern(text: str) -> str:
    r"""Return a pattern of LIKE that finds exactly this text somewhere.

    >>> _pattern("50%_")
    '%50\\%\\_%'
    """
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"
