"""Reads what a chart is made of: a relation or a statement, then what the chart shows."""

from __future__ import annotations

from dataclasses import dataclass

from console.dashboards.charting import charting, looking
from console.dashboards.charting.charting import Source
from console.dashboards.charting.looking import Charted, draw, read
from console.db.session import Session

__all__ = ["Charted", "Subject", "draw", "look", "read"]

_NEEDS = {**dict.fromkeys("vm", "view"), **dict.fromkeys("rpf", "table")}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart is of: the rows of a relation that meet a condition, or those of a statement that reads.

    A condition was checked to be one before. `name` is the relation's, or what a statement is called.
    """

    name: str
    schema: str = ""
    condition: str = ""
    sql: str = ""

    @property
    def title(self) -> str:
        """How it is called."""
        return f"{self.schema}.{self.name}" if self.schema else self.name


async def look(session: Session, subject: Subject) -> Charted:
    """Read the columns and up to 2,000 rows.

    Raises UsageError when it is gone, Refused and its kin for what may write, StatementFailed, ConnectionFailed.
    """
    if subject.sql:
        return await looking.look_at_statement(session, subject.sql, subject.name)
    return await looking.look(session, *await _of_relation(session, subject))


async def _of_relation(session: Session, subject: Subject) -> tuple[Source, int | None]:
    """Return a relation as a source, and about how many rows it has, where that is known."""
    from console.rows import relation

    found = await relation.read(session, subject.schema, subject.name)
    source = Source(
        subject.name,
        tuple(each.name for each in found.columns if charting.drawable(each.type_name)),
        schema=subject.schema,
        name=subject.name,
        kind=_NEEDS.get(found.kind, ""),
        condition=subject.condition,
    )
    return source, found.estimate if not subject.condition else None
