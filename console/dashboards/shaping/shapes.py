"""What is drawn, kind by kind: numbers and names, chosen and put in order, with nothing of a terminal in them."""

from __future__ import annotations

from dataclasses import dataclass

from console.dashboards.projecting import Projection
from console.dashboards.sample import Value

Point = tuple[float, float | None]  # x (times are seconds since 1970) and y, None where there is a gap


@dataclass(frozen=True, slots=True)
class Number:
    """One number, with what it was before and how it went; `note` is a line of text of its own."""

    value: Value
    before: Value = None
    trend: tuple[float | None, ...] = ()
    note: str = ""
    projected: Projection | None = None


@dataclass(frozen=True, slots=True)
class Tiles:
    """Several numbers, each with its name; `units` are theirs where they are not the panel's."""

    tiles: tuple[tuple[str, Value], ...]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a cloud of points; `points` are ordered by x for a line."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Series over time, the greatest first; `left_out` are series for which there is no colour left.

    `polled` points are readings of a panel that go on, not rows of one.
    """

    series: tuple[Series, ...]
    left_out: int = 0
    polled: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Names with numbers, in the order in which they are drawn; `left_out` were too many."""

    bars: tuple[tuple[str, float | None], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Stacks:
    """Columns of parts: `parts[place]` are the parts of `places[place]`, in the order of `names`.

    `places` are moments in seconds since 1970 when `timed`, otherwise names.
    """

    places: tuple[float, ...] | tuple[str, ...]
    names: tuple[str, ...]
    parts: tuple[tuple[float, ...], ...]
    timed: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number against its limit; `marks` are lines at these per cent of the limit, where somebody wants to know."""

    name: str
    value: float | None
    limit: float | None
    marks: tuple[float, ...] = ()
    note: str = ""
    projected: Projection | None = None

    @property
    def percent(self) -> float | None:
        """Return how much of the limit is reached; None without a limit, or with one of nothing."""
        if self.value is None or not self.limit or self.limit < 0:
            return None
        return self.value / self.limit * 100

    @property
    def mark(self) -> float | None:
        """Return the lowest mark: from there on somebody wants to know."""
        return min(self.marks, default=None)


@dataclass(frozen=True, slots=True)
class Heat:
    """A strip or a field: `cells[y][x]`, None where there is nothing. `times` when x are moments.

    `left_out` are further y.
    """

    x: tuple[str, ...]
    y: tuple[str, ...]
    cells: tuple[tuple[float | None, ...], ...]
    times: tuple[float, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, whether it is numbers or times, its unit, whether bars stand behind them.

    `named` numbers are names of something, of which no figure is left out: ids, ports, years.
    """

    name: str
    numeric: bool
    timed: bool = False
    named: bool = False
    unit: str = ""
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `more` tells that rows were left out when it was read."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often: bins with their edges, or with names; `count`, `median` and `high` (95 of 100) of the values."""

    counts: tuple[float, ...]
    edges: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    count: int = 0
    median: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Cloud:
    """Points of two numbers, in series; `x` and `y` are the names of the numbers."""

    series: tuple[Series, ...]
    x: str
    y: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to draw, and why."""

    words: str


Shape = Number | Tiles | Lines | Bars | Stacks | tuple[Gauge, ...] | Heat | Grid | Histogram | Cloud | Nothing
