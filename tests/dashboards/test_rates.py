"""Counters become changes a second, and nothing is guessed where they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.dashboards.reading.rates import rates
from console.dashboards.sample import Sample
from tests.dashboards.readings import counters, sample

MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)

# columns, rows before, rows 10 seconds later, rates by hand
CASES: list[tuple[str, str, list[Any], list[Any], list[Any]]] = [
    ("one", "commits:n", [(100,)], [(150,)], [(5.0,)]),
    ("nothing happened", "commits:n", [(100,)], [(100,)], [(0.0,)]),
    ("exact beyond floats", "wal:n", [(Decimal(10**20),)], [(Decimal(10**20 + 5),)], [(0.5,)]),
    ("larger than a float counts", "wal:n", [(2**60,)], [(2**60 + 10,)], [(1.0,)]),
    ("null before", "commits:n", [(None,)], [(10,)], [(None,)]),
    ("null now", "commits:n", [(10,)], [(None,)], [(None,)]),
    ("not a number", "ms:n", [(float("nan"),)], [(1.0,)], [(None,)]),
    ("infinite numerics", "ms:n", [(Decimal("Infinity"),)], [(Decimal("Infinity"),)], [(None,)]),
    ("set back", "commits:n", [(100,)], [(7,)], [(None,)]),
    ("one set back means all were", "commits:n reads:n", [(100, 5)], [(7, 6)], [(None, None)]),
    ("a null hides no reset", "commits:n reads:n", [(None, 5)], [(7, 3)], [(None, None)]),
    ("reset, and already past", "commits:n stats_reset:d", [(5, MAY)], [(9, JUNE)], [(None,)]),
    ("reset for the first time", "commits:n stats_reset:d", [(5, None)], [(9, JUNE)], [(None,)]),
    ("never reset", "commits:n stats_reset:d", [(5, None)], [(15, None)], [(1.0,)]),
    ("a text called so is a key", "commits:n stats_reset:t", [(5, "a")], [(15, "a")], [(1.0,)]),
    ("by key", "name:t n:n", [("a", 1), ("b", 2)], [("b", 22), ("a", 11)], [("b", 2.0), ("a", 1.0)]),
    ("a new row", "name:t n:n", [("a", 1)], [("a", 1), ("b", 900)], [("a", 0.0), ("b", None)]),
    ("a row that went", "name:t n:n", [("a", 1), ("b", 2)], [("b", 2)], [("b", 0.0)]),
    (
        "keys of two columns",
        "a:t b:t n:n",
        [("x", None, 0)],
        [("x", None, 10), ("x", "y", 0)],
        [("x", None, 1.0), ("x", "y", None)],
    ),
    ("rows nothing tells apart", "name:t n:n", [("a", 1), ("a", 2)], [("a", 5)], [("a", None)]),
    ("times stay", "at:d n:n", [(MAY, 0)], [(JUNE, 10)], [(JUNE, 1.0)]),
    ("one row set back alone", "name:t n:n", [("a", 9), ("b", 9)], [("a", 1), ("b", 19)], [("a", None), ("b", 1.0)]),
]


@pytest.mark.parametrize(
    ("columns", "before", "after", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_changes_a_second(columns: str, before: list[Any], after: list[Any], expected: list[Any]) -> None:
    found = rates(sample(columns, *before, at=1000), sample(columns, *after, at=1010), counters())
    assert list(found.rows) == expected


@pytest.mark.parametrize(
    ("server", "ours", "expected"),
    [
        (10.0, 10.0, 5.0),
        (10.4, 10.0, 50 / 10.4),
        (100.0, 96.0, 0.5),
        (10.6, 10.0, None),  # the server's clock was put forward
        (3610.0, 10.0, None),  # to summer time by hand
        (-3590.0, 10.0, None),  # and back
        (10.0, 0.2, None),  # our machine slept, and its clock stood still
        (0.0, 0.0, None),
        (0.01, 0.01, None),  # too little to say anything of a second
    ],
)
def test_clocks_have_to_agree(server: float, ours: float, expected: float | None) -> None:
    before, after = sample("n:n", (0,), at=0, monotonic=0), sample("n:n", (50,), at=server, monotonic=ours)
    assert rates(before, after, counters()).rows == ((expected,),)


def test_another_server_has_other_counters() -> None:
    """A pooler goes over to a standby, or there are several servers behind one name: the greater count is no work."""
    before, after = sample("n:n", (100,), at=0), sample("n:n", (90_000,), at=10)
    found = [rates(replace(before, started=5.0), replace(after, started=each), counters()).rows for each in (5.0, 7.0)]
    assert found == [((8990.0,),), ((None,),)]


def test_shares_of_a_counter() -> None:
    before = sample("db:t hits:n reads:n total:n", ("a", 100, 50, 150), ("b", 1, 1, 2), at=0)
    after = sample("db:t hits:n reads:n total:n", ("a", 400, 150, 550), ("b", 1, 1, 2), at=10)
    found = rates(before, after, counters(of="total"))
    assert [head.name for head in found.heads] == ["db", "hits", "reads"]
    assert found.rows == (("a", 75.0, 25.0), ("b", None, None))


def test_other_columns_are_another_statement() -> None:
    before, after = sample("n:n", (1,), at=0), sample("n:n m:n", (2, 3), at=10)
    assert rates(before, after, counters()).rows == ((None, None),)


def test_the_later_moment_is_kept() -> None:
    before, after = sample("n:n stats_reset:d", (1, MAY), at=5), sample("n:n stats_reset:d", (2, MAY), at=15)
    found = rates(before, after, counters())
    assert (found.at, found.monotonic, len(found.heads), found.heads[0].type_name) == (15, 15, 1, "double precision")


@given(
    steps=st.lists(st.tuples(st.floats(0.1, 100), st.integers(0, 10**12)), min_size=1, max_size=20),
    resets=st.sets(st.integers(0, 19)),
)
def test_what_rates_add_up_to_is_what_was_counted(steps: list[tuple[float, int]], resets: set[int]) -> None:
    """Over any readings, rate times time is the change; a reset gives no value, and never a negative one."""
    at, count = 0.0, 10**12
    earlier: Sample = sample("n:n", (count,), at=at)
    for number, (seconds, more) in enumerate(steps):
        at, before = at + seconds, count
        count = more // 10**9 if number in resets else count + more
        now = sample("n:n", (count,), at=at)
        ((rate,),) = rates(earlier, now, counters()).rows
        if count < before:
            assert rate is None
        else:
            assert isinstance(rate, float)
            assert rate >= 0
            assert rate * (now.at - earlier.at) == pytest.approx(count - before)
        earlier = now
