"""How a database grows: its sizes of every hour, and what they say of a day and a month."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from console.config import paths
from console.dashboards.definition import Kind, Panel
from console.dashboards.reading.sizes import DATABASE, HOUR, Reading, Sizes
from console.dashboards.sample import Head, Sample, Value
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.sql import queries

FILE = "sizes.sqlite"
_DAY = 24 * HOUR
_MONTH = 30 * _DAY
# What is known of less time is no growth of a day, or of a month, yet.
_LEAST = {_DAY: 6 * HOUR, _MONTH: 7 * _DAY}
_TABLES = 100
_LOOKED_AT = 1_000  # tables whose size is asked for, by the pages that statistics tell of
_PATIENCE = 10.0

_OVER_TIME = (Head("time", "timestamp with time zone", "time"), Head("size", "bigint", "number"))
_BY_NAME = (
    Head("name", "text", "text"),
    Head("size", "bigint", "number"),
    Head("per day", "bigint", "number"),
    Head("per month", "bigint", "number"),
    Head("since", "timestamp with time zone", "time"),
)


@dataclass(frozen=True, slots=True)
class Grown:
    """Bytes: of the newest reading, and by how many it grows a day and a month of 30 days; `since` the first reading.

    None where too little time is known: less than 6 hours for a day, less than 7 days for a month.
    """

    size: int
    day: int | None
    month: int | None
    since: datetime


def grown(readings: Sequence[Reading]) -> Grown:
    """Return the growth that readings tell of, oldest first, one at least.

    >>> grown([(0, 1000), (86_400, 1500), (172_800, 1700)])
    Grown(size=1700, day=200, month=None, since=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))
    """
    return Grown(readings[-1][1], _over(readings, _DAY), _over(readings, _MONTH), _moment(readings[0][0]))


def _over(readings: Sequence[Reading], span: int) -> int | None:
    """Return the growth over a span that ends with the newest reading.

    It begins with the last reading that is old enough, else with the first, and is made as long as the span.
    """
    now, size = readings[-1]
    began, before = next((each for each in reversed(readings) if each[0] <= now - span), readings[0])
    elapsed = now - began
    return round((size - before) * span / elapsed) if elapsed >= _LEAST[span] else None


class Growth:
    """Takes the reading of each hour, and shows all of them in panels with the option `growth`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Prepare; the file is in the state folder."""
        self._file = paths.state_dir(environ) / FILE
        self._sizes: Sizes | None = None
        self._asked = -1  # the hour, by our clock, in which the server was asked: its own may be another
        self._turn = asyncio.Lock()

    async def keep(self, session: Session) -> Sizes:
        """Take the reading of this hour, if nobody has; return all there are.

        Raises UsageError when the file cannot be used, StatementFailed and its kin, ConnectionFailed.
        """
        async with self._turn:
            if self._sizes is None:
                self._sizes = Sizes(self._file, await _place(session))
            sizes = self._sizes
            hour = int(time.time()) // HOUR
            if hour != self._asked and await asyncio.to_thread(sizes.due, time.time()):
                at, found = await _read(session)
                await asyncio.to_thread(sizes.keep, at, found)
                self._asked = hour
        return sizes

    async def read(self, session: Session, panel: Panel) -> Sample:
        """Return what a panel shows: the database's size over time, or each name with its growth (kind table).

        Raises what `keep` raises; `more` tells nothing here.
        """
        began, at = time.monotonic(), time.time()
        sizes = await self.keep(session)
        tables = panel.options["growth"] == "tables"
        readings = await asyncio.to_thread(_readings, sizes, None if tables else DATABASE, at)
        if panel.kind is not Kind.TABLE:
            return Sample(_OVER_TIME, _over_time(readings[DATABASE]), at, began, time.monotonic() - began)
        rows = _by_name(readings, tables=tables, database=session.target.database)
        return Sample(_BY_NAME, rows, at, began, time.monotonic() - began)


async def _place(session: Session) -> str:
    """Return what tells the database from others; where the server does not say, the way to it does."""
    try:
        [[(place,)]] = await session.read(Query(queries.load("growth/place")), doing="asking which database this is")
    except StatementFailed:
        params = session.target.params
        return "/".join(params.get(key, "") for key in ("host", "port", "dbname"))
    return str(place)


async def _read(session: Session) -> tuple[float, dict[str, int]]:
    asked = Query(queries.load("growth/sizes"), {"looked_at": _LOOKED_AT, "most": _TABLES})
    clock = Query(queries.load("session/clock"))
    [[(at,)], rows] = await session.read(clock, asked, timeout=_PATIENCE, doing="reading the sizes of tables")
    return at, {DATABASE if name is None else name: size for name, size in rows}


def _readings(sizes: Sizes, name: str | None, now: float) -> dict[str, list[Reading]]:
    """Return readings up to now; all of them where the server's clock is so far ahead that none is of before."""
    found = sizes.readings(name, until=now + HOUR)
    return found if DATABASE in found else sizes.readings(name)


def _over_time(readings: Sequence[Reading]) -> tuple[tuple[Value, ...], ...]:
    return tuple((_moment(at), size) for at, size in readings)


def _by_name(
    readings: Mapping[str, Sequence[Reading]], *, tables: bool, database: str
) -> tuple[tuple[Value, ...], ...]:
    """Return rows of what is still there, the largest first."""
    newest = max(at for each in readings.values() for at, _ in each)
    found = {name: grown(each) for name, each in readings.items() if each[-1][0] == newest and bool(name) == tables}
    order = sorted(found.items(), key=lambda each: -each[1].size)
    return tuple((name or database, each.size, each.day, each.month, each.since) for name, each in order)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
