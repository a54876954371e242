"""What a chart makes of rows that are all known is what the server would give; else the server is asked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from console.config.profile import Target
from console.dashboards.charting import charting
from console.dashboards.charting.chart import STEPS, Chart, Gather
from console.dashboards.charting.gathering import gathered
from console.dashboards.charting.looking import Charted, draw, look_at_statement, read
from console.dashboards.charting.proposing import gathered as otherwise
from console.dashboards.definition import Kind
from console.dashboards.sample import Sample, Value
from console.db.session import Session
from tests.databases import Databases

# Rows that share their places, days of several years, NULL of each kind, and sums beyond what an integer holds.
ROWS = """SELECT {at} AS at, CASE WHEN n % 7 > 0 THEN 'name ' || n % 4 END AS name, n % 3 = 0 AS is_third,
  CASE WHEN n % 5 > 0 THEN n * 100000000 END AS whole, n * 1.25 AS cost, NULL::bigint AS unknown, n % 6 AS hour
FROM generate_series(1, 21) AS n"""
TIMES = {
    "days": "'2024-02-20'::date + n * 9",
    "moments": "'2026-03-28 22:10+00'::timestamptz + n * interval '37 minutes'",
    "without a zone": "'2025-12-20 10:00'::timestamp + n * interval '1 day 40 seconds'",
}


@pytest.mark.parametrize("at", TIMES.values(), ids=list(TIMES))
async def test_it_is_what_the_server_gives(database: Target, at: str) -> None:
    """Every kind, gathered in every way and cut to every step."""
    async with await Session.open(database) as session:
        charted = await look_at_statement(session, ROWS.format(at=at), "rows")
        for chart in ways(charted):
            known = gathered(charted.source, chart, charted.rows)
            assert known is not None, chart
            asked = await read(session, charting.panel(charted.source, chart))
            assert known.heads == asked.heads, chart
            assert places(known, chart) == places(asked, chart), chart


def ways(charted: Charted) -> list[Chart]:
    found = []
    for chart in charted.charts:
        gathers = (otherwise(chart, way, charted.rows) for way in Gather) if chart.kind is not Kind.TABLE else ()
        for each in (chart, *filter(None, gathers)):
            over_time = each.kind is Kind.LINE and each.gather is not Gather.EACH
            steps = ("", *STEPS) if over_time else (each.step,)
            found += [Chart(each.kind, each.columns, each.numbers, each.gather, step) for step in steps]
    assert len(found) > 40
    return found


def places(sample: Sample, chart: Chart) -> list[tuple[Value, ...]]:
    """Return the rows, with numbers as exact as a picture needs; their order counts where the statement has one."""
    rows = [tuple(round(each, 9) if isinstance(each, Decimal) else each for each in row) for row in sample.rows]
    by = [head.name for head in sample.heads]
    ordered = chart.kind is Kind.BAR or "time" in chart.columns
    at = len(by) - 1 if chart.kind is Kind.BAR else by.index(chart.columns["time"]) if ordered else 0
    return [(row[at],) for row in rows] * ordered + sorted(rows, key=str)


BEYOND = {
    "more than were looked at": "SELECT n % 3 || 'x' AS name, n FROM generate_series(1, 3000) AS n",
    "a time that Python has not": "SELECT CASE n % 2 WHEN 0 THEN 'infinity' ELSE 'today' END::date AS at, n "
    "FROM generate_series(1, 9) AS n",
    "floats": "SELECT n % 3 || 'x' AS name, n / 7.0::float8 AS v FROM generate_series(1, 9) AS n",
    "no number": "SELECT n % 3 || 'x' AS name, 'NaN'::numeric * n AS v FROM generate_series(1, 9) AS n",
    "a type of its own": "SELECT ('{sad,ok}'::mood[])[1 + n % 2] AS name, n FROM generate_series(1, 9) AS n",
}


@pytest.mark.parametrize("sql", BEYOND.values(), ids=list(BEYOND))
async def test_the_server_is_asked(make_database: Callable[..., Target], sql: str) -> None:
    async with await Session.open(make_database("CREATE TYPE mood AS ENUM ('sad', 'ok')")) as session:
        charted = await look_at_statement(session, sql, "rows")
        chart = Chart(Kind.BAR, {"label": charted.source.columns[0]}, (charted.source.columns[1],), Gather.SUM)
        assert gathered(charted.source, chart, charted.rows) is None
        drawn = await draw(session, charted, chart)
        assert str(drawn.rows) == str((await read(session, charting.panel(charted.source, chart))).rows)


async def test_what_was_looked_at_is_not_read_again(database: Target, databases: Databases) -> None:
    """However it is drawn: a view may be slow, and here it is gone by then."""
    with databases.connect(database) as connection:
        connection.execute(f"CREATE VIEW sale AS {ROWS.format(at=TIMES['days'])}".encode())
        async with await Session.open(database) as session:
            charted = await look_at_statement(session, "SELECT * FROM sale", "sales")
            connection.execute("DROP VIEW sale")
            for chart in ways(charted):
                assert (await draw(session, charted, chart)).rows
