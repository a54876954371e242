"""Which charts a result may be drawn as, the likeliest first; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from console.dashboards.charting.chart import GATHERED, MEANINGS, NUMBERLESS, Chart, Gather, Meaning
from console.dashboards.charting.traits import FEW, Trait, span, tell_apart, traits
from console.dashboards.definition import Kind
from console.dashboards.reckoning import moment
from console.dashboards.sample import Sample

_HOUR, _DAY = 3600.0, 86_400.0
_MOST_NUMBERS = 8  # that can be told apart in one picture
_MANY = 200  # moments from which on they are events, and not somebody's figures
_ENOUGH = 8  # numbers from which on it is worth counting how often which come
_LIMIT = re.compile(r"(^|[_ ])(limit|quota|budget|allowed|capacity)([_ ]|$)", re.IGNORECASE)
_USED = re.compile(r"(^|[_ ])(used|usage|spent|spend|cost|current|value|total|count|consumed)([_ ]|$)", re.IGNORECASE)
_CHIEF = re.compile(r"(^|[_ ])(value|cost|amount|revenue|spend|spent|total|sum|price)([_ ]|$)", re.IGNORECASE)


class Result:
    """Some rows of a result with what can be said of its columns; the server may have more of them."""

    def __init__(self, sample: Sample, total: int | None = None) -> None:
        """Look at the columns; `total` is about how many rows there are in all."""
        self.sample = sample
        self.times_more = max(1.0, (total or 0) / max(1, len(sample.rows))) if sample.more else 1.0
        self.columns = traits(sample)
        self.whole = not sample.more
        self.times = sorted(
            (each for each in self.columns if each.is_time), key=lambda each: (each.touched, each.missing, each.place)
        )
        measures = [each for each in self.columns if each.is_measure]
        self.measures = sorted(measures, key=lambda each: (_CHIEF.search(each.name) is None, each.place))
        self.few = [each for each in self.columns if each.is_few]
        self.names = [each for each in self.few if each.is_name]
        self.rows = len(sample.rows)

    @property
    def labels(self) -> list[Trait]:
        """The names by which rows can be compared: those that tell all of them apart first, ids if there are none."""
        named = sorted(self.few, key=lambda each: not each.tells_apart)
        return named or [each for each in self.columns if each.is_key]

    def each_alone(self, *columns: Trait) -> bool:
        """Return whether these columns have no two rows alike, as far as is known."""
        return self.whole and tell_apart(self.sample, columns)

    def are_events(self, time: Trait) -> bool:
        """Return whether rows are many things that happened: whole hours or days are somebody's figures."""
        moments = (moment(row[time.place]) for row in self.sample.rows)
        return self.rows > _MANY and any(at is not None and at % _HOUR for at in moments)


def propose(sample: Sample, total: int | None = None) -> tuple[Chart, ...]:
    """Return the charts that suit some rows of a result, the likeliest first; the table of its rows is the last.

    `total` is about how many rows there are, where the sample has not all of them.
    """
    result = Result(sample, total)
    makers = _FOR_ONE_ROW if result.rows == 1 and result.whole else _FOR_ROWS
    found: list[Chart] = []
    for maker in makers:
        found += (chart for chart in maker(result) if chart not in found)
    return (*found, Chart(Kind.TABLE))


def of_kind(kind: Kind, sample: Sample, total: int | None = None) -> Chart | None:
    """Return the likeliest chart of a kind: a proposed one, else with the first columns that can be it; or None."""
    proposed = next((chart for chart in propose(sample, total) if chart.kind is kind), None)
    return proposed or _filled(kind, Result(sample, total))


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
    label = next((each for each in result.labels if each.tells_apart), None)
    if limits and used and result.whole and result.rows <= FEW and (label is not None or result.rows == 1):
        columns = {"limit": limits[0].name, **({"label": label.name} if label is not None else {})}
        yield Chart(Kind.GAUGE, columns, (used[0].name,), unit=used[0].unit)


def _named_rows(result: Result) -> Iterator[Chart]:
    """Bars, where the first column that can be drawn names each row."""
    told = (each for each in result.columns if each.is_few or each.is_key or each.is_time or each.is_measure)
    first = next(told, None)
    if first is not None and first.tells_apart and (first.is_few or first.is_key):
        yield from _bars(result)


def _grids(result: Result) -> Iterator[Chart]:
    """Heat, where rows are the cells of a grid: hours of days."""
    scales = [each for each in result.few if each.is_scale]
    if len(scales) > 1 and result.each_alone(*scales[:2]):
        yield from _heats(result)


def _lines(result: Result) -> Iterator[Chart]:
    """Lines of the time that says most: of each row where moments differ or a name tells them apart, else gathered."""
    for time in result.times[:1]:
        chief = result.measures[:1]
        split = next((each for each in result.names if result.each_alone(time, each)), None)
        over = _over_time(result, Kind.LINE, time)
        if chief and result.each_alone(time):
            each_row = Chart(Kind.LINE, {"time": time.name}, _names(chief), unit=_unit(chief))
            yield from (over, each_row) if result.are_events(time) else (each_row,)
            if len(result.measures) > 1:
                yield replace(each_row, numbers=_names(result.measures[:_MOST_NUMBERS]), unit=_unit(result.measures))
        elif chief and split is not None:
            yield Chart(Kind.LINE, {"time": time.name, "series": split.name}, _names(chief), unit=_unit(chief))
        yield over


def _stacks(result: Result) -> Iterator[Chart]:
    """Parts over time."""
    for time in result.times[:1]:
        for few in [each for each in result.names if each.different <= _MOST_NUMBERS][:2]:
            over = _over_time(result, Kind.STACKED, time)
            columns = {**over.columns, "series": few.name}
            if result.measures and result.each_alone(time, few) and not result.are_events(time):
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
    varied = [each for each in result.measures if each.different > 1]
    if len(varied) > 1 and result.rows > 2:
        x, y = sorted(varied[:2], key=lambda each: each.place)
        few = next((each for each in result.names if each.different <= _MOST_NUMBERS and not each.tells_apart), None)
        yield Chart(Kind.SCATTER, {"x": x.name, "y": y.name, **({"series": few.name} if few is not None else {})})


def _histograms(result: Result) -> Iterator[Chart]:
    if result.rows > _ENOUGH:
        for measure in result.measures[:2]:
            yield Chart(Kind.HISTOGRAM, numbers=(measure.name,), unit=measure.unit)


def _heats(result: Result) -> Iterator[Chart]:
    """A field of two names, the one with more across."""
    few = [each for each in result.few if not each.tells_apart][:2]
    if len(few) < 2:
        return
    y, x = sorted(few, key=lambda each: each.different)
    chart = _gathered(Kind.HEAT, {"x": x.name, "y": y.name}, result.measures[:1])
    yield replace(chart, gather=Gather.EACH) if result.measures and result.each_alone(x, y) else chart


_Maker = Callable[[Result], Iterator[Chart]]
_FOR_ONE_ROW: tuple[_Maker, ...] = (_gauges, _one_row)
_FOR_ROWS: tuple[_Maker, ...] = (
    _gauges,
    _grids,
    _named_rows,
    _lines,
    _stacks,
    _bars,
    _scatters,
    _histograms,
    _heats,
)


def _over_time(result: Result, kind: Kind, time: Trait) -> Chart:
    step = step_of(span(result.sample, time) * result.times_more, more=result.sample.more)
    return replace(_gathered(kind, {"time": time.name}, result.measures[:1]), step=step)


def _gathered(kind: Kind, columns: Mapping[str, str], chief: Sequence[Trait]) -> Chart:
    """Return a chart of sums, of averages where sums say nothing, or of how many rows there are."""
    if not chief:
        return Chart(kind, columns, gather=Gather.COUNT)
    gather = Gather.AVERAGE if chief[0].averaged else Gather.SUM
    return Chart(kind, columns, (chief[0].name,), gather, unit=chief[0].unit)


def _filled(kind: Kind, result: Result) -> Chart | None:
    """Return a chart with the first columns that can mean what the kind needs."""
    columns = _over(result) if kind is Kind.STACKED else _needed(kind, result)
    if columns is None:
        return None
    if kind in NUMBERLESS:
        return Chart(kind, columns)
    numbers = [each for each in result.measures if each.name not in columns.values()][:1]
    if kind in GATHERED:
        return _gathered(kind, columns, numbers)
    return Chart(kind, columns, _names(numbers), unit=_unit(numbers)) if numbers else None


def _needed(kind: Kind, result: Result) -> dict[str, str] | None:
    """Return a column for each meaning without which a chart is none; None if there is not one for all."""
    columns: dict[str, str] = {}
    for meaning in MEANINGS[kind]:
        unused = [name for name in _candidates(meaning, result) if name not in columns.values()]
        if meaning.needed and not unused:
            return None
        if meaning.needed:
            columns[meaning.name] = unused[0]
    return columns


def _over(result: Result) -> dict[str, str] | None:
    """Return what a stack stands over: a time, else a name, and then another name for its parts."""
    if result.times:
        return {"time": result.times[0].name}
    named = [each.name for each in result.names[:2]]
    return dict(zip(("label", "series"), named, strict=False)) or None


def _candidates(meaning: Meaning, result: Result) -> list[str]:
    """Return the columns that can mean something, the likeliest first; a number that is an id means nothing."""
    likely: Sequence[Trait] = result.labels
    if meaning.roles == ("number",):
        is_limit = meaning.name == "limit"
        likely = sorted(result.measures, key=lambda each: (is_limit and not _LIMIT.search(each.name), each.place))
    elif meaning.roles == ("time",):
        likely = result.times
    others = () if meaning.roles == ("number",) else result.columns
    return list(dict.fromkeys(each.name for each in (*likely, *others) if each.head.role in meaning.roles))


def _names(columns: Sequence[Trait]) -> tuple[str, ...]:
    return tuple(each.name for each in columns)


def _unit(columns: Sequence[Trait]) -> str:
    """Return the unit of columns that have the same."""
    units = {each.unit for each in columns}
    return units.pop() if len(units) == 1 else ""
