"""What a dashboard is made of, as its file says it; see docs/dashboards.md for the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType


class Kind(StrEnum):
    """How a panel is drawn."""

    NUMBER = "number"
    LINE = "line"
    BAR = "bar"
    STACKED = "stacked"
    GAUGE = "gauge"
    HEAT = "heat"
    TABLE = "table"
    HISTOGRAM = "histogram"
    SCATTER = "scatter"


class Origin(StrEnum):
    """Where a file was found; a later one hides an earlier one of the same name."""

    SHIPPED = "shipped"
    USER = "yours"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing without which a dashboard (or a panel) makes no sense: `view:public.cost_by_model`, `server:16`.

    `kind` is one of view, table, column, function, extension, server, provider, right.
    """

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a person chooses: a period, a user, a project.

    `kind` is `period` (gives `%(since)s` and `%(until)s`), `choice`, `text` or `number` (gives `%(<id>)s`). Choices are
    pairs of value and label; `sql` asks the database for more of them (value, label). An empty value means all.
    """

    id: str
    title: str
    kind: str = "choice"
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    sql: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where a value is a warning and where it is critical; with `below` the small values are the bad ones."""

    warn: float | None = None
    crit: float | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a dashboard.

    `sql` is one reading statement with parameters as `%(name)s`; `newer` are those for later servers, as major version
    and statement, the oldest first. `refresh` is in seconds, 0 for by hand, None for the dashboard's own. `rate` makes
    counters into changes a second, `columns` says which columns mean what where the order does not
    (`{"time": "day", "value": "cost"}`), `options` hold what one kind alone knows (docs/dashboards.md).
    """

    id: str
    title: str
    kind: Kind
    sql: str
    unit: str = ""
    thresholds: Thresholds = Thresholds()
    refresh: float | None = None
    rate: bool = False
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    requires: tuple[Need, ...] = ()
    newer: tuple[tuple[int, str], ...] = ()

    def at(self, major: int) -> Panel:
        """Return the panel with the statement for a server of this version, and no other."""
        fitting = [sql for since, sql in self.newer if since <= major]
        return replace(self, sql=fitting[-1] if fitting else self.sql, newer=())


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the layout: panel ids, one a cell (the same one twice spans), and its height in lines."""

    cells: tuple[str, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One file. `layout` is for wide screens; `narrow` for 80 columns, made from `layout` where the file has none."""

    id: str
    title: str
    description: str
    panels: Mapping[str, Panel]
    layout: tuple[Row, ...]
    narrow: tuple[Row, ...]
    refresh: float = 60.0
    parameters: tuple[Parameter, ...] = ()
    requires: tuple[Need, ...] = ()
    origin: Origin = Origin.SHIPPED
    path: Path | None = None

    def at(self, major: int) -> Dashboard:
        """Return the dashboard as it is on a server of this version."""
        panels = {name: panel.at(major) for name, panel in self.panels.items()}
        return replace(self, panels=MappingProxyType(panels))
