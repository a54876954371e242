"""Sorting by needs: everything after what it needs, stable, and circles broken where it costs least."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.catalog.order import Need, circles, ordered

NODES = st.integers(0, 12)
NEEDS = st.lists(st.builds(Need, NODES, NODES, st.booleans()), max_size=40)


@given(NEEDS)
def test_all_needs_hold_but_the_broken_and_the_weak(needs: list[Need[int]]) -> None:
    result = ordered(range(10), needs)
    place = {node: at for at, node in enumerate(result.nodes)}
    assert sorted(result.nodes) == list(range(10))
    given_up = {(need.node, need.needed) for need in result.broken}
    for need in needs:
        known = need.node in place and need.needed in place and need.node != need.needed
        if known and not need.weak and (need.node, need.needed) not in given_up:
            assert place[need.needed] < place[need.node]


@given(NEEDS)
def test_nothing_is_broken_without_a_circle(needs: list[Need[int]]) -> None:
    downward = [need for need in needs if need.needed < need.node]
    assert ordered(range(10), downward).broken == ()


@given(st.permutations(range(8)))
def test_without_needs_the_order_stays(nodes: list[int]) -> None:
    assert ordered(nodes, []).nodes == tuple(nodes)


def test_a_weak_need_is_given_up_first() -> None:
    result = ordered("abc", [Need("a", "b"), Need("b", "c"), Need("c", "a", weak=True)])
    assert result.nodes == ("c", "b", "a")
    assert result.broken == ()


def test_a_strong_circle_is_broken_once_and_named() -> None:
    result = ordered("abc", [Need("a", "b"), Need("b", "c"), Need("c", "a")])
    assert result.broken == (Need("c", "a"),)
    assert result.nodes == ("c", "b", "a")


def test_a_need_said_twice_is_as_strong_as_the_stronger() -> None:
    result = ordered("ab", [Need("a", "b", weak=True), Need("a", "b"), Need("b", "a", weak=True)])
    assert result.nodes == ("b", "a")


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25))
def test_circles_are_what_reaches_itself(edges: list[tuple[int, int]]) -> None:
    needs = {node: [b for a, b in edges if a == node] for node in range(8)}
    reach = {node: set(some) for node, some in needs.items()}
    for _ in range(8):
        reach = {node: some.union(*(reach[each] for each in some)) for node, some in reach.items()}
    expected = {
        frozenset(other for other in range(8) if other in reach[node] and node in reach[other]) | {node}
        for node in range(8)
    }
    assert set(circles(needs)) == {group for group in expected if len(group) > 1}
