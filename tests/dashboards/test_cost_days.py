"""The dashboard cost wherever the server believes itself to be: days and months are UTC, reckoned here by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from console.config.profile import Target
from tests.dashboards.shipped import dashboard, opened, reading
from tests.databases import Databases

pytestmark = pytest.mark.vector

DAY = timedelta(days=1)
COST = dashboard("cost")
# Every seven hours, so that each hour of the day has calls; and the first and last moment of this day and this month.
CALLS = """
TRUNCATE public.api_cost_tracking;
INSERT INTO public.api_cost_tracking (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, "timestamp")
SELECT (SELECT min(id) FROM public.users), 'm', '/e', 1, 1, (n % 97 + 1) / 100.0, c.at
FROM (
    SELECT row_number() OVER (ORDER BY e.at), e.at
    FROM (
        SELECT generate_series(now() - interval '100 days', now() - interval '1 minute', interval '7 hours')
        UNION
        SELECT date_trunc(word, now(), 'UTC') + moment * interval '1 microsecond'
        FROM unnest('{day,month}'::text[]) AS word, unnest('{0,-1}'::int[]) AS moment
    ) AS e (at)
) AS c (n, at)
"""


@pytest.fixture(scope="module")
def calls(databases: Databases) -> Iterator[tuple[Target, list[tuple[datetime, Decimal]]]]:
    """Return a database with calls of a hundred days, and these as moment and cost."""
    target = databases.make("kimbleai")
    with opened(databases.connect, target) as connection:
        connection.execute(CALLS)
        rows = connection.execute('SELECT "timestamp", cost_usd FROM public.api_cost_tracking').fetchall()
    yield target, [(at.astimezone(UTC), cost) for at, cost in rows]
    databases.drop(target)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin", "Pacific/Pago_Pago"])
def test_wherever_the_server_is(
    calls: tuple[Target, list[tuple[datetime, Decimal]]], databases: Databases, zone: str
) -> None:
    """A day is 24 hours from midnight UTC, in summer and in winter."""
    target, spent = calls
    with databases.connect(target) as connection:
        connection.execute(f"ALTER DATABASE {target.database} SET timezone = '{zone}'".encode())
    found = reading(target, COST, {"period": "90d"})
    now = found.values["until"].astimezone(UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)

    def between(since: datetime, until: datetime) -> Decimal:
        return sum((cost for at, cost in spent if since <= at < until), Decimal())

    days = [(day, between(day, day + DAY)) for day in (midnight - back * DAY for back in range(90, -1, -1))]
    assert [(day, cost) for day, cost in found.samples["days"].rows] == days
    *before, today = found.samples["today"].rows
    assert [row[:2] for row in before] == days[-8:-1]
    assert today == (*days[-1], between(midnight - DAY, now - DAY) or None)
    assert found.samples["month"].rows[0][1] == between(midnight.replace(day=1), now)
