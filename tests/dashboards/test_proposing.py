"""Which chart is proposed for which columns, and what another choice makes of it; rows are made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from console.dashboards.charting.chart import Chart, Gather
from console.dashboards.charting.proposing import gathered, of_kind, propose
from console.dashboards.charting.traits import traits
from console.dashboards.definition import Kind
from console.dashboards.sample import Head, Sample
from tests.dashboards.samples import sample

DAYS = [date(2026, 11, 1) + timedelta(days=each) for each in range(10)]
EVENTS = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=97 * each) for each in range(300)]
STATES = ("new", "paid", "sent")

PER_DAY = sample("day date,cost", [(day, each) for each, day in enumerate(DAYS)])
PER_DAY_AND_MODEL = sample("day date,model text,calls,cost", [(day, m, 3, 4) for day in DAYS for m in ("a", "b")])
PER_DAY_SEVERAL = sample("day date,reads,writes", [(day, 1, 2) for day in DAYS])
ORDERS = sample("id,at timestamptz,state text,amount", [(n, at, STATES[n % 3], n) for n, at in enumerate(EVENTS)])
FEED = sample("id,who text,at timestamptz", [(n, "ab"[n % 2], at) for n, at in enumerate(EVENTS)])
BY_MODEL = sample("model text,calls,total_cost", [("a", 3, 1.5), ("b", 4, 2.5), ("c", 5, None)])
BY_USER_SEEN = sample(
    "who text,cost,last_seen timestamptz", [("a", 3, EVENTS[0]), ("b", 4, EVENTS[1]), ("c", 5, EVENTS[2])]
)
STATS = sample("users,messages,avg_ms", [(3, 40, 12.5)])
BUDGETS = sample("who text,monthly_limit,spent", [("a", 50, 20), ("b", 100, 30)])
POINTS = sample("tokens,latency_ms", [(n, n * n) for n in range(30)])
ONE_NUMBER = sample("price", [(n,) for n in range(30)])
TWO_NAMES = sample("kind text,state text", [("ab"[n % 2], STATES[n % 3]) for n in range(30)])
DOCUMENTS = sample("id,body text", [(n, f"{n} " * 40) for n in range(30)])
LATENCIES = sample("at timestamptz,endpoint text,latency_ms", [(at, "ab"[n % 2], n) for n, at in enumerate(EVENTS)])
EMPTY = sample("day date,cost", [])
CHANGED = sample("updated_at timestamptz,created_at timestamptz,n", [(at, at, 1) for at in EVENTS[:20]])
LARGE = sample("at timestamptz,amount", [(at, n) for n, at in enumerate(EVENTS)], more=True)

BY_HOUR = sample("hour,calls", [(hour, hour * 2) for hour in range(24)])
BY_HOUR_OF_WEEK = sample("weekday,hour,calls", [(day, hour, 1) for day in range(7) for hour in range(24)])
CONSTANT = sample("a,b,c", [(7, n, n * n) for n in range(9)])
BY_ID = sample("user_id text,total_cost,last_seen timestamptz", [(f"u{n}", n, EVENTS[n]) for n in range(9)])

FIRST = [
    pytest.param(PER_DAY, Chart(Kind.LINE, {"time": "day"}, ("cost",)), id="a time and a number"),
    pytest.param(
        PER_DAY_AND_MODEL, Chart(Kind.LINE, {"time": "day", "series": "model"}, ("cost",)), id="a line for each name"
    ),
    pytest.param(PER_DAY_SEVERAL, Chart(Kind.LINE, {"time": "day"}, ("reads",)), id="a time and numbers"),
    pytest.param(ORDERS, Chart(Kind.LINE, {"time": "at"}, ("amount",), Gather.SUM, "day"), id="many events"),
    pytest.param(FEED, Chart(Kind.LINE, {"time": "at"}, (), Gather.COUNT, "day"), id="events without a number"),
    pytest.param(BY_MODEL, Chart(Kind.BAR, {"label": "model"}, ("total_cost",)), id="a name and a number"),
    pytest.param(BY_USER_SEEN, Chart(Kind.BAR, {"label": "who"}, ("cost",)), id="names that come before a time"),
    pytest.param(BY_HOUR, Chart(Kind.BAR, {"label": "hour"}, ("calls",)), id="a scale and a number"),
    pytest.param(BY_HOUR_OF_WEEK, Chart(Kind.HEAT, {"x": "hour", "y": "weekday"}, ("calls",)), id="two scales"),
    pytest.param(BY_ID, Chart(Kind.BAR, {"label": "user_id"}, ("total_cost",)), id="an id, for want of a name"),
    pytest.param(STATS, Chart(Kind.NUMBER, {}, ("users", "messages", "avg_ms")), id="one row"),
    pytest.param(BUDGETS, Chart(Kind.GAUGE, {"limit": "monthly_limit", "label": "who"}, ("spent",)), id="a limit"),
    pytest.param(POINTS, Chart(Kind.SCATTER, {"x": "tokens", "y": "latency_ms"}), id="two numbers"),
    pytest.param(
        CONSTANT, Chart(Kind.SCATTER, {"x": "b", "y": "c"}), id="two numbers beside one that is always the same"
    ),
    pytest.param(ONE_NUMBER, Chart(Kind.HISTOGRAM, {}, ("price",)), id="one number"),
    pytest.param(TWO_NAMES, Chart(Kind.BAR, {"label": "kind"}, (), Gather.COUNT), id="names only"),
    pytest.param(DOCUMENTS, Chart(Kind.TABLE), id="nothing to draw"),
    pytest.param(
        LATENCIES, Chart(Kind.LINE, {"time": "at"}, ("latency_ms",), Gather.AVERAGE, "day", "ms"), id="no sum of times"
    ),
    pytest.param(EMPTY, Chart(Kind.TABLE), id="no rows"),
    pytest.param(CHANGED, Chart(Kind.LINE, {"time": "created_at"}, ("n",)), id="when it was, not when it was changed"),
    pytest.param(LARGE, Chart(Kind.LINE, {"time": "at"}, ("amount",), Gather.SUM, "day"), id="more rows than known"),
]


@pytest.mark.parametrize(("rows", "expected"), FIRST)
def test_the_likeliest(rows: Sample, expected: Chart) -> None:
    """What one would have drawn by hand stands first."""
    assert propose(rows)[0] == expected


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        pytest.param(ORDERS, "line stacked bar histogram table", id="events"),
        pytest.param(BY_MODEL, "bar scatter table", id="names"),
        pytest.param(PER_DAY_AND_MODEL, "line stacked bar histogram table", id="days and names"),
        pytest.param(STATS, "number table", id="one row"),
        pytest.param(TWO_NAMES, "bar heat table", id="two names"),
    ],
)
def test_all_kinds_that_suit(rows: Sample, kinds: str) -> None:
    """Each kind that suits is proposed, in the order of its likelihood, the table last."""
    assert list(dict.fromkeys(chart.kind for chart in propose(rows))) == kinds.split()


@pytest.mark.parametrize("rows", [each.values[0] for each in FIRST], ids=[each.id for each in FIRST])
def test_none_twice(rows: Sample) -> None:
    """Going through proposals shows something new each time."""
    found = list(propose(rows))
    assert all(chart not in found[place + 1 :] for place, chart in enumerate(found))


@pytest.mark.parametrize(
    ("rows", "kind", "expected"),
    [
        (BY_MODEL, Kind.NUMBER, Chart(Kind.NUMBER, {}, ("total_cost",), Gather.SUM)),
        (POINTS, Kind.BAR, Chart(Kind.BAR, {"label": "tokens"}, ("latency_ms",), Gather.AVERAGE, unit="ms")),
        (BY_MODEL, Kind.LINE, None),
        (ONE_NUMBER, Kind.SCATTER, None),
        (STATS, Kind.GAUGE, Chart(Kind.GAUGE, {"limit": "users"}, ("messages",))),
        (TWO_NAMES, Kind.STACKED, Chart(Kind.STACKED, {"label": "kind", "series": "state"}, (), Gather.COUNT)),
        (ONE_NUMBER, Kind.STACKED, None),
        (DOCUMENTS, Kind.HISTOGRAM, None),
        (DOCUMENTS, Kind.NUMBER, Chart(Kind.NUMBER, {}, (), Gather.COUNT)),
    ],
)
def test_a_kind_that_was_not_proposed(rows: Sample, kind: Kind, expected: Chart | None) -> None:
    """It takes the first columns that can be it, if there are such."""
    assert of_kind(kind, rows) == expected


@pytest.mark.parametrize(
    ("name", "averaged"),
    [
        *((name, True) for name in ("latency_ms", "scores", "p95", "success_rate", "duration seconds")),
        *((name, False) for name in ("generated_tokens", "total_cost", "iterations", "damage", "meanings_found")),
    ],
)
def test_what_a_sum_says_nothing_of(name: str, *, averaged: bool) -> None:
    """Words of a column's name tell, not parts of words."""
    [trait] = traits(Sample((Head(name, "numeric", "number"),), ((1,), (2,)), 0.0, 0.0, 0.0))
    assert trait.averaged is averaged


def test_a_step_for_all_rows() -> None:
    """Of a million rows of which 300 are known, times are cut as all of them need it, not these."""
    assert [propose(LARGE, total)[0].step for total in (None, 300, 1_000_000)] == ["day", "day", "month"]


def test_gathering_otherwise() -> None:
    """A count needs no number; a sum after a count finds one again."""
    line = propose(ORDERS)[0]
    counted = gathered(line, Gather.COUNT, ORDERS)
    assert counted == Chart(Kind.LINE, {"time": "at"}, (), Gather.COUNT, "day")
    assert gathered(counted, Gather.SUM, ORDERS) == line
    assert gathered(counted, Gather.SUM, DOCUMENTS) is None
