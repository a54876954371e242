"""Reads the panels of one dashboard, over connections of its own.

There are two of them unless told otherwise, opened when they are needed: a slow panel then holds up neither the other
panels nor whoever uses the session. Each statement holds a connection for one transaction, so that behind a pooler a
pool of any size will do.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from console.dashboards import parameters
from console.dashboards.definition import Dashboard, Kind, Origin, Panel, Parameter
from console.dashboards.files.file import gives
from console.dashboards.reading.admitting import Admission
from console.dashboards.reading.clock import ServerClock
from console.dashboards.reading.connections import Connections
from console.dashboards.reading.growth import Growth
from console.dashboards.reading.rates import rates
from console.dashboards.reading.reading import read_panel
from console.dashboards.reading.sharing import Shared, only
from console.dashboards.sample import Failed, Sample
from console.db.query import Query
from console.db.session import Session
from console.errors import ConsoleError, TimedOut, UsageError
from console.sql import queries
from console.text import duration, sanitize

_BY_HAND = 0.0
BETWEEN = 1.0  # seconds between the two readings that make a first rate
_SHARE = 0.8  # of the time between two readings, which a statement may take
_LEAST = 0.5
_USUAL_LIMIT = 15.0  # seconds, where no profile says otherwise
_CHOICES = 500


class Reader:
    """The way to what the panels of a dashboard show.

    With `share` the session itself is read with too, for whoever has it for nothing else. Close it at the end, or use
    it as a context.
    """

    def __init__(
        self,
        session: Session,
        dashboard: Dashboard,
        *,
        connections: int = 2,
        share: bool = False,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.session = session
        self.dashboard = dashboard
        self._growth = Growth(environ)
        self._connections = Connections(session, connections, share=share)
        self._names = tuple(name for each in dashboard.parameters for name in gives(each))
        self._clock = ServerClock()
        self._shared = Shared()
        self._admission: Admission | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the connections; the session stays open."""
        await self._connections.close()

    async def cancel(self) -> bool | None:
        """Cancel what is being read: whether the server has confirmed all of it, None when nothing is."""
        return await self._connections.cancel()

    async def read(self, panel: Panel, chosen: Mapping[str, str], *, refresh: float | None = None) -> Sample:
        """Read a panel with what was chosen (`parameters.chosen`), counters as they are.

        `refresh` is how many seconds lie between two readings where that is not the file's own; a statement that takes
        longer than most of it is ended. Panels of one statement that are asked for at one time share its reading.
        Raises Refused and its kin for what may write, StatementFailed and its kin, ConnectionFailed.
        """
        if "growth" in panel.options:
            async with self._connections.one() as session:
                return await self._growth.read(session, panel)
        limit = self.limit(panel, refresh)
        same = (panel.sql, panel.newer, panel.kind is Kind.TABLE, limit, tuple(sorted(chosen.items())))
        sample = only(await self._shared.read(same, lambda: self._read(panel, chosen, limit, refresh)), panel)
        _must_have(sample, panel)
        return sample

    async def _read(
        self, panel: Panel, chosen: Mapping[str, str], limit: float | None, refresh: float | None
    ) -> Sample:
        async with self._connections.one() as session:
            values = parameters.values(self.dashboard, chosen, await self._now(session))
            here, ours = panel.at(_major(session)), self.dashboard.origin is Origin.SHIPPED
            await self._admit(session, here.sql)
            try:
                sample = await read_panel(session, here, values, timeout=limit, ours=ours)
            except TimedOut as error:
                raise self._explained(error, panel, refresh) from error.__cause__
        self._clock.learn(sample.at, sample.monotonic)
        return sample

    async def remember(self) -> None:
        """Take the hour's reading of sizes, where the dashboard shows growth. Raises what reading raises."""
        if any("growth" in panel.options for panel in self.dashboard.panels.values()):
            async with self._connections.one() as session:
                await self._growth.keep(session)

    async def choices(self, parameter: Parameter) -> tuple[tuple[str, str], ...]:
        """Return what may be chosen, as value and label: the file's choices, then the database's; 500 at most."""
        if not parameter.sql:
            return parameter.choices
        asked = Panel(parameter.id, parameter.title, Kind.TABLE, parameter.sql)
        async with self._connections.one() as session:
            await self._now(session)
            await self._admit(session, parameter.sql)
            sample = await read_panel(session, asked, dict.fromkeys(self._names))
        labels = dict(parameter.choices)
        for value, *_, label in (row if len(row) > 1 else row * 2 for row in sample.rows[:_CHOICES]):
            if value is not None:
                labels.setdefault(str(value), str(value if label is None else label))
        return tuple(labels.items())

    def limit(self, panel: Panel, refresh: float | None = None) -> float | None:
        """Return the seconds that a panel's statement may take: fewer than lie between two of them; None by hand."""
        seconds = interval(self.dashboard, panel, refresh)
        if not seconds:
            return None
        return max(min(seconds * _SHARE, self._usual_limit or seconds), _LEAST)

    def _explained(self, error: TimedOut, panel: Panel, refresh: float | None) -> TimedOut:
        """Say why a statement may not take longer, where it is not the profile that says so."""
        limit, seconds = self.limit(panel, refresh), interval(self.dashboard, panel, refresh)
        if limit is not None and limit < seconds and limit != self._usual_limit:
            every = f"It may take {duration(limit)}, since it is read every {duration(seconds)}"
            error.hint = f"{every}: read it less often."
        return error

    @property
    def _usual_limit(self) -> float:
        profile = self.session.target.profile
        return profile.statement_timeout if profile else _USUAL_LIMIT

    async def _now(self, session: Session) -> datetime:
        """Return the server's clock; asks for it at first, from which also its version is known."""
        now = self._clock.now() if session.server is not None else None
        if now is None:
            began = time.monotonic()
            [[(at,)]] = await session.read(Query(queries.load("session/clock")), doing="reading the server's clock")
            self._clock.learn(at, began)
            now = datetime.fromtimestamp(at, UTC)
        return now

    async def _admit(self, session: Session, sql: str) -> None:
        if self._admission is None:
            self._admission = Admission(self.dashboard.at(_major(session)), self._names)
        await self._admission.admit(session, sql)


def _must_have(sample: Sample, panel: Panel) -> None:
    """Raise UsageError when the rest of a panel of counters is to be shares of what its statement does not give."""
    whole = panel.options.get("of") if panel.rate else None
    if whole is not None and whole not in [head.name for head in sample.heads if head.role == "number"]:
        raise UsageError(
            f"The statement of {sanitize(panel.title)} gives no number {sanitize(str(whole))}.",
            hint="The option of names a column.",
        )


def _major(session: Session) -> int:
    assert session.server is not None, "the server's clock was read before"
    return session.server.major


def interval(dashboard: Dashboard, panel: Panel, refresh: float | None = None) -> float:
    """Return the seconds between two readings of a panel, 0 for by hand.

    `refresh` is in place of the file's own; a panel that is read by hand in the file stays so.
    """
    own = dashboard.refresh if panel.refresh is None else panel.refresh
    return own if refresh is None or panel.refresh == 0 else refresh


async def read_all(
    reader: Reader, chosen: Mapping[str, str], panels: Iterable[Panel] | None = None
) -> dict[str, Sample | Failed]:
    """Read panels once, all of the dashboard unless some are given, and return what each gave, by id.

    Counters are read twice, a second apart, and come as rates. A statement has the profile's time, as no other comes
    after it. Nothing is raised: what fails is in the result.
    """
    wanted = list(reader.dashboard.panels.values() if panels is None else panels)
    found = await asyncio.gather(*(_once(reader, panel, chosen) for panel in wanted))
    return {panel.id: each for panel, each in zip(wanted, found, strict=True)}


async def _once(reader: Reader, panel: Panel, chosen: Mapping[str, str]) -> Sample | Failed:
    try:
        sample = await reader.read(panel, chosen, refresh=_BY_HAND)
        if not panel.rate:
            return sample
        await asyncio.sleep(max(0.0, sample.monotonic + BETWEEN - time.monotonic()))
        return rates(sample, await reader.read(panel, chosen, refresh=_BY_HAND), panel)
    except ConsoleError as error:
        return Failed(error, time.time(), None)
