"""Reads panels: each statement alone, in a short read-only transaction, bounded in time, rows and bytes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping

from console.dashboards.definition import Kind, Panel
from console.dashboards.parameters import sendable
from console.dashboards.reading import loading
from console.dashboards.reading.placing import placed
from console.dashboards.sample import Sample
from console.db.query import Batch, Columns, Query
from console.db.query import sendable as for_driver
from console.db.session import Session
from console.errors import StatementFailed, UsageError
from console.text import sanitize

MOST_ROWS = 5_000
MOST_BYTES = 4 << 20


async def read_panel(
    session: Session,
    panel: Panel,
    values: Mapping[str, object],
    *,
    timeout: float | None = None,
    ours: bool = False,
) -> Sample:
    """Run a panel's statement and return its rows: at most 5,000, and 4 MB.

    `timeout` is seconds, the profile's without it. What is `ours` is committed, so that watching a server adds nothing
    to its rollbacks; what others wrote is rolled back, whatever it did. The guard is the caller's, see `admitting`.
    Raises StatementFailed and its kin, ConnectionFailed, UsageError for a statement that gives no columns.
    """
    began = time.monotonic()
    doing = f"reading {sanitize(panel.title)}"
    try:
        columns, found, more = await _rows(session, _query(panel.sql, values, ours=ours), timeout, doing)
    except StatementFailed as error:
        raise placed(error, doing, panel.sql, values) from error.__cause__
    if not columns.columns:
        raise UsageError(f"The statement of {sanitize(panel.title)} gives no columns, so there is nothing to draw.")
    heads = loading.heads(columns.columns)
    rows = loading.rows(heads, found, as_written=panel.kind is Kind.TABLE)
    return Sample(heads, rows, columns.at, columns.monotonic, time.monotonic() - began, more, columns.started)


def _query(sql: str, values: Mapping[str, object], *, ours: bool) -> Query:
    return Query(for_driver(sendable(sql, values)), values, own_path=True, reckoned=True, committed=ours)


async def _rows(session: Session, query: Query, timeout: float | None, doing: str) -> tuple[Columns, Batch, bool]:
    """Return the columns, the rows there is room for, and whether there are more. Left early, the server stops."""
    columns, found, room = Columns(()), Batch(), MOST_BYTES
    async with contextlib.aclosing(session.stream(query, timeout=timeout, doing=doing)) as parts:
        async for part in parts:
            if isinstance(part, Columns):
                columns = part
                continue
            for row in part:
                room -= sum(map(len, filter(None, row)))
                if len(found) >= MOST_ROWS or room < 0:
                    return columns, found, True
                found.append(row)
    return columns, found, False
