"""The ring holds ten minutes and knows where something is missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.dashboards.reading.ring import Ring, points
from console.dashboards.sample import Sample
from tests.dashboards.readings import sample


def value(each: Sample) -> float:
    return float(str(each.rows[0][0]))


def filled(*seconds: float, **options: float) -> Ring:
    ring = Ring(**options)  # type: ignore[arg-type]
    for each in seconds:
        ring.push(sample("n:n", (each,), at=each))
    return ring


def test_nothing_yet() -> None:
    ring = Ring()
    assert (len(ring), ring.newest, ring.breaks, points(ring, value)) == (0, None, (), ())


def test_ten_minutes_are_kept() -> None:
    ring = filled(*range(0, 1000, 60))
    assert [each.at for each in ring] == list(range(360, 1000, 60))
    assert ring[-1].at == 960
    assert [each.at for each in ring[:2]] == [360, 420]


def test_two_are_kept_however_old() -> None:
    assert [each.at for each in filled(0, 5000, 10000)] == [5000, 10000]


def test_large_samples_are_fewer() -> None:
    ring = Ring(cells=250)
    for at in range(5):
        ring.push(sample("n:n", *[(each,) for each in range(100)], at=at))
    assert [each.at for each in ring] == [3, 4]


def test_what_comes_too_late_is_dropped() -> None:
    assert [each.at for each in filled(1, 5, 3, 5, 6)] == [1, 5, 6]


def test_gaps() -> None:
    ring = Ring()
    ring.gap()
    ring.push(sample("n:n", (1,), at=1))
    ring.push(sample("n:n", (2,), at=2))
    ring.gap()
    ring.gap()
    assert ring.broken
    ring.push(sample("n:n", (9,), at=9))
    assert not ring.broken
    assert ring.breaks == (2,)
    assert points(ring, value) == ((1, 1.0), (2, 2.0), (5.5, None), (9, 9.0))


def test_a_gap_at_the_old_end_goes() -> None:
    ring = filled(0, 1)
    ring.gap()
    for at in (500, 700, 1200):
        ring.push(sample("n:n", (at,), at=at))
    assert [each.at for each in ring] == [700, 1200]
    assert ring.breaks == ()


@given(st.lists(st.one_of(st.none(), st.floats(0.1, 400)), max_size=60))
def test_any_history(steps: list[float | None]) -> None:
    """Whatever comes: in order, not older than ten minutes, a break only where a gap was said."""
    ring, at, said = Ring(), 0.0, set()
    broken = False
    for step in steps:
        if step is None:
            ring.gap()
            broken = True
            continue
        at += step
        ring.push(sample("n:n", (at,), at=at))
        said |= {at} if broken else set()
        broken = False
    moments = [each.at for each in ring]
    assert moments == sorted(moments)
    assert len(moments) <= 2 or moments[-1] - moments[0] <= 600
    assert {moments[place] for place in ring.breaks} == said & set(moments[1:])
    drawn = points(ring, value)
    assert [at for at, _ in drawn] == sorted(at for at, _ in drawn)
    assert sum(each is None for _, each in drawn) == len(ring.breaks)
