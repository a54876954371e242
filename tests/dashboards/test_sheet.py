"""A whole dashboard as one picture: where panels stand, how high rows are, and that nothing leaves its room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.dashboards.definition import Row
from console.dashboards.sheet import sheet
from console.drawing.picture import Line, Picture, Span, plain
from console.text import width


def painted(lines: dict[str, int]) -> object:
    """Return a painter that fills as many lines as a panel has, as wide as there is room."""

    def paint(name: str, wide: int, high: int) -> Picture:
        return tuple((Span(name * wide),) for _ in range(min(high, lines[name])))

    return paint


def drawn(rows: list[str], lines: dict[str, int], room: int, *, height: int = 8, ascii: bool = True) -> str:
    layout = [Row(tuple(row.split()), height) for row in rows]
    return plain(sheet(layout, {name: name.upper() for name in lines}, painted(lines), room, ascii=ascii))


def test_beside_and_below() -> None:
    assert drawn(["a b", "c c"], {"a": 1, "b": 2, "c": 1}, 12) == (
        "A ---  B ---\n"
        "aaaaa  bbbbb\n"
        "       bbbbb\n"
        "\n"
        "C ----------\n"
        "cccccccccccc"
    )  # fmt: skip


def test_one_that_spans_rows() -> None:
    assert drawn(["a b", "a c"], {"a": 4, "b": 1, "c": 1}, 12) == (
        "A ---  B ---\n"
        "aaaaa  bbbbb\n"
        "aaaaa\n"
        "aaaaa  C ---\n"
        "aaaaa  ccccc"
    )  # fmt: skip


def test_rows_are_no_higher_than_what_is_drawn() -> None:
    assert drawn(["a"], {"a": 1}, 5, height=40) == "A ---\naaaaa"
    assert drawn(["a"], {"a": 99}, 5, height=5).count("\n") == 3, "and no higher than the layout says, less a frame"


def test_blank_lines_at_the_end_of_a_panel_do_not_count() -> None:
    def paint(name: str, wide: int, high: int) -> Picture:
        return ((Span("x"),), (Span("   "),), ())

    assert plain(sheet([Row(("a",), 9), Row(("b",), 9)], {"a": "A", "b": "B"}, paint, 3)) == "A ─\nx\n\nB ─\nx"


@pytest.mark.parametrize("title", ["a very long title of a panel", "日本語の題名です", ""])
def test_titles_are_cut(title: str) -> None:
    layout = [Row(("a", "b"), 5)]
    picture = sheet(layout, {"a": title, "b": title}, painted({"a": 1, "b": 1}), 20)
    assert max(map(_width, picture)) <= 20
    assert _width(picture[0]) == 20 or not title


@given(
    rows=st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(st.integers(1, 3), min_size=n, max_size=n), min_size=1, max_size=4)
    ),
    room=st.integers(1, 130),
)
def test_nothing_leaves_its_room(rows: list[list[int]], room: int) -> None:
    names = [[f"p{top}x{left}" for left in range(len(row))] for top, row in enumerate(rows)]
    lines = {name: high for row, highs in zip(names, rows, strict=True) for name, high in zip(row, highs, strict=True)}

    def paint(name: str, wide: int, high: int) -> Picture:
        return tuple((Span("x" * wide),) for _ in range(lines[name]))

    picture = sheet([Row(tuple(row), 6) for row in names], {name: name for name in lines}, paint, room)
    assert max(map(_width, picture)) <= room
    assert room < 12 or len(picture) == sum(max(row) + 2 for row in rows) - 1


def _width(line: Line) -> int:
    return sum(width(span.text) for span in line)
