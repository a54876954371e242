"""A chart of a relation or of a statement, as a panel and as a dashboard of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from console.dashboards import layout, periods
from console.dashboards.charting.chart import Chart, Gather
from console.dashboards.definition import Dashboard, Kind, Need, Origin, Panel, Parameter, Row
from console.dashboards.files.file import gives
from console.dashboards.files.saving import name_of
from console.dashboards.kinds import FORMS
from console.sql.quoting import dotted, ident

PANEL = "chart"
LOOKED_AT = 2_000  # rows from which charts are proposed
BEFORE = "SELECT *\nFROM (\n"  # what stands before a statement when it is looked at
_MOST = 5_000  # rows that are drawn
_MOST_OF: Mapping[Kind, int] = {Kind.BAR: 100, Kind.GAUGE: 100, Kind.TABLE: 1_000}
# all time is all rows: those of no time, too, and those to come
_DURING = "(%(since)s::timestamptz = 'epoch' OR t.{0} >= %(since)s AND t.{0} < %(until)s)"
PERIOD = Parameter("period", "period", "period", "all", tuple((word, word) for word in periods.USUAL))
_FUNCTIONS: Mapping[Gather, str] = {
    Gather.SUM: "sum",
    Gather.AVERAGE: "avg",
    Gather.LEAST: "min",
    Gather.MOST: "max",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What is drawn: the rows of a relation that meet a condition, or those of a statement.

    `columns` are those that can be read and drawn, `times` and `numbers` those that are moments and numbers; `kind`
    is `table` or `view`, as a dashboard requires it. `condition` is SQL that was read as one condition before.
    `aliases` are names for all columns of a statement, where two of its own are alike; `requires` is what it needs.
    """

    title: str
    columns: tuple[str, ...] = ()
    schema: str = ""
    name: str = ""
    kind: str = ""
    condition: str = ""
    sql: str = ""
    aliases: tuple[str, ...] = ()
    times: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    requires: tuple[Need, ...] = ()

    @property
    def needs(self) -> tuple[Need, ...]:
        """What a dashboard of it cannot do without."""
        return (Need(self.kind, dotted(self.schema, self.name)),) if self.kind else self.requires

    @property
    def asks(self) -> bool:
        """Whether its statement has a period of its own.

        >>> Source("", sql="SELECT count(*) FROM sale WHERE at >= %(since)s").asks, Source("", sql="SELECT 5 % 2").asks
        (True, False)
        """
        return any(f"%({name})s" in self.sql for name in gives(PERIOD))


def drawable(type_name: str) -> bool:
    """Return whether values of a type can be drawn, or read in a row: no vectors, documents, shapes and arrays.

    >>> [drawable(each) for each in ("numeric(10,2)", "mood", "vector(1536)", "jsonb", "text[]")]
    [True, True, False, False, False]
    """
    bare = type_name.partition("(")[0].rpartition(".")[2]
    return not type_name.endswith("[]") and bare not in _UNREADABLE


_UNREADABLE = frozenset(
    (
        *("vector", "halfvec", "sparsevec", "json", "jsonb", "xml", "bytea", "tsvector", "tsquery", "jsonpath"),
        *("point", "line", "lseg", "box", "path", "polygon", "circle"),  # equal ones cannot be gathered, nor below
        *("refcursor", "pg_snapshot", "txid_snapshot", "record"),
    )
)


def looking(source: Source) -> Panel:
    """Return the panel whose rows tell what the columns are like."""
    return Panel(PANEL, source.title, Kind.HEAT, _lines(source, _selected(source.columns), LOOKED_AT))


def panel(source: Source, chart: Chart, period: str = "") -> Panel:
    """Return a chart as a panel whose title says what it shows; `period` is the column by which rows are of one."""
    numbers, columns = shown(chart), dict(chart.columns)
    if len(numbers) == 1 and "value" in FORMS[chart.kind].columns:
        columns["value"] = numbers[0]
    return Panel(
        PANEL,
        described(chart),
        chart.kind,
        statement(source, chart, period),
        chart.unit if chart.kind is not Kind.TABLE else "",
        columns=MappingProxyType(columns),
    )


def dashboard(source: Source, chart: Chart, title: str) -> Dashboard:
    """Return a dashboard of one chart, named for its title; where rows have a time, their period can be chosen."""
    period = period_column(source, chart)
    panels = MappingProxyType({PANEL: panel(source, chart, period)})
    has_period = period or source.asks
    rows = (Row((PANEL,), FORMS[chart.kind].height),)
    return Dashboard(
        id=name_of(title),
        title=title,
        description="",
        panels=panels,
        layout=rows,
        narrow=layout.narrow(rows, panels),
        parameters=(PERIOD,) if has_period else (),
        requires=source.needs,
        origin=Origin.USER,
    )


def period_column(source: Source, chart: Chart) -> str:
    """Return the column whose moments are in a period or not: the chart's own, else the first; "" where there is none.

    What calls a column or a value like a parameter cannot be told from it, and has none.
    """
    if any(f"%({name})s" in text for name in gives(PERIOD) for text in (source.condition, source.sql, *source.columns)):
        return ""
    found = (*chart.columns.values(), *source.columns)
    return next((name for name in found if name in source.times), "")


def statement(source: Source, chart: Chart, period: str = "") -> str:
    """Return the statement that reads what a chart shows: the newest 5,000 moments, the 100 greatest bars."""
    during = _DURING.format(_named(period)) if period else ""
    if chart.kind is Kind.TABLE:
        return _lines(source, _selected(source.columns), limit(chart), during=during)
    places = list(dict.fromkeys(chart.columns.values()))
    if chart.gather is Gather.EACH:
        columns = list(dict.fromkeys((*places, *chart.numbers)))
        by = order(source, chart, columns)
        return _lines(source, _selected(columns), limit(chart), by=by, during=during)
    selected = [_cut(source, chart, name) for name in places]
    selected += [f"{call} AS {_named(name)}" for call, name in _gathered(chart)]
    grouped = ", ".join(str(place) for place in range(1, len(places) + 1))
    by = order(source, chart, [*places, *shown(chart)])
    return _lines(source, ", ".join(selected), limit(chart), grouped=grouped, by=by, during=during)


def cut_off(chart: Chart, rows: int, *, more: bool = False) -> str:
    """Say which rows are drawn where there may be more; empty where these are all.

    >>> cut_off(Chart(Kind.BAR), 100), cut_off(Chart(Kind.LINE, {"time": "at"}), 5_000), cut_off(Chart(Kind.LINE), 3)
    ('the first 100', 'the newest 5,000', '')
    """
    if rows < limit(chart) and not more:
        return ""
    return f"the {'newest' if 'time' in chart.columns else 'first'} {rows:,}"


def described(chart: Chart) -> str:
    """Say what a chart shows.

    >>> described(Chart(Kind.LINE, {"time": "at", "series": "shop"}, ("amount",), Gather.SUM, "day"))
    'sum of amount by shop, a day'
    >>> described(Chart(Kind.BAR, {"label": "state"}, gather=Gather.COUNT)), described(Chart(Kind.TABLE))
    ('rows by state', 'rows')
    """
    numbers = ", ".join(chart.numbers)
    if chart.kind is Kind.SCATTER:
        numbers = f"{chart.columns['y']} by {chart.columns['x']}"
    what = {Gather.EACH: numbers or "rows", Gather.COUNT: "rows"}.get(chart.gather, f"{chart.gather} of {numbers}")
    by = [name for meaning, name in chart.columns.items() if meaning in ("series", "label") or chart.kind is Kind.HEAT]
    said = f"{what} by {', '.join(by)}" if by else what
    return f"{said}, a {chart.step}" if chart.step and chart.gather is not Gather.EACH else said


def shown(chart: Chart) -> tuple[str, ...]:
    """Return the names of the numbers in the result; a gathered one gives way to the column that is there as it is."""
    if chart.gather is Gather.EACH:
        return chart.numbers
    taken = set(chart.columns.values())
    names = chart.numbers if chart.gather is not Gather.COUNT else ("rows",)
    return tuple(f"{chart.gather} of {name}" if name in taken else name for name in names)


def _gathered(chart: Chart) -> Iterator[tuple[str, str]]:
    """Yield calls with the names of what they give."""
    if chart.gather is Gather.COUNT:
        yield "count(*)", shown(chart)[0]
        return
    for column, name in zip(chart.numbers, shown(chart), strict=True):
        yield f"{_FUNCTIONS[chart.gather]}({_named(column)})", name


def _cut(source: Source, chart: Chart, name: str) -> str:
    if not chart.step or name not in source.times:
        return _named(name)
    return f"date_trunc('{chart.step}', {_named(name)}) AS {_named(name)}"


def order(source: Source, chart: Chart, columns: Sequence[str]) -> tuple[int, bool] | None:
    """Return the place of the column by which rows of the result come, and whether downwards; None for any order.

    What is cut off is then what matters least.
    """
    if chart.kind is Kind.BAR:
        first = chart.columns.get("label", "")
        return (0, False) if first in source.times | source.numbers else (len(columns) - 1, True)
    time = next((name for name in chart.columns.values() if name in source.times), None)
    return (columns.index(time), True) if time is not None else None


def limit(chart: Chart) -> int:
    """Return how many rows are drawn."""
    return _MOST_OF.get(chart.kind, _MOST)


def _selected(columns: tuple[str, ...] | list[str]) -> str:
    return ", ".join(map(_named, columns)) or "*"


def _lines(
    source: Source,
    selected: str,
    most: int,
    *,
    grouped: str = "",
    by: tuple[int, bool] | None = None,
    during: str = "",
) -> str:
    """Return a statement on lines of its own."""
    behind = f"(\n{source.sql}\n)" if source.sql else f"{_named(source.schema)}.{_named(source.name)}"
    called = f"t({', '.join(map(_named, source.aliases))})" if source.aliases else "t"
    conditions = [*([f"(\n{source.condition}\n)"] if source.condition else []), *([during] if during else [])]
    parts = [
        f"SELECT {selected}",
        f"FROM {behind} AS {called}",
        f"WHERE {' AND '.join(conditions)}" if conditions else "",
        f"GROUP BY {grouped}" if grouped else "",
        f"ORDER BY {by[0] + 1}{' DESC NULLS LAST' if by[1] else ''}" if by else "",
        f"LIMIT {most}",
    ]
    return "\n".join(filter(None, parts))


def _named(name: str) -> str:
    r"""Return a name as SQL has it, without the sign of a parameter.

    >>> print(_named("order"), _named("a %(since)s"))
    "order" U&"a \0025(since)s"
    """
    if "%(" not in name:
        return ident(name)
    escaped = name.replace("\\", r"\\").replace("%(", r"\0025(")
    return f"U&{ident(escaped)}"
