"""Reads what a chart is made of: the columns of a relation, a few of its rows, then what the chart shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from console.dashboards import charting, layout
from console.dashboards.admitting import Admission
from console.dashboards.charting import LOOKED_AT, Source
from console.dashboards.definition import Dashboard, Panel, Row
from console.dashboards.reading import read_panel
from console.dashboards.sample import Sample
from console.db.session import Session

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


@dataclass(frozen=True, slots=True)
class Charted:
    """What is drawn, and the rows by which charts are proposed, of about how many in all."""

    source: Source
    rows: Sample
    total: int | None = None


async def look(session: Session, subject: Subject) -> Charted:
    """Read the columns and up to 2,000 rows.

    Raises UsageError when it is gone, Refused and its kin for what may write, StatementFailed, ConnectionFailed.
    """
    source, total = await _of_relation(session, subject) if not subject.sql else (_of_statement(subject), None)
    rows = await read(session, charting.looking(source))
    by_role = {role: frozenset(head.name for head in rows.heads if head.role == role) for role in ("time", "number")}
    columns = tuple(dict.fromkeys(head.name for head in rows.heads if charting.drawable(head.type_name)))
    source = replace(source, columns=columns, times=by_role["time"], numbers=by_role["number"])
    return Charted(source, replace(rows, more=rows.more or len(rows.rows) >= LOOKED_AT), total)


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


def _of_statement(subject: Subject) -> Source:
    return Source(subject.name, sql=subject.sql.rstrip().rstrip(";"))


async def read(session: Session, panel: Panel) -> Sample:
    """Read what a panel shows, through the guard. Raises what `look` raises."""
    panels, rows = MappingProxyType({panel.id: panel}), (Row((panel.id,), 1),)
    alone = Dashboard("chart", "chart", "", panels, rows, layout.narrow(rows, panels))
    await Admission(alone, ()).admit(session, panel.sql)
    return await read_panel(session, panel, {})
