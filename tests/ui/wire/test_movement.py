"""The cursor arrives, and in no more bytes than by its full address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.wire.movement import move
from tests.emulator import Emulator

ROWS, COLUMNS = st.integers(0, 35), st.integers(0, 119)


@given(ROWS, COLUMNS, ROWS, COLUMNS, st.booleans())
def test_the_cursor_arrives(row: int, column: int, to_row: int, to_column: int, known: bool) -> None:
    emulator = Emulator(120, 36)
    emulator.feed(f"\x1b[{row + 1};{column + 1}H")
    text = move(row, column if known else None, to_row, to_column)
    emulator.feed(text)
    assert (emulator.cursor.y, emulator.cursor.x) == (to_row, to_column)
    assert len(text) <= len(f"\x1b[{to_row + 1};{to_column + 1}H")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ((4, 10), (4, 10), ""),
        ((4, 10), (4, 11), "\x1b[C"),
        ((4, 10), (4, 0), "\r"),
        ((4, 10), (4, 8), "\b\b"),
        ((4, 10), (5, 0), "\r\n"),
        ((4, 10), (5, 10), "\x1b[B"),
        ((30, 100), (0, 0), "\x1b[H"),
        ((None, None), (12, 0), "\x1b[13H"),
        ((7, None), (7, 99), "\x1b[100G"),
    ],
)
def test_the_shortest_way(start: tuple[int | None, int | None], end: tuple[int, int], text: str) -> None:
    assert move(*start, *end) == text
