"""The dashboard cost: budgets of every kind, months that begin and end, and how it reads very many calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards import parameters
from console.dashboards.drawing.draw import draw
from console.dashboards.reading.sharing import in_turn
from console.dashboards.sample import Sample
from console.dashboards.severity import of
from console.drawing.picture import Role, plain
from tests.dashboards.shipped import dashboard, opened, reading
from tests.databases import Databases

pytestmark = pytest.mark.vector

COST = dashboard("cost")
PEOPLE = """
TRUNCATE public.api_cost_tracking, public.budget_config, public.budget_alerts;
INSERT INTO public.users (id, email, name)
SELECT word, word || '@example.com', initcap(word) FROM unnest('{ada,bob,cleo,dan}'::text[]) AS word;
"""
# In a month's first moments it is the month before as well; what is spent at its very beginning is spent this month.
SPENT = """
INSERT INTO public.api_cost_tracking (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, "timestamp")
SELECT %s, 'm', '/e', 1, 1, %s, date_trunc('month', now(), 'UTC') + %s * interval '1 second'
"""


@pytest.fixture(scope="module")
def kimbleai(databases: Databases) -> Iterator[Target]:
    """Return a database in which nobody has spent anything, and there are no budgets."""
    target = databases.make("kimbleai")
    with opened(databases.connect, target) as connection:
        connection.execute(PEOPLE)
    yield target
    databases.drop(target)


@pytest.fixture
def connection(databases: Databases, kimbleai: Target) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to it; what a test writes is taken away."""
    with opened(databases.connect, kimbleai) as opened_:
        yield opened_
        opened_.execute("TRUNCATE public.api_cost_tracking, public.budget_config, public.budget_alerts")


def sample(target: Target, panel: str, **said: str) -> Sample:
    return reading(target, COST, said).samples[panel]


def picture(target: Target, panel: str, **said: str) -> list[str]:
    shown = draw(COST.panels[panel], [sample(target, panel, **said)], 70, 12, now=datetime.now(UTC))
    return plain(shown).splitlines()


def budget(connection: psycopg.Connection[Any], user: str, limit: str, marks: str = "{50,80,100}") -> None:
    connection.execute(
        "INSERT INTO public.budget_config (user_id, monthly_limit, alert_at_percent, hard_stop)"
        " VALUES (%s, %s, %s, %s)",
        [user, limit, marks, user == "cleo"],
    )


def test_nobody_has_spent_anything(kimbleai: Target, connection: psycopg.Connection[Any]) -> None:
    assert picture(kimbleai, "budgets") == ["no budget set"]
    assert picture(kimbleai, "alerts") == ["no open alerts"]
    assert sample(kimbleai, "month").rows == ((None, Decimal(0), None, None, None, None),)
    assert {row[-1] for row in sample(kimbleai, "days").rows} == {Decimal(0)}
    assert not sample(kimbleai, "days", period="all").rows


BUDGETS = [
    # who, spent, limit, marks: name, per cent, what is said, how bad it is
    ("ada", "29.99", "60.00", "{50,80,100}", "50 %", Role.OK),
    ("ada", "30.00", "60.00", "{50,80,100}", "50 %", Role.WARN),
    ("ada", "41.20", "60.00", "{80}", "68.7 %", Role.OK),
    ("ada", "59.90", "60.00", "{80}", "99.8 %", Role.WARN),
    ("ada", "60.00", "60.00", "{80}", "100 %", Role.CRIT),
    ("ada", "61.80", "60.00", "{80}", "103 %", Role.CRIT),
    ("ada", "47.00", "60.00", "{}", "78.3 %", Role.OK),
    ("ada", "48.00", "60.00", "{}", "80 %", Role.WARN),
    ("ada", "0", "60.00", "{80}", "0 %", Role.OK),
]


@pytest.mark.parametrize(("who", "spent", "limit", "marks", "said", "role"), BUDGETS)
def test_a_budget(
    kimbleai: Target,
    connection: psycopg.Connection[Any],
    who: str,
    spent: str,
    limit: str,
    marks: str,
    said: str,
    role: Role,
) -> None:
    budget(connection, who, limit, marks)
    connection.execute(SPENT, [who, spent, 0])
    found = sample(kimbleai, "budgets")
    assert of(COST.panels["budgets"], [found]) == role
    first = picture(kimbleai, "budgets")[0]
    assert first.startswith("Ada")
    assert f" {said} " in first
    assert f"of $ {limit.removesuffix('.00')}" in first


def test_refunds_and_limits_of_nothing(kimbleai: Target, connection: psycopg.Connection[Any]) -> None:
    """What was paid back is told, and a limit that nobody can keep to is none: not every project forbids them."""
    connection.execute("ALTER TABLE public.api_cost_tracking DROP CONSTRAINT api_cost_tracking_cost_usd_check")
    connection.execute("ALTER TABLE public.budget_config DROP CONSTRAINT IF EXISTS budget_config_monthly_limit_check")
    for who, spent, limit in (("ada", "-5", "60"), ("bob", "7", "-10"), ("cleo", "3", "0"), ("dan", "-2", None)):
        connection.execute(SPENT, [who, spent, 0])
        if limit is not None:
            budget(connection, who, limit)
    found = sample(kimbleai, "budgets")
    names = [head.name for head in found.heads]
    rows = [dict(zip(names, row, strict=True)) for row in found.rows]
    assert {row["label"]: (row["value"], row["limit"]) for row in rows} == {
        "Ada": (-5, 60),
        "Bob": (7, None),
        "Cleo": (3, None),
        "Dan": (-2, None),
    }
    lines = picture(kimbleai, "budgets")
    assert lines[0].startswith("Ada")
    assert sum("no budget set" in line for line in lines) == 3
    assert sample(kimbleai, "month").rows[0][1] == 3


def test_who_has_no_budget_comes_last(kimbleai: Target, connection: psycopg.Connection[Any]) -> None:
    for who, spent in (("ada", "10"), ("bob", "99"), ("cleo", "19")):
        connection.execute(SPENT, [who, spent, 0])
    budget(connection, "ada", "100.00")
    budget(connection, "cleo", "20.00")
    budget(connection, "dan", "5.00")
    found = sample(kimbleai, "budgets")
    names = [head.name for head in found.heads]
    rows = [dict(zip(names, row, strict=True)) for row in found.rows]
    assert [(row["label"], row["value"], row["limit"], row["note"]) for row in rows] == [
        ("Cleo", Decimal(19), Decimal("20.00"), "calls stop at the limit"),
        ("Ada", Decimal(10), Decimal("100.00"), None),
        ("Dan", Decimal(0), Decimal("5.00"), None),
        ("Bob", Decimal(99), None, None),
    ]
    lines = picture(kimbleai, "budgets")
    assert any(line.startswith("Bob") and "no budget set" in line for line in lines)
    assert "alert at 50, 80, 100 %" in "\n".join(lines)
    assert of(COST.panels["budgets"], [found]) == Role.WARN
    assert [row[0] for row in sample(kimbleai, "budgets", user="bob").rows] == ["Bob"]


def test_what_was_spent_before_the_month_is_not_spent_in_it(
    kimbleai: Target, connection: psycopg.Connection[Any]
) -> None:
    budget(connection, "ada", "10.00")
    connection.execute(SPENT, ["ada", "7", -1])
    connection.execute(SPENT, ["ada", "2", 0])
    [row] = sample(kimbleai, "budgets").rows
    assert row[1] == 2
    [(_, value, *_)] = sample(kimbleai, "month").rows
    assert value == 2


def test_alerts_go_when_they_are_acknowledged(kimbleai: Target, connection: psycopg.Connection[Any]) -> None:
    for percent in (50, 80):
        connection.execute(
            "INSERT INTO public.budget_alerts (user_id, severity, period, percent_used, acknowledged, message)"
            " VALUES ('ada', 'warning', 'month', %s, %s, 'so much')",
            [percent, percent == 50],
        )
    [row] = sample(kimbleai, "alerts").rows
    assert row[1:3] == ("Ada", Decimal(80))
    assert not sample(kimbleai, "alerts", user="bob").rows


PERIODS = [("24h", 25, timedelta(hours=1)), ("7d", 8, timedelta(days=1)), ("90d", 91, timedelta(days=1))]


@pytest.mark.parametrize(("period", "steps", "width"), PERIODS)
def test_steps_are_whole_and_none_is_missing(
    kimbleai: Target, connection: psycopg.Connection[Any], period: str, steps: int, width: timedelta
) -> None:
    days = [row[0] for row in sample(kimbleai, "days", period=period).rows]
    assert len(days) == steps
    assert {later - earlier for earlier, later in pairwise(days)} == {width}  # type: ignore[operator]


def test_long_periods_are_told_by_the_month(kimbleai: Target, connection: psycopg.Connection[Any]) -> None:
    for month in (3, 1):
        connection.execute(
            SPENT.replace("+ %s * interval '1 second'", "- %s * interval '1 month'"), ["ada", str(month), month]
        )
    found = sample(kimbleai, "days", period="all")
    assert [row[-1] for row in found.rows] == [3, 0, 1, 0]
    assert all(row[0].day == 1 for row in found.rows if isinstance(row[0], datetime))


MANY = """
INSERT INTO public.users (id, email, name)
SELECT 'u' || n, 'u' || n || '@example.com', 'Person ' || n FROM generate_series(1, 200) AS n;
INSERT INTO public.budget_config (user_id, monthly_limit) SELECT 'u' || n, 50 FROM generate_series(1, 100) AS n;
DROP INDEX
    public.idx_api_cost_user_time, public.idx_api_cost_time, public.idx_api_cost_model_time,
    public.idx_api_cost_endpoint_time, public.idx_api_cost_cost;
ALTER TABLE public.api_cost_tracking DROP CONSTRAINT api_cost_tracking_user_id_fkey;
INSERT INTO public.api_cost_tracking (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, "timestamp")
SELECT
    'u' || 1 + n * 7919 % 200, 'model-' || n % 5, '/endpoint-' || n % 4, n % 9000, n % 1500,
    n * 104729 % 100000 / 1000000.0, now() - n * interval '120 days' / {rows}
FROM generate_series({rows}::bigint, 1, -1) AS n;
CREATE INDEX idx_api_cost_user_time ON public.api_cost_tracking (user_id, "timestamp" DESC);
CREATE INDEX idx_api_cost_time ON public.api_cost_tracking ("timestamp" DESC);
CREATE INDEX idx_api_cost_model_time ON public.api_cost_tracking (model, "timestamp" DESC);
CREATE INDEX idx_api_cost_endpoint_time ON public.api_cost_tracking (endpoint, "timestamp" DESC);
CREATE INDEX idx_api_cost_cost ON public.api_cost_tracking (cost_usd DESC);
"""


@pytest.fixture(
    scope="module", params=[100_000, pytest.param(10_000_000, marks=pytest.mark.slow)], ids=["100 k", "10 M"]
)
def many(databases: Databases, request: pytest.FixtureRequest) -> Iterator[tuple[Target, int]]:
    """Return a database with so many calls in 120 days, as its migrations and four months made it."""
    target = databases.make("kimbleai")
    with databases.connect(target) as connection:
        connection.execute((PEOPLE + MANY.format(rows=request.param)).encode())
        connection.execute("VACUUM (ANALYZE) public.api_cost_tracking")
    yield target, request.param
    databases.drop(target)


Plan = dict[str, Any]


def plans(connection: psycopg.Connection[Any], said: dict[str, str]) -> dict[str, Plan]:
    """Return how the server reads each panel, by name; it is read."""
    values = parameters.values(COST, parameters.chosen(COST, said), datetime.now(UTC))
    explain = "EXPLAIN (ANALYZE, TIMING off, FORMAT json) "
    found = {}
    for name, panel in COST.panels.items():
        [(plan,)] = connection.execute(f"{explain}{parameters.sendable(panel.sql, values)}".encode(), values)
        found[name] = plan[0]["Plan"]
    return found


def nodes(plan: Plan) -> Iterator[Plan]:
    """Return the parts of a plan that were carried out."""
    if plan["Actual Loops"]:
        yield {key: value for key, value in plan.items() if key != "Plans"}
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def scans(plan: Plan) -> list[Plan]:
    """Return the parts of a plan that read the calls."""
    return [node for node in nodes(plan) if node.get("Relation Name") == "api_cost_tracking"]


def rows_read(plan: Plan) -> float:
    """Return how many calls were read."""
    return float(sum(scan["Actual Rows"] * scan["Actual Loops"] for scan in scans(plan)))


@pytest.mark.parametrize("said", [{}, {"user": "u7"}, {"period": "24h"}, {"user": "u7", "period": "7d"}], ids=str)
def test_no_panel_reads_all_calls(many: tuple[Target, int], databases: Databases, said: dict[str, str]) -> None:
    target, rows = many
    with opened(databases.connect, target) as connection:
        for name, plan in plans(connection, said).items():
            read = scans(plan)
            whole = [scan for scan in read if scan["Node Type"] == "Seq Scan"]
            assert not whole, f"{name}: {json.dumps(whole, indent=1)}"
            back = [scan for scan in read if scan.get("Scan Direction") == "Forward" and "_time" in scan["Index Name"]]
            assert name == "calls" or not back, f"{name}, against the order on the disk: {json.dumps(back, indent=1)}"
            assert rows_read(plan) < rows * 0.6, name


OF_ALL = ("days", "people", "models", "endpoints")


def test_all_calls_are_read_once_and_by_several(many: tuple[Target, int], databases: Databases) -> None:
    """Whatever a small table seems worth to the planner: it is asked as if workers were free."""
    with opened(databases.connect, many[0]) as connection:
        connection.execute("SET parallel_setup_cost = 0; SET min_parallel_table_scan_size = 0")
        found = plans(connection, {"period": "all"})
    for name in OF_ALL:
        assert rows_read(found[name]) == pytest.approx(many[1], abs=50), name
    for name in OF_ALL[1:]:
        workers = [node for node in nodes(found[name]) if node.get("Workers Planned")]
        assert workers, f"{name}: {json.dumps(found[name], indent=1)}"


def test_what_is_quick_is_begun_first(many: tuple[Target, int], databases: Databases) -> None:
    """Of all time, what reads most of the calls comes behind what reads some; a statement that is shared is one."""
    with opened(databases.connect, many[0]) as connection:
        read = {name: rows_read(plan) for name, plan in plans(connection, {"period": "all"}).items()}
    order = [panel.id for panel in in_turn(COST.panels.values())]
    assert [read[name] > many[1] * 0.6 for name in order] == [name in OF_ALL for name in order]
    assert set(order[-len(OF_ALL) :]) == set(OF_ALL)


ONCE = """
SELECT
    count(*) FILTER (
        WHERE c."timestamp" >= date_trunc(%(step)s, %(since)s, 'UTC') AND c."timestamp" < %(until)s
    ) AS period,
    count(*) FILTER (
        WHERE date_trunc('month', c."timestamp", 'UTC') = date_trunc('month', now(), 'UTC')
            OR date_trunc('month', c."timestamp", 'UTC') = date_trunc('month', now(), 'UTC') - interval '1 month'
            AND c."timestamp" < now() - interval '1 month'
    ) AS months
FROM public.api_cost_tracking AS c
WHERE coalesce(c.user_id = %(user)s, true)
"""
PASSES = [("30d", "day"), ("24h", "hour")]


@pytest.mark.parametrize("user", ["", "u7"])
@pytest.mark.parametrize(("period", "step"), PASSES)
def test_each_call_is_read_once(
    many: tuple[Target, int], databases: Databases, period: str, step: str, user: str
) -> None:
    said = {"period": period, "user": user}
    with opened(databases.connect, many[0]) as connection, connection.transaction():
        found = plans(connection, said)
        values = parameters.values(COST, parameters.chosen(COST, said), datetime.now(UTC))
        [(calls, of_months)] = connection.execute(ONCE.encode(), {**values, "step": step})
    for name in (*OF_ALL, "month", "budgets"):
        expected = calls if name in OF_ALL else of_months
        assert rows_read(found[name]) == pytest.approx(expected, abs=50), f"{name}: rows are rounded, a loop"


def test_it_is_opened_with_few_passes(many: tuple[Target, int], databases: Databases) -> None:
    """All its statements together read the period three times, both months once, and nine days for today."""
    statements = {panel.sql: name for name, panel in COST.panels.items()}
    with opened(databases.connect, many[0]) as connection, connection.transaction():
        found = plans(connection, {})
        values = parameters.values(COST, parameters.chosen(COST, {}), datetime.now(UTC))
        [(calls, of_months)] = connection.execute(ONCE.encode(), {**values, "step": "day"})
    read = sum(rows_read(found[name]) for name in statements.values())
    assert read < 3 * calls + of_months + many[1] * 9 / 120 + 500
