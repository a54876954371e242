"""kimbleai's sample costs: what a call costs, which sums raised an alert, and the same on any day it is loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
import pytest

from tests.systems import kimbleai
from tests.systems.kimbleai_times import ends

SYSTEM = kimbleai.SYSTEM
Connection = psycopg.Connection[Any]

pytestmark = pytest.mark.vector

PRICES = {
    "text-embedding-3-small": ("0.02", "0.02", "0"),
    "gpt-4o-mini": ("0.15", "0.075", "0.60"),
    "gpt-4o": ("2.50", "1.25", "10.00"),
    "claude-3-5-sonnet": ("3.00", "0.30", "15.00"),
    "whisper-1": ("0", "0", "0"),
}
"""Dollars for a million tokens: read, read from a cache, written."""


class TestCosts:
    def test_a_call_costs_what_its_model_takes(self, connection: Connection) -> None:
        rows = connection.execute(
            "SELECT model, input_tokens, output_tokens, cached, cost_usd, coalesce((metadata ->> 'seconds')::int, 0)"
            " FROM public.api_cost_tracking"
        ).fetchall()
        assert {row[0] for row in rows} == set(PRICES)
        for model, read, written_, cached, cost, seconds in rows:
            fresh, again, answer = map(Decimal, PRICES[model])
            expected = (read * (again if cached else fresh) + written_ * answer) / 1_000_000
            expected += Decimal(seconds) * Decimal("0.0001")
            assert abs(cost - expected) <= Decimal("0.000001"), model

    def test_alerts_stand_where_the_sums_cross_a_share_of_a_limit(self, connection: Connection) -> None:
        assert _alerts(connection) == _expected_alerts(connection)

    def test_the_loop_is_the_dearest_day_and_raised_the_alarm(self, connection: Connection) -> None:
        days: dict[date, Decimal] = defaultdict(Decimal)
        for at, cost in connection.execute('SELECT "timestamp", cost_usd FROM public.api_cost_tracking'):
            days[at.astimezone(UTC).date()] += cost
        dearest = max(days, key=lambda day: days[day])
        others = sorted(total for day, total in days.items() if day != dearest)
        assert days[dearest] > 5 * others[-1]
        assert dearest.weekday() == 1
        emergencies = connection.execute(
            "SELECT period FROM public.budget_alerts WHERE severity = 'emergency'"
            " AND (\"timestamp\" AT TIME ZONE 'UTC')::date = %s",
            [dearest],
        )
        assert {"hour", "day"} <= {period for (period,) in emergencies}

    @pytest.mark.parametrize(
        "now",
        ["2026-02-28 23:59:00+00", "2027-01-01 00:00:20+00", "2026-10-31 21:00:00+00"],
        ids=["end of a short month", "first seconds of a year", "a Saturday at the end of a month"],
    )
    def test_whenever_it_is_loaded_a_month_costs_a_part_of_the_limit(self, connection: Connection, now: str) -> None:
        _load_at(connection, now)
        at = datetime.fromisoformat(now)
        assert _counts(connection) == dict(SYSTEM.rows)
        assert _alerts(connection) == _expected_alerts(connection)
        for table, column, latest, earliest in ends(connection):
            assert at - timedelta(days=120) <= earliest <= latest <= at, (table, column)
        for user, limit in (("admin", 60), ("user", 20)):
            [(spent,)] = connection.execute(
                "SELECT public.get_spending_since(date_trunc('month', %s::timestamptz, 'UTC'), %s)", [at, user]
            ).fetchall()
            share = 100 * spent / limit
            assert 40 <= share <= 95 if at.day > 27 else share <= 10, (user, share)


def _load_at(connection: Connection, now: str) -> None:
    """Load the data anew as if it were then."""
    for table in ("users", "auth_logs", "zapier_webhook_logs"):
        connection.execute(f"DELETE FROM public.{table}".encode())
    text = (SYSTEM.folder / "data.sql").read_text()
    connection.execute(text.replace("now()", f"timestamptz '{now}'").encode())


def _counts(connection: Connection) -> dict[str, int]:
    return {
        table: connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchall()[0][0] for table in SYSTEM.rows
    }


Alert = tuple[str, str, str, datetime, Decimal, Decimal]


def _alerts(connection: Connection) -> list[Alert]:
    return sorted(
        connection.execute(
            'SELECT user_id, period, severity, "timestamp", spent_usd, percent_used FROM public.budget_alerts'
        ).fetchall()
    )


def _expected_alerts(connection: Connection) -> list[Alert]:
    """Return every crossing of an hour's or a day's limit, and the newest of a month's, twelve in all."""
    crossed = list(_crossings(connection))
    short = [each for each in crossed if each[1] != "month"]
    months = sorted((each for each in crossed if each[1] == "month"), key=lambda each: each[3])
    assert len(short) == 6
    assert len(months) >= 6
    return sorted(short + months[-6:])


def _crossings(connection: Connection) -> Iterable[Alert]:
    limits = connection.execute(
        "SELECT user_id, hourly_limit, daily_limit, monthly_limit, alert_at_percent FROM public.budget_config"
    ).fetchall()
    bounds = {user: dict(zip(("hour", "day", "month"), amounts, strict=True)) for user, *amounts, _ in limits}
    shares = {row[0]: row[-1] for row in limits}
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for user, at, cost in connection.execute(
        'SELECT user_id, "timestamp", cost_usd FROM public.api_cost_tracking ORDER BY "timestamp", id'
    ):
        for period, form in (("hour", "%Y-%m-%d %H"), ("day", "%Y-%m-%d"), ("month", "%Y-%m")):
            limit = bounds[user][period]
            if limit is None:
                continue
            key = (user, period, at.astimezone(UTC).strftime(form))
            before, sums[key] = sums[key], sums[key] + cost
            for share in shares[user]:
                if before < limit * share / 100 <= sums[key]:
                    severity = {50: "warning", 80: "critical", 100: "emergency"}[share]
                    yield user, period, severity, at, _cents(sums[key]), _cents(sums[key] / limit * 100)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
