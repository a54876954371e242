"""Looks at what a chart is to be made of: its columns and a few of its rows, by which charts are proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

from console.dashboards import layout, parameters
from console.dashboards.charting import charting, gathering, needing
from console.dashboards.charting.chart import Chart
from console.dashboards.charting.charting import LOOKED_AT, PERIOD, Source
from console.dashboards.charting.proposing import of_kind, propose
from console.dashboards.definition import Dashboard, Kind, Panel, Row
from console.dashboards.files.file import gives
from console.dashboards.reading.admitting import Admission
from console.dashboards.reading.reading import read_panel
from console.dashboards.sample import Sample
from console.db.connecting import failures
from console.db.query import Query
from console.db.session import Session
from console.errors import Refused, StatementFailed, UsageError
from console.sql import queries
from console.sql.parameters import numbered

_READS = "A chart is made of one statement that reads: SELECT, WITH, VALUES or TABLE."


@dataclass(frozen=True, slots=True)
class Charted:
    """What is drawn, and the rows by which charts are proposed, of about how many in all."""

    source: Source
    rows: Sample
    total: int | None = None

    @property
    def proposed(self) -> tuple[Chart, ...]:
        """The charts that suit the rows, the likeliest first; a table where no column can be drawn."""
        return propose(self.rows, self.total) if self.source.columns else (Chart(Kind.TABLE),)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """A chart of each kind that suits the columns, the likeliest first."""
        likely = dict.fromkeys(chart.kind for chart in self.proposed)
        kinds = [*(kind for kind in likely if kind is not Kind.TABLE), *(kind for kind in Kind if kind not in likely)]
        found = [of_kind(kind, self.rows, self.total) for kind in kinds if self.source.columns]
        return (*(chart for chart in found if chart is not None), Chart(Kind.TABLE))


async def look(session: Session, source: Source, total: int | None = None, *, timeout: float | None = None) -> Charted:
    """Read up to 2,000 rows of a source, and take note of what its columns are; `timeout` is seconds, 0 for none.

    Raises Refused and its kin for what may write, StatementFailed, ConnectionFailed, UsageError.
    """
    rows = await read(session, charting.looking(source), asks=source.asks, timeout=timeout)
    names = tuple(head.name for head in rows.heads)
    if len(set(names)) < len(names):
        source = replace(source, aliases=_apart(names))
        heads = (replace(head, name=name) for head, name in zip(rows.heads, source.aliases, strict=True))
        rows = replace(rows, heads=tuple(heads))
    columns = tuple(head.name for head in rows.heads if charting.drawable(head.type_name))
    rows = _only(rows, columns) if columns else rows
    by_role = {role: frozenset(head.name for head in rows.heads if head.role == role) for role in ("time", "number")}
    source = replace(source, columns=columns, times=by_role["time"], numbers=by_role["number"])
    return Charted(source, replace(rows, more=rows.more or len(rows.rows) >= LOOKED_AT), total)


async def look_at_statement(session: Session, typed: str, title: str = "", *, timeout: float | None = None) -> Charted:
    """Look at what a person's statement gives. An error has its place in what was typed.

    Raises BadSql, and what `look` raises.
    """
    from console.sql import reading, statements

    statement = statements.one(_with_numbers(typed))
    if statement.kind != "SelectStmt":
        raise UsageError("No chart can be made of this; nothing was done.", hint=_READS)
    verdict = reading.check(statement.text)
    if not verdict.allowed:
        said = f"This is not run, since it may do more than read: {verdict.reason}"
        raise Refused(said, detail="Nothing was done.", hint=_READS)
    source = Source(title, sql=typed[statement.start :][: len(statement.text)])
    try:
        charted = await look(session, source, timeout=timeout)
    except StatementFailed as error:
        sent = numbered(parameters.sendable(typed, gives(PERIOD))) if source.asks else typed
        start = statement.start - len(charting.BEFORE)
        raise failures.placed_in(error, "reading the query", sql=sent, start=start) from error.__cause__
    needs = await needing.needs(session, statement.text, verdict)
    return replace(charted, source=replace(charted.source, requires=needs))


async def draw(session: Session, charted: Charted, chart: Chart, *, timeout: float | None = None) -> Sample:
    """Return what a chart shows: from the rows that were looked at where they tell it, else read anew.

    Raises what `look` raises.
    """
    known = gathering.gathered(charted.source, chart, charted.rows)
    if known is not None:
        return known
    return await read(session, charting.panel(charted.source, chart), asks=charted.source.asks, timeout=timeout)


async def read(session: Session, panel: Panel, *, asks: bool = False, timeout: float | None = None) -> Sample:
    """Read what a panel shows, through the guard; of a statement that `asks` for a period, all time.

    Raises what `look` raises.
    """
    panels, rows = MappingProxyType({panel.id: panel}), (Row((panel.id,), 1),)
    asked = (PERIOD,) if asks else ()
    alone = Dashboard("chart", "chart", "", panels, rows, layout.narrow(rows, panels), parameters=asked)
    await Admission(alone, gives(PERIOD) if asks else ()).admit(session, panel.sql)
    values = parameters.values(alone, {PERIOD.id: PERIOD.default}, await _now(session)) if asks else {}
    return await read_panel(session, panel, values, timeout=timeout)


async def _now(session: Session) -> datetime:
    [[(at,)]] = await session.read(Query(queries.load("session/clock")), doing="reading the server's clock")
    return datetime.fromtimestamp(at, UTC)


def _with_numbers(typed: str) -> str:
    """Return a text as the grammar knows it: `$1` for the moments of a period, ending at the same places.

    >>> _with_numbers("at < %(until)s AND n % 5 = 0")
    'at <        $2 AND n % 5 = 0'
    """
    for place, name in enumerate(gives(PERIOD)):
        hole = f"%({name})s"
        typed = typed.replace(hole, f"${place + 1}".rjust(len(hole)))
    return typed


def _only(rows: Sample, columns: Sequence[str]) -> Sample:
    """Return rows with these columns alone."""
    places = [rows.place(name) for name in columns]
    kept = (tuple(row[place] for place in places) for row in rows.rows)
    return replace(rows, heads=tuple(rows.heads[place] for place in places), rows=tuple(kept))


def _apart(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of which no two are alike.

    >>> _apart(["a", "b", "a", "a_2", "a"])
    ('a', 'b', 'a_3', 'a_2', 'a_4')
    """
    found: list[str] = []
    for place, name in enumerate(names):
        number, mine = 2, name
        while mine in found or (mine != name and mine in names[place:]):
            mine, number = f"{name}_{number}", number + 1
        found.append(mine)
    return tuple(found)
