"""Columns are as wide as what they show, within bounds, and scroll one by one."""

from __future__ import annotations

import pytest

from console.rows.source import Column
from console.ui.widgets.columns import MEASURED, WIDEST, Layout, fitting, sample_size, wanted, widths

LAYOUT = Layout.of((4, 8, 3, 10))


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        (Column("id", "bigint"), ["1", "12345678"], 8),
        (Column("id", "bigint"), ["1"], 6),
        (Column("a_name", "text"), [None], 8),
        (Column("n", "text"), [None], 4),
        (Column("n", "text"), ["日本語"], 6),
        (Column("n", plain=True), ["abc"], 3),
        (Column("n", "timestamp with time zone"), [""], 11),
        (Column("n", "text"), ["x" * 1000], MEASURED),
    ],
)
def test_a_column_wants_what_it_shows(column: Column, values: list[str | None], expected: int) -> None:
    assert wanted([column], [[value] for value in values]) == (expected,)


def test_fitting_a_column_goes_further() -> None:
    assert fitting(Column("n", "text"), ["x" * 150]) == 150


@pytest.mark.parametrize(
    ("want", "room", "chosen", "expected"),
    [
        ((5, 90), 20, {}, (5, WIDEST)),
        ((5, 60), 80, {}, (5, 60)),
        ((5, 60, 60), 120, {}, (5, 60, 49)),
        ((5, 60), 80, {1: 9}, (5, 9)),
        ((1,), 80, {}, (1,)),
        ((0,), 80, {}, (1,)),
        ((), 80, {}, ()),
    ],
)
def test_room_is_shared_out(
    want: tuple[int, ...], room: int, chosen: dict[int, int], expected: tuple[int, ...]
) -> None:
    assert widths(want, room, chosen) == expected


def test_columns_stand_side_by_side() -> None:
    assert LAYOUT.starts == (0, 6, 16, 21)
    assert LAYOUT.total == 33


@pytest.mark.parametrize(("scrolled", "first"), [(0, 0), (1, 1), (6, 1), (7, 2), (21, 3), (30, 3)])
def test_scrolling_stops_at_columns(scrolled: int, first: int) -> None:
    assert LAYOUT.first(scrolled) == first


@pytest.mark.parametrize(("first", "room", "seen"), [(0, 6, [0]), (0, 7, [0, 1]), (1, 100, [1, 2, 3]), (0, 0, [])])
def test_what_is_in_sight(first: int, room: int, seen: list[int]) -> None:
    assert list(LAYOUT.visible(first, room)) == seen


@pytest.mark.parametrize(
    ("first", "x", "column"), [(0, 0, 0), (0, 5, 0), (0, 6, 1), (1, 0, 1), (1, 10, 2), (0, 33, None)]
)
def test_a_click_finds_its_column(first: int, x: int, column: int | None) -> None:
    assert LAYOUT.at(first, x) == column


@pytest.mark.parametrize(
    ("column", "first", "room", "scrolled"),
    [(0, 2, 20, 0), (1, 0, 16, 0), (2, 0, 16, 6), (3, 0, 12, 21), (3, 0, 5, 21)],
)
def test_a_column_is_scrolled_into_sight(column: int, first: int, room: int, scrolled: int) -> None:
    assert LAYOUT.scroll_for(column, first, room) == scrolled


def test_nothing_is_at_home_in_no_columns() -> None:
    empty = Layout.of(())
    assert (empty.total, list(empty.visible(0, 80)), empty.at(0, 3)) == (0, [], None)


def test_fewer_rows_are_measured_when_there_are_many_columns() -> None:
    assert (sample_size(5), sample_size(500), sample_size(0)) == (50, 5, 50)
