"""One way to draw a result: its kind, what its columns mean, and what is made of several rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from console.dashboards.definition import Kind


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
