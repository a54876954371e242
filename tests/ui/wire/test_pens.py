"""A pen is changed in few bytes, and into exactly the pen that is wanted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.wire.pens import PLAIN, Pen, change, pen, rendition
from tests.emulator import Emulator, Glyph

COLOURS = st.sampled_from(["", "31", "97", "38;5;200", "38;2;1;2;3"])
PENS = st.builds(
    pen,
    st.frozensets(st.sampled_from([1, 2, 3, 4, 5, 7, 8, 9, 21, 53])),
    COLOURS,
    COLOURS.map(lambda colour: colour and str(int(colour.partition(";")[0]) + 10) + colour[2:]),
    st.sampled_from(["", "https://example.org/a", "https://example.org/b"]),
)


def drawn(*texts: str) -> Glyph:
    """Return a cell as a terminal draws it after these texts."""
    emulator = Emulator(5, 1)
    emulator.feed("".join(texts) + "x")
    return emulator.glyphs()[0][0]


@given(PENS, PENS)
def test_a_change_gives_the_same_as_starting_anew(before: Pen, after: Pen) -> None:
    assert drawn(change(None, before), change(before, after)) == drawn(change(None, after))


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("", "1", "\x1b[1m"),
        ("1;31", "", "\x1b[m"),
        ("1;38;2;1;2;3;48;2;4;5;6", "38;2;1;2;3;48;2;4;5;6", "\x1b[22m"),
        ("1;2;38;2;1;2;3", "2;38;2;1;2;3", "\x1b[22;2m"),
        ("38;2;1;2;3;48;2;4;5;6", "38;2;1;2;3;48;5;7", "\x1b[48;5;7m"),
        ("1;38;2;1;2;3;48;2;4;5;6", "31", "\x1b[0;31m"),
        ("31;1", "1;31", ""),
    ],
)
def test_the_shortest_change(before: str, after: str, text: str) -> None:
    one, other = rendition(PLAIN, before), rendition(PLAIN, after)
    assert one is not None
    assert other is not None
    assert change(one, other) == text


@pytest.mark.parametrize("parameters", ["12", "38", "38;3;1", "38;2;1;2", "48;5;", "1;;x"])
def test_what_is_no_known_rendition_is_not_guessed(parameters: str) -> None:
    assert rendition(PLAIN, parameters) is None


@pytest.mark.parametrize("parameters", ["", "0", "1;31;0", "39;49", "31;39"])
def test_the_plain_pen_is_one(parameters: str) -> None:
    assert rendition(PLAIN, parameters) is PLAIN
