"""This month and today at the edges of months and years, by hand: a call each hour, of which each costs one dollar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards import parameters
from tests.dashboards.shipped import dashboard, opened
from tests.databases import Databases

pytestmark = pytest.mark.vector

COST = dashboard("cost")
EMPTY = """
TRUNCATE public.api_cost_tracking, public.budget_config;
INSERT INTO public.budget_config (user_id, monthly_limit) SELECT min(id), 1000 FROM public.users;
"""
CALLS = """
INSERT INTO public.api_cost_tracking (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, "timestamp")
SELECT (SELECT min(id) FROM public.users), 'm', '/e', 1, 1, 1, h
FROM generate_series(%s::timestamptz, %s::timestamptz - interval '1 hour', interval '1 hour') AS h
"""


@pytest.fixture(scope="module")
def hourly(databases: Databases) -> Iterator[psycopg.Connection[tuple[Decimal, ...]]]:
    """Return a connection to a database with a call at each full hour around a turn of the year and a leap day."""
    target: Target = databases.make("kimbleai")
    with opened(databases.connect, target) as connection:
        connection.execute(EMPTY)
        for first, behind in (("2026-10-01", "2027-04-01"), ("2028-01-01", "2028-04-01")):
            connection.execute(CALLS.encode(), [f"{first} 00:00+00", f"{behind} 00:00+00"])
        yield connection
    databases.drop(target)


# The hours of the month (those to come count as well), and of last month until the same moment.
MONTHS = [
    ("2027-03-31 12:30", 31 * 24, 28 * 24),  # beyond the end of February: all of it
    ("2027-03-28 12:30", 31 * 24, 27 * 24 + 13),
    ("2028-03-29 00:30", 31 * 24, 28 * 24 + 1),  # a leap year has that day
    ("2028-03-30 00:30", 31 * 24, 29 * 24),
    ("2028-02-29 23:30", 29 * 24, 29 * 24),
    ("2026-12-31 23:30", 31 * 24, 30 * 24),
    ("2027-01-01 00:30", 31 * 24, 1),  # of another year
    ("2027-03-01 00:00", 31 * 24, None),  # not a moment of it has passed, and none of last month's
    ("2026-10-31 23:30", 31 * 24, None),  # nothing is known of September
]


@pytest.mark.parametrize(("now", "value", "before"), MONTHS)
def test_this_month(hourly: psycopg.Connection[tuple[Decimal, ...]], now: str, value: int, before: int | None) -> None:
    rows = read(hourly, "month", now)
    assert [(row[2], row[3]) for row in rows if row[0] == "month"] == [(value, before)]
    assert [row[2] for row in rows if row[0] == "budget"] == [value]


DAYS = [
    ("2027-03-01 05:30", 6),  # the day before is of another month
    ("2028-03-01 00:30", 1),  # of the leap day
    ("2027-01-01 23:30", 24),
    ("2027-03-28 03:30", 4),  # summer time begins in Europe, not here
]


@pytest.mark.parametrize(("now", "before"), DAYS)
def test_today(hourly: psycopg.Connection[tuple[Decimal, ...]], now: str, before: int) -> None:
    rows = read(hourly, "today", now)
    assert [row[1] for row in rows] == [24] * 8
    assert [row[2] for row in rows] == [None] * 7 + [before]


def read(connection: psycopg.Connection[tuple[Decimal, ...]], panel: str, now: str) -> list[tuple[Decimal, ...]]:
    """Read a panel as if it were another moment."""
    values = parameters.values(COST, parameters.chosen(COST, {}), datetime.now(UTC))
    sql = COST.panels[panel].sql.replace("now()", f"'{now}+00'::timestamptz")
    return connection.execute(parameters.sendable(sql, values).encode(), values).fetchall()
