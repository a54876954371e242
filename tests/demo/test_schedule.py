"""The schedule of the traffic: decided from chance and time alone."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from random import Random

import pytest

from console.demo.traffic_acts import lanes_of
from console.demo.traffic_schedule import USUAL, Act, Kind, Rhythm, acts

STATEMENTS = {kind: [f"{kind}_one", f"{kind}_two"] for kind in Kind}


def hour(seed: int = 1, rhythm: Rhythm | None = None) -> list[Act]:
    """Return what happens in an hour."""
    return list(takewhile(lambda act: act.at < 3600, acts(STATEMENTS, Random(seed), rhythm)))


def test_the_same_seed_gives_the_same_hour() -> None:
    assert hour(7) == hour(7)
    assert hour(7) != hour(8)


def test_time_goes_forward() -> None:
    times = [act.at for act in hour()]
    assert times == sorted(times)


def test_a_few_small_statements_a_second() -> None:
    light = [act for act in hour() if lanes_of(act.kind) == ("web",)]
    assert 2 < len(light) / 3600 < 6


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_comes_at_its_pace(kind: Kind) -> None:
    found = [act for act in hour() if act.kind is kind]
    pace = USUAL[kind]
    assert found[0].at == pace.first
    assert len(found) == pytest.approx(3600 / pace.every, rel=0.15)
    shortest, longest = pace.lasts
    assert all(shortest <= act.seconds <= longest for act in found)
    assert {act.statement for act in found} == set(STATEMENTS[kind])


def test_what_hurts_comes_soon_and_does_not_last() -> None:
    early = Counter(act.kind for act in hour() if act.at < 30)
    assert all(early[kind] for kind in Kind), "somebody who looks for half a minute has seen it all"
    assert max(act.seconds for act in hour()) <= 30


def test_rows_are_numbered_below_the_bound() -> None:
    assert {act.row for act in hour(rhythm=Rhythm(rows=20))} == set(range(20))


def test_a_row_is_worked_on_after_it_came() -> None:
    came = {0}
    for act in hour()[:2000]:
        if act.kind is Kind.INSERT:
            came.add(act.row)
        assert act.row in came


def test_kinds_without_statements_do_not_happen() -> None:
    only = list(takewhile(lambda act: act.at < 60, acts({Kind.READ: ["read_it"]}, Random(1))))
    assert {act.kind for act in only} == {Kind.READ}
    assert list(acts({}, Random(1))) == []
