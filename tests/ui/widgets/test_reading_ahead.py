"""What a grid asks for, and how it says where it stands."""

from __future__ import annotations

import pytest

from console.rows.source import Column, Listed
from console.ui.widgets.reading_ahead import missing, place
from tests.ui.widgets.sources import Numbers


def numbers(total: int, length: int, *blocks: int) -> Numbers:
    source = Numbers(total)
    source.length = length
    source.blocks.update(blocks)
    return source


@pytest.mark.parametrize(
    ("source", "top", "span"),
    [
        (numbers(10_000, 0), 0, (0, 40)),
        (numbers(10_000, 500, 0), 0, None),
        (numbers(10_000, 500, 0), 459, None),
        (numbers(10_000, 500, 0), 460, (500, 540)),
        (numbers(10_000, 10_000, 0, 19), 9_980, None),
        (numbers(10_000, 10_000, 0, 19), 5_000, (4_980, 5_039)),
        (numbers(10_000, 10_000, 0, 19), 490, (480, 529)),
        (numbers(0, 0), 0, None),
        (Listed((Column("x"),), [("1",)]), 0, None),
        (Listed(()), 0, None),
    ],
)
def test_what_is_in_sight_and_not_at_hand_is_asked_for(source: Numbers, top: int, span: tuple[int, int] | None) -> None:
    assert missing(source, top, 20) == span


@pytest.mark.parametrize(
    ("source", "top", "said"),
    [
        (numbers(1_200_000, 500, 0), 0, "rows 1–20 of ~1.20 M (estimate)"),
        (numbers(1_200_000, 1_200_000, 0, 2399), 1_199_980, "rows ~1,199,981–~1,200,000 of ~1.20 M (estimate)"),
        (numbers(500, 500, 0), 480, "rows 481–500 of 500"),
        (numbers(481, 481, 0), 480, "row 481 of 481"),
        (numbers(0, 0), 0, "no rows"),
        (numbers(10, 0), 0, "no rows yet"),
    ],
)
def test_the_place_is_said_honestly(source: Numbers, top: int, said: str) -> None:
    assert place(source, top, 20) == said


def test_an_estimate_that_proved_too_small_is_not_repeated() -> None:
    source = numbers(10_000, 500, 0)
    source.total = 600
    source.estimated = 100
    assert place(source, 0, 20) == "rows 1–20 of more than 500"
