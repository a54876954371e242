"""An order of rows that is total: a person's sort, tied by what tells rows apart; and what comes after a row in it.

A row comparison, `(a, b) > (1, 2)`, lets an index find the place, but it is wrong where a NULL or two directions are
involved. There the comparison is written out: `a > 1 OR (a = 1 AND b < 2)`, each term knowing where NULLs stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import LiteralString, TypeAlias

from console.db.compose import SQL, Composable, Composed
from console.db.composing import joined, name, operator, typed
from console.rows.relation import Relation, RelationColumn

Values: TypeAlias = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Sort:
    """What a person wants rows sorted by; without `nulls_first`, NULLs stand where PostgreSQL puts them."""

    column: str
    descending: bool = False
    nulls_first: bool | None = None


@dataclass(frozen=True, slots=True)
class OrderColumn:
    """A column rows are ordered by. Its values are given as text, cast to `cast_type`, and compared by the operators of
    the schema `operators`, by default PostgreSQL's own."""

    name: str
    cast_type: str
    nullable: bool = False
    operators: str = ""
    descending: bool = False
    nulls_first: bool = False

    @property
    def reversed(self) -> OrderColumn:
        """The same column the other way round."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)

    @property
    def sql(self) -> Composable:
        """The column as it is written in a page's statement."""
        return name("t", self.name)

    def compared(self, sign: LiteralString, placeholder: str) -> Composable:
        """Return the comparison of the column with a value."""
        return Composed(
            [self.sql, SQL(" "), operator(sign, self.operators), SQL(" "), typed(placeholder, self.cast_type)]
        )

    @classmethod
    def of(cls, column: RelationColumn, *, descending: bool = False, nulls_first: bool | None = None) -> OrderColumn:
        """Order by a column of a relation; NULLs stand where PostgreSQL puts them, unless it is said."""
        first = descending if nulls_first is None else nulls_first
        return cls(column.name, column.cast_type, not column.not_null, column.operators, descending, first)


Order: TypeAlias = tuple[OrderColumn, ...]

CTID = OrderColumn("ctid", "pg_catalog.tid")


def order_of(relation: Relation, sort: Sort | None = None) -> Order:
    """Return the total order of a relation: sorted as asked, tied by its key, or by its rows' places if it has none.

    Raises UsageError when there is no such column to sort by.
    """
    ties = tuple(OrderColumn.of(relation.column(column)) for column in relation.key) or (CTID,)
    if sort is None:
        return ties
    first = sorted_by(relation, sort)
    # Ties that run in the same direction as the sort keep to the row comparison, and to the index if there is one.
    rest = (tie.reversed if sort.descending else tie for tie in ties if tie.name != first.name)
    return (first, *rest)


def sorted_by(relation: Relation, sort: Sort) -> OrderColumn:
    """Return the column of a person's sort. Raises UsageError when there is none of that name."""
    column = relation.column(sort.column)
    return OrderColumn.of(column, descending=sort.descending, nulls_first=sort.nulls_first)


def reverse(order: Order) -> Order:
    """Return the order from the other end."""
    return tuple(column.reversed for column in order)


def order_by(order: Order) -> Composed:
    """Return the terms of ORDER BY."""
    return joined(", ", [_term(column) for column in order])


def _term(column: OrderColumn) -> Composable:
    nulls = SQL("")
    # The default is left unsaid: NULLS of its own keeps the planner from an index that would do.
    if column.nullable and column.nulls_first != column.descending:
        nulls = SQL(" NULLS FIRST") if column.nulls_first else SQL(" NULLS LAST")
    return Composed([column.sql, SQL(" DESC") if column.descending else SQL(""), nulls])


def after(order: Order, values: Values, prefix: str) -> tuple[Composable, Mapping[str, str]]:
    """Return the condition for rows after the one with these values, and its parameters, named by `prefix`."""
    params = {f"{prefix}{place}": value for place, value in enumerate(values) if value is not None}
    if (
        not any(column.nullable or column.operators for column in order)
        and len({column.descending for column in order}) == 1
    ):
        return _row_comparison(order, prefix), params
    terms = [term for place in range(len(order)) if (term := _written_out(order, values, prefix, place))]
    if not terms:  # nothing comes after a NULL that stands last in a single column
        return SQL("false"), params
    return _bounded(order[0], values[0], f"{prefix}0", joined(" OR ", terms)), params


def _bounded(column: OrderColumn, value: str | None, placeholder: str, condition: Composable) -> Composable:
    """Add what follows for the first column alone, where an index can use it."""
    if value is None or (column.nullable and not column.nulls_first):
        return condition
    bound = column.compared("<=" if column.descending else ">=", placeholder)
    return SQL("{} AND ({})").format(bound, condition)


def _row_comparison(order: Order, prefix: str) -> Composable:
    columns = joined(", ", [column.sql for column in order])
    values = joined(", ", [typed(f"{prefix}{place}", column.cast_type) for place, column in enumerate(order)])
    sign = operator("<" if order[0].descending else ">")
    return SQL("({}) {} ({})").format(columns, sign, values)


def _written_out(order: Order, values: Values, prefix: str, place: int) -> Composable | None:
    """Return "all columns before this one are equal, and this one comes after", or None where nothing can."""
    beyond = _beyond(order[place], values[place], f"{prefix}{place}")
    if beyond is None:
        return None
    equal = [_equal(order[before], values[before], f"{prefix}{before}") for before in range(place)]
    return SQL("({})").format(joined(" AND ", [*equal, beyond]))


def _equal(column: OrderColumn, value: str | None, placeholder: str) -> Composable:
    if value is None:
        return SQL("{} IS NULL").format(column.sql)
    return column.compared("=", placeholder)


def _beyond(column: OrderColumn, value: str | None, placeholder: str) -> Composable | None:
    if value is None:
        return SQL("{} IS NOT NULL").format(column.sql) if column.nulls_first else None
    beyond = column.compared("<" if column.descending else ">", placeholder)
    if not column.nullable or column.nulls_first:
        return beyond
    return SQL("({} OR {} IS NULL)").format(beyond, column.sql)
