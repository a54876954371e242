"""Which charts a result may be drawn as, the likeliest first; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from console.dashboards.definition import Kind
from console.dashboards.reckoning import moment
from console.dashboards.sample import Sample
from console.dashboards.traits import FEW, Trait, span, tell_apart, traits

_HOUR, _DAY = 3600.0, 86_400.0
_MOST_NUMBERS = 8  # that can be told apart in one picture
_MANY = 200  # moments from which on they are events, and not somebody's figures
_ENOUGH = 8  # numbers from which on it is worth counting how often which come
_LIMIT = re.compile(r"(^|[_ ])(limit|quota|budget|allowed|capacity)([_ ]|$)", re.IGNORECASE)
_USED = re.compile(r"(^|[_ ])(used|usage|spent|spend|cost|current|value|total|count|consumed)([_ ]|$)", re.IGNORECASE)
_CHIEF = re.compile(r"(^|[_ ])(value|cost|amount|revenue|spend|spent|total|sum|price)([_ ]|$)", re.IGNORECASE)


class Gather(StrEnum):
    """What is made of several rows that belong to one place of a chart."""

    EACH = "each row"
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    LEAST = "least"
    MOST = "greatest"


STEPS = ("minute", "hour", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Chart:
    """One way to draw a result.

    `columns` say which column means what (`{"time": "at", "series": "kind"}`), `numbers` those that are drawn; in a
    count there are none. `step` is what times are cut to, empty for as they are.
    """

    kind: Kind
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    numbers: tuple[str, ...] = ()
    gather: Gather = Gather.EACH
    step: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column can be in a kind: of which roles, and whether a chart is none without it."""

    name: str
    roles: tuple[str, ...]
    needed: bool = True


_ANY = ("time", "text", "number")
MEANINGS: Mapping[Kind, tuple[Meaning, ...]] = MappingProxyType(
    {
        Kind.NUMBER: (Meaning("time", ("time",), needed=False),),
        Kind.LINE: (Meaning("time", ("time",)), Meaning("series", ("text",), needed=False)),
        Kind.BAR: (Meaning("label", ("text", "time", "number")),),
        Kind.STACKED: (
            Meaning("time", ("time",), needed=False),
            Meaning("label", ("text",), needed=False),
            Meaning("series", ("text",), needed=False),
        ),
        Kind.GAUGE: (Meaning("limit", ("number",)), Meaning("label", ("text", "time"), needed=False)),
        Kind.HEAT: (Meaning("x", _ANY), Meaning("y", _ANY, needed=False)),
        Kind.TABLE: (),
        Kind.HISTOGRAM: (),
        Kind.SCATTER: (
            Meaning("x", ("number",)),
            Meaning("y", ("number",)),
            Meaning("series", ("text",), needed=False),
        ),
    }
)
NUMBERLESS = frozenset({Kind.TABLE, Kind.SCATTER})  # what they draw has a meaning each, or is everything
SEVERAL = frozenset({Kind.NUMBER, Kind.LINE, Kind.STACKED})  # these draw several number columns
GATHERED = frozenset({Kind.NUMBER, Kind.LINE, Kind.BAR, Kind.STACKED, Kind.HEAT})


class Result:
    """Some rows of a result with what can be said of its columns; `more` rows may be on the server."""

    def __init__(self, sample: Sample) -> None:
        """Look at the columns."""
        self.sample = sample
        self.columns = traits(sample)
        self.whole = not sample.more
        self.times = sorted(
            (each for each in self.columns if each.is_time), key=lambda each: (each.touched, each.missing, each.place)
        )
        measures = [each for each in self.columns if each.is_measure]
        self.measures = sorted(measures, key=lambda each: (_CHIEF.search(each.name) is None, each.place))
        self.few = [each for each in self.columns if each.is_few]
        self.rows = len(sample.rows)

    @property
    def labels(self) -> list[Trait]:
        """The names by which rows can be compared: those that tell all of them apart first."""
        return sorted(self.few, key=lambda each: not each.tells_apart)

    def each_alone(self, *columns: Trait) -> bool:
        """Return whether these columns have no two rows alike, as far as is known."""
        return self.whole and tell_apart(self.sample, columns)

    def trait(self, name: str) -> Trait | None:
        """Return a column by name."""
        return next((each for each in self.columns if each.name == name), None)


def propose(sample: Sample) -> tuple[Chart, ...]:
    """Return the charts that suit some rows of a result, the likeliest first; the table of its rows is the last."""
    result = Result(sample)
    makers = _FOR_ONE_ROW if result.rows == 1 and result.whole else _FOR_ROWS
    found: list[Chart] = []
    for maker in makers:
        found += (chart for chart in maker(result) if chart not in found)
    return (*found, Chart(Kind.TABLE))


def of_kind(kind: Kind, sample: Sample) -> Chart | None:
    """Return the likeliest chart of a kind: a proposed one, else with the first columns that can be it; or None."""
    proposed = next((chart for chart in propose(sample) if chart.kind is kind), None)
    return proposed or _filled(kind, Result(sample))


def gathered(chart: Chart, gather: Gather, sample: Sample) -> Chart | None:
    """Return a chart with its rows gathered otherwise; None if there is no number for it."""
    if gather is Gather.COUNT:
        return replace(chart, gather=gather, numbers=(), unit="")
    numbers = chart.numbers or tuple(each.name for each in Result(sample).measures[:1])
    return replace(chart, gather=gather, numbers=numbers) if numbers or chart.kind in NUMBERLESS else None


def step_of(seconds: float, *, more: bool = False) -> str:
    """Return what times are cut to over so many seconds; of more rows than are known the span is longer.

    >>> step_of(600), step_of(86_400 * 3), step_of(86_400 * 40), step_of(86_400 * 1200), step_of(600, more=True)
    ('minute', 'hour', 'day', 'month', 'hour')
    """
    if seconds <= 3 * _HOUR and not more:
        return "minute"
    if seconds <= 4 * _DAY:
        return "hour"
    return "day" if seconds <= 800 * _DAY else "month"


def _one_row(result: Result) -> Iterator[Chart]:
    """All numbers of the row."""
    numbers = [each for each in result.columns if each.is_measure][:_MOST_NUMBERS]
    if numbers:
        yield Chart(Kind.NUMBER, numbers=_names(numbers), unit=_unit(numbers))


def _gauges(result: Result) -> Iterator[Chart]:
    """What is used of a limit, where names say so and each row is one thing."""
    limits = [each for each in result.measures if _LIMIT.search(each.name)]
    used = [each for each in result.measures if each not in limits and _USED.search(each.name)]
    label = next((each for each in result.columns if each.is_name and each.tells_apart), None)
    if limits and used and result.whole and result.rows <= FEW and (label is not None or result.rows == 1):
        columns = {"limit": limits[0].name, **({"label": label.name} if label is not None else {})}
        yield Chart(Kind.GAUGE, columns, (used[0].name,), unit=used[0].unit)


def _named_rows(result: Result) -> Iterator[Chart]:
    """Bars, where the first column names each row."""
    first = next(iter(result.columns), None)
    if first is not None and first.is_few and first.tells_apart:
        yield from _bars(result)


def _lines(result: Result) -> Iterator[Chart]:
    """Lines of the time that says most: of each row where moments differ or a name tells them apart, else gathered."""
    for time in result.times[:1]:
        chief = result.measures[:1]
        split = next((each for each in result.few if result.each_alone(time, each)), None)
        gathered = _over_time(result, Kind.LINE, time)
        if chief and result.each_alone(time):
            each_row = Chart(Kind.LINE, {"time": time.name}, _names(chief), unit=_unit(chief))
            many = result.rows > _MANY and not _is_cut(result, time)
            yield from (gathered, each_row) if many else (each_row,)
            if len(result.measures) > 1:
                yield replace(each_row, numbers=_names(result.measures[:_MOST_NUMBERS]), unit=_unit(result.measures))
        elif chief and split is not None:
            yield Chart(Kind.LINE, {"time": time.name, "series": split.name}, _names(chief), unit=_unit(chief))
        yield gathered


def _stacks(result: Result) -> Iterator[Chart]:
    """Parts over time."""
    for time in result.times[:1]:
        for few in [each for each in result.few if each.different <= _MOST_NUMBERS][:2]:
            over = _over_time(result, Kind.STACKED, time)
            columns = {**over.columns, "series": few.name}
            if result.measures and result.each_alone(time, few):
                over = replace(over, gather=Gather.EACH, step="")
            yield replace(over, columns=columns)


def _bars(result: Result) -> Iterator[Chart]:
    """A bar for each name."""
    for label in result.labels[:3]:
        chief = result.measures[:1]
        if chief and result.each_alone(label):
            for measure in result.measures[:2]:
                yield Chart(Kind.BAR, {"label": label.name}, (measure.name,), unit=measure.unit)
            continue
        if not label.tells_apart:
            yield _gathered(Kind.BAR, {"label": label.name}, chief)
            if chief:
                yield Chart(Kind.BAR, {"label": label.name}, gather=Gather.COUNT)


def _scatters(result: Result) -> Iterator[Chart]:
    if len(result.measures) > 1 and result.rows > 2:
        x, y = sorted(result.measures[:2], key=lambda each: each.place)
        few = next((each for each in result.few if each.different <= _MOST_NUMBERS and not each.tells_apart), None)
        yield Chart(Kind.SCATTER, {"x": x.name, "y": y.name, **({"series": few.name} if few is not None else {})})


def _histograms(result: Result) -> Iterator[Chart]:
    if result.rows > _ENOUGH:
        for measure in result.measures[:2]:
            yield Chart(Kind.HISTOGRAM, numbers=(measure.name,), unit=measure.unit)


def _heats(result: Result) -> Iterator[Chart]:
    few = [each for each in result.few if not each.tells_apart]
    if len(few) > 1:
        yield _gathered(Kind.HEAT, {"x": few[1].name, "y": few[0].name}, result.measures[:1])


_Maker = Callable[[Result], Iterator[Chart]]
_FOR_ONE_ROW: tuple[_Maker, ...] = (_gauges, _one_row)
_FOR_ROWS: tuple[_Maker, ...] = (
    _gauges,
    _named_rows,
    _lines,
    _stacks,
    _bars,
    _scatters,
    _histograms,
    _heats,
)


def _over_time(result: Result, kind: Kind, time: Trait) -> Chart:
    step = step_of(span(result.sample, time), more=result.sample.more)
    return replace(_gathered(kind, {"time": time.name}, result.measures[:1]), step=step)


def _gathered(kind: Kind, columns: Mapping[str, str], chief: Sequence[Trait]) -> Chart:
    """Return a chart of sums, of averages where sums say nothing, or of how many rows there are."""
    if not chief:
        return Chart(kind, columns, gather=Gather.COUNT)
    gather = Gather.AVERAGE if chief[0].averaged else Gather.SUM
    return Chart(kind, columns, (chief[0].name,), gather, unit=chief[0].unit)


def _filled(kind: Kind, result: Result) -> Chart | None:
    """Return a chart with the first columns that can mean what the kind needs."""
    columns: dict[str, str] = {}
    for meaning in MEANINGS[kind]:
        free = [each.name for each in result.columns if each.head.role in meaning.roles]
        unused = [name for name in free if name not in columns.values()]
        if meaning.needed and not unused:
            return None
        if meaning.needed:
            columns[meaning.name] = unused[0]
    if kind in NUMBERLESS:
        return Chart(kind, columns)
    numbers = [each for each in result.measures if each.name not in columns.values()][:1]
    if kind in GATHERED:
        return _gathered(kind, columns, numbers)
    return Chart(kind, columns, _names(numbers), unit=_unit(numbers)) if numbers else None


def _is_cut(result: Result, time: Trait) -> bool:
    """Return whether all moments are whole hours or days: somebody has gathered them already."""
    moments = [moment(row[time.place]) for row in result.sample.rows]
    return all(at is None or at % _HOUR == 0 for at in moments)


def _names(columns: Sequence[Trait]) -> tuple[str, ...]:
    return tuple(each.name for each in columns)


def _unit(columns: Sequence[Trait]) -> str:
    """Return the unit of columns that have the same."""
    units = {each.unit for each in columns}
    return units.pop() if len(units) == 1 else ""
