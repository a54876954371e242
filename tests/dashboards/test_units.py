"""How numbers are said, and the round places on axes: tables of cases, and properties for what no table holds."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.dashboards import ticks
from console.dashboards.reckoning import label, moment, number
from console.dashboards.sample import Value
from console.dashboards.units import say

SAID: list[tuple[Value, str, str]] = [
    (0, "USD", "$ 0.00"),
    (0.02, "USD", "$ 0.02"),
    (0.000123, "USD", "$ 0.00012"),
    (1e-9, "USD", "$ 1.0e-09"),
    (0.999, "USD", "$ 1.00"),
    (1234.5, "USD", "$ 1,234.50"),
    (Decimal("1526.72"), "EUR", "€ 1,526.72"),
    (123_456, "USD", "$ 123 k"),
    (-0.5, "GBP", "-£ 0.50"),
    (0, "%", "0 %"),
    (69.04, "%", "69 %"),
    (99.996, "%", "99.996 %"),
    (100, "%", "100 %"),
    (272.3, "%", "272 %"),
    (0.998, "ratio", "99.8 %"),
    (0, "bytes", "0 B"),
    (1536, "bytes/s", "1.50 kB/s"),
    (3, "GB", "3.00 GB"),
    (2**60, "bytes", "1024 PB"),
    (0.2, "ms", "0.2 ms"),
    (0.05, "ms", "50 µs"),
    (90, "s", "1 m 30 s"),
    (36, "h", "1 d 12 h"),
    (-75, "seconds", "-1 m 15 s"),
    (0, "ms", "0 s"),
    (1234, "", "1,234"),
    (12_345, "rows", "12.3 k rows"),
    (3.14159, "/s", "3.14/s"),
    (999.7, "", "1,000"),
    (1e18, "", "1e+18"),
    (10**5000, "", "1.00e+5000"),
    (float("nan"), "USD", "NaN"),
    (Decimal("Infinity"), "bytes", "Infinity"),
    (None, "USD", "–"),
    ("north", "USD", "north"),
    (date(2026, 11, 2), "", "2026-11-02"),
    (timedelta(minutes=2), "s", "2 m"),
]


@pytest.mark.parametrize(("value", "unit", "said"), SAID, ids=[said for *_, said in SAID])
def test_a_value_is_said_in_its_unit(value: Value, unit: str, said: str) -> None:
    assert say(value, unit) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (60, "USD", "$ 60"),
        (2.5, "USD", "$ 2.50"),
        (150_000, "USD", "$ 150 k"),
        (2048, "bytes", "2 kB"),
        (5, "s", "5 s"),
    ],
)
def test_an_axis_says_it_short(value: Value, unit: str, said: str) -> None:
    assert say(value, unit, short=True) == said


@given(
    st.one_of(st.floats(), st.integers(), st.decimals()), st.sampled_from(["", "USD", "bytes", "ms", "%", "ratio/s"])
)
def test_all_numbers_are_said_in_a_few_signs(value: Value, unit: str) -> None:
    assert 0 < len(say(value, unit)) <= 24


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (True, 1.0),
        (Decimal("NaN"), None),
        (float("inf"), None),
        (10**400, None),
        (5e-324, 0.0),
        ("3", None),
        (None, None),
    ],
    ids=str,
)
def test_what_one_can_reckon_with(value: Value, found: float | None) -> None:
    assert number(value) == found


def test_a_time_without_a_zone_is_in_utc() -> None:
    assert moment(datetime(2026, 11, 2)) == moment(datetime(2026, 11, 2, tzinfo=UTC)) == moment(date(2026, 11, 2))


@pytest.mark.parametrize(
    ("value", "said"), [("a\x1b[2Jb", "a␛[2Jb"), ("❤️", "❤"), (1e20, "1e+20"), (10**40, "1.00e+40")]
)
def test_a_name_is_harmless(value: Value, said: str) -> None:
    assert label(value) == said


finite = st.floats(-1e15, 1e15, allow_subnormal=False).filter(lambda value: value == 0 or abs(value) > 1e-12)


class TestTicks:
    @given(st.lists(finite, min_size=1, max_size=5), st.sampled_from([None, True, False]))
    def test_a_span_holds_its_values(self, values: list[float], zero: bool | None) -> None:
        low, high = ticks.span(values, zero=zero)
        assert low < high
        assert low <= min(values)
        assert max(values) <= high
        assert not zero or low <= 0 <= high

    @given(finite, finite, st.integers(1, 10), st.sampled_from(["", "bytes", "ms", "USD"]))
    def test_places_lie_within_and_go_up(self, one: float, other: float, most: int, unit: str) -> None:
        low, high = sorted((one, other))
        if high - low <= abs(high) * 1e-9:
            return
        found = ticks.inside(low, high, most, unit)
        assert len(found) <= most + 1
        assert all(before < after for before, after in pairwise(found))
        assert all(low - (high - low) * 1e-6 <= at <= high + (high - low) * 1e-6 for at in found)

    @given(finite, finite, st.integers(1, 40))
    def test_edges_hold_the_span(self, one: float, other: float, most: int) -> None:
        low, high = sorted((one, other))
        if high - low <= abs(high) * 1e-9:
            return
        edges = ticks.nice(low, high, most)
        assert edges[0] <= low + (high - low) * 1e-6
        assert edges[-1] >= high - (high - low) * 1e-6
        assert len(edges) <= most + 2

    @given(
        st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
        st.floats(1, 3e11),
        st.integers(1, 20),
    )
    def test_times_lie_within_and_go_up(self, start: datetime, seconds: float, most: int) -> None:
        first = start.timestamp()
        found = ticks.times(first, first + seconds, most, datetime(2026, 11, 21, tzinfo=UTC))
        assert len(found) <= most + 1
        assert all(before[0] < after[0] for before, after in pairwise(found))
        assert all(first <= at <= first + seconds for at, _ in found)
        assert all(said and not math.isnan(at) for at, said in found)

    @pytest.mark.parametrize(
        ("days", "most", "said"),
        [
            (1 / 24 / 60, 4, ["11:59:00", "11:59:30", "12:00:00"]),
            (1 / 24, 5, ["11:00", "11:15", "11:30", "11:45", "12:00"]),
            (2, 5, ["10 Nov 12:00", "11 Nov", "12:00", "12 Nov", "12:00"]),
            (30, 4, ["19 Oct", "26 Oct", "2 Nov", "9 Nov"]),
            (300, 6, ["Mar", "May", "Jul", "Sep", "Nov"]),
            (3000, 5, ["2020", "2022", "2024", "2026"]),
        ],
    )
    def test_places_are_those_one_thinks_in(self, days: float, most: int, said: list[str]) -> None:
        now = datetime(2026, 11, 12, 12, tzinfo=UTC)
        end = now.timestamp()
        assert [said for _, said in ticks.times(end - days * 86400, end, most, now)] == said
