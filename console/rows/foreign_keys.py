"""The foreign keys of a relation, and the condition under which the row that one points at is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.db.compose import SQL, Identifier, Literal
from console.db.query import Query
from console.db.session import Session
from console.rows.filter import Condition
from console.sql import queries


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """One foreign key: `columns` point at `to_columns` of the relation `to_schema.to_name`, in this order."""

    name: str
    columns: Sequence[str]
    to_schema: str
    to_name: str
    to_columns: Sequence[str]

    def condition(self, row: Mapping[str, str | None]) -> Condition | None:
        """Return the condition that the row pointed at meets; None where a value is NULL: that points nowhere."""
        values = [row[column] for column in self.columns]
        if any(value is None for value in values):
            return None
        terms = [
            SQL("{} = {}").format(Identifier(column), Literal(value))
            for column, value in zip(self.to_columns, values, strict=True)
        ]
        return Condition(SQL(" AND ").join(terms).as_string(None))


async def read(session: Session, schema: str, name: str) -> tuple[ForeignKey, ...]:
    """Return the foreign keys of a relation, those of one column first. One round trip."""
    wanted = Query(queries.load("rows/foreign_keys"), {"schema": schema, "name": name}, row=ForeignKey)
    [found] = await session.read(wanted, doing="reading the foreign keys")
    return tuple(found)


def of_column(keys: Sequence[ForeignKey], column: str) -> ForeignKey | None:
    """Return the foreign key that a column belongs to, the one with the fewest columns."""
    return next((key for key in keys if column in key.columns), None)
