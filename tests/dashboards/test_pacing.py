"""Who is read when, with a clock that the test turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.dashboards.reading.pacing import Pacing, Pause

FAST, SLOW, HAND = "fast", "slow", "hand"


def pacing(*, idle: float | None = None, seen: tuple[str, ...] = (FAST, SLOW, HAND)) -> Pacing:
    plan = Pacing({FAST: 2.0, SLOW: 60.0, HAND: 0.0}, now=100.0, idle=idle)
    plan.show(seen)
    return plan


def read(plan: Pacing, name: str, at: float, *, took: float = 0.1) -> None:
    plan.began(name, at)
    plan.ended(name, at + took)


def test_everything_seen_is_read_at_once_then_at_its_own_pace() -> None:
    plan = pacing()
    assert set(plan.due(100)) == {FAST, SLOW, HAND}
    assert plan.next(100) == 0
    for name in (FAST, SLOW, HAND):
        read(plan, name, 100)
    assert plan.due(101.9) == ()
    assert plan.next(101.9) == pytest.approx(0.1)
    assert plan.due(102) == (FAST,)
    assert set(plan.due(160)) == {FAST, SLOW}


def test_those_that_waited_longest_come_first() -> None:
    plan = pacing()
    for name, at in ((SLOW, 100), (FAST, 140)):
        read(plan, name, at)
    assert plan.due(200) == (HAND, FAST, SLOW)


def test_only_what_is_seen_is_read() -> None:
    plan = pacing(seen=(SLOW,))
    assert plan.due(100) == (SLOW,)
    plan.show(["nobody", FAST])
    assert plan.due(100) == (FAST,)
    plan.show([])
    assert plan.due(100) == ()
    assert plan.next(100) is None


def test_one_reading_of_a_panel_at_a_time() -> None:
    plan = pacing(seen=(FAST,))
    plan.began(FAST, 100)
    plan.ask([FAST])
    assert plan.due(1000) == ()
    plan.dropped(FAST)
    assert plan.due(1000) == (FAST,)


@pytest.mark.parametrize(("took", "again"), [(0.1, 102), (1.5, 103), (30, 160)])
def test_what_is_slow_rests_as_long_as_it_took(took: float, again: float) -> None:
    plan = pacing(seen=(FAST,))
    read(plan, FAST, 100, took=took)
    assert plan.due(again - 0.01) == ()
    assert plan.due(again) == (FAST,)


def test_by_hand_is_read_once_and_when_asked() -> None:
    plan = pacing(seen=(HAND,))
    read(plan, HAND, 100)
    assert plan.next(100) is None
    plan.ask([HAND])
    assert plan.due(5000) == (HAND,)
    read(plan, HAND, 5000)
    assert plan.due(9000) == ()


def test_failures_are_tried_ever_more_rarely() -> None:
    plan = pacing(seen=(FAST,))
    waits, now = [], 100.0
    for _ in range(10):
        plan.began(FAST, now)
        waits.append(plan.failed(FAST, now))
        now += waits[-1] or 0
        assert plan.due(now - 0.01) == ()
        assert plan.due(now) == (FAST,)
    assert waits == [4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    read(plan, FAST, now)
    assert plan.due(now + 2) == (FAST,)


@pytest.mark.parametrize(("name", "waits"), [(SLOW, [120, 240, 300]), (HAND, [None, None, None])])
def test_what_is_rare_backs_off_less(name: str, waits: list[float | None]) -> None:
    plan = pacing(seen=(name,))
    assert [plan.failed(name, 100) for _ in waits] == waits


def test_what_fails_for_good_waits_for_a_person() -> None:
    plan = pacing(seen=(FAST,))
    assert plan.failed(FAST, 100, for_good=True) is None
    assert plan.next(10_000) is None
    plan.ask([FAST])
    assert plan.due(10_000) == (FAST,)


def test_paused_nothing_is_read_but_what_is_asked_for() -> None:
    plan = pacing()
    plan.paused = True
    assert plan.pause(100) is Pause.BY_HAND
    assert (plan.due(5000), plan.next(5000)) == ((), None)
    plan.ask([SLOW])
    assert plan.due(5000) == (SLOW,)
    read(plan, SLOW, 5000)
    assert plan.due(9000) == ()
    plan.paused = False
    assert set(plan.due(9000)) == {FAST, SLOW, HAND}


def test_idle_pauses_and_a_touch_goes_on() -> None:
    plan = pacing(idle=300, seen=(FAST,))
    read(plan, FAST, 397)
    assert plan.pause(399.9) is None
    assert plan.due(399.5) == (FAST,)
    assert plan.pause(400) is Pause.IDLE
    assert (plan.due(400), plan.next(400)) == ((), None)
    plan.touch(5000)
    assert plan.due(5000) == (FAST,)
    assert plan.next(5299) == 0


def test_it_wakes_to_say_that_it_pauses() -> None:
    plan = pacing(idle=300, seen=(SLOW,))
    read(plan, SLOW, 370)
    assert plan.next(390) == 10


def test_another_refresh() -> None:
    plan = pacing()
    for name in (FAST, SLOW, HAND):
        read(plan, name, 100)
    plan.change({FAST: 30.0, SLOW: 30.0, HAND: 0.0}, 101)
    assert plan.due(102) == (FAST,), "it stays due as it was, and is rarer afterwards"
    assert set(plan.due(131)) == {FAST, SLOW}
    plan.change({FAST: 0.0, SLOW: 0.0, HAND: 0.0}, 101)
    assert plan.next(101) is None
    plan.change({FAST: 2.0, SLOW: 60.0, HAND: 0.0}, 500)
    assert plan.due(502) == (FAST,)


def test_soon_is_for_a_second_reading_of_counters() -> None:
    plan = pacing(seen=(SLOW, HAND))
    for name in (SLOW, HAND):
        plan.began(name, 100)
        plan.ended(name, 100, soon=1.0)
    assert set(plan.due(101)) == {SLOW, HAND}


def test_something_else_is_shown() -> None:
    plan = pacing()
    for name in (FAST, SLOW):
        read(plan, name, 100)
    plan.failed(HAND, 100)
    plan.renew()
    assert set(plan.due(100)) == {FAST, SLOW, HAND}


@given(
    acts=st.lists(
        st.one_of(
            st.tuples(st.just("wait"), st.floats(0, 400)),
            st.tuples(st.sampled_from(["pause", "touch", "ask", "fail", "hide", "show", "renew"]), st.just(0.0)),
        ),
        max_size=60,
    ),
    idle=st.one_of(st.none(), st.just(300.0)),
)
def test_whatever_happens(acts: list[tuple[str, float]], idle: float | None) -> None:
    """Only what is seen is due, never oftener than its interval by itself, never while paused, and never forgotten."""
    plan, now, seen, fails = pacing(idle=idle), 100.0, {FAST, SLOW, HAND}, False
    last: dict[str, float] = {}
    free: set[str] = set(seen)  # what may be read before its time: nobody has, or a person asked
    for act, seconds in acts:
        now += seconds
        match act:
            case "pause":
                plan.paused = not plan.paused
            case "touch":
                plan.touch(now)
            case "ask" | "renew":
                plan.ask(list(seen)) if act == "ask" else plan.renew()
                free |= {FAST, SLOW, HAND}
            case "fail":
                fails = not fails
            case "hide" | "show":
                seen = {FAST} if act == "hide" else {FAST, SLOW, HAND}
                plan.show(seen)
        due, waits = plan.due(now), plan.next(now)
        assert set(due) <= seen
        assert (waits == 0) or not due
        for name in due:
            interval = {FAST: 2.0, SLOW: 60.0, HAND: float("inf")}[name]
            assert name in free or (now - last[name] >= interval and plan.pause(now) is None)
            plan.began(name, now)
            assert name not in plan.due(now)
            plan.failed(name, now) if fails else plan.ended(name, now)
            last[name] = now
            free.discard(name)
        if plan.pause(now) is None and FAST in last:
            waits = plan.next(now)
            assert waits is not None
            assert waits <= 300, "an error does not stop it for ever"
