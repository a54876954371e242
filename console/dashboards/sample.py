"""What a panel's statement gave at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from console.errors import ConsoleError

Value = int | float | Decimal | bool | str | datetime | date | timedelta | None


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sample: its name, its type as PostgreSQL writes it, and what it may stand for in a picture.

    `role` is `time`, `number` or `text`.
    """

    name: str
    type_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows with values that can be reckoned with.

    `at` is the server's clock in seconds since 1970 when it was read, `monotonic` ours, `took` seconds. `more` tells
    that there were more rows than are kept. `started` is when the server was started: by it servers are told apart.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    at: float
    monotonic: float
    took: float
    more: bool = False
    started: float = 0.0

    def place(self, name: str) -> int:
        """Return the place of a column. Raises KeyError."""
        for place, head in enumerate(self.heads):
            if head.name == name:
                return place
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Failed:
    """A panel could not be read; the others go on. `again` is the seconds until it is tried again, None for by hand."""

    error: ConsoleError
    at: float
    again: float | None
