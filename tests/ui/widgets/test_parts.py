"""Parts of lines are cut and padded by cells, and foreign text becomes harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.widgets.parts import Part, crop, fill, plain, shown, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "abc"),
        ("a\nb\tc", "a⏎b⇥c"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("x\u202egnp.exe", "x⟨202E⟩gnp.exe"),
        ("a\u00a0b", "a⟨A0⟩b"),
        ("❤\ufe0f", "❤"),
        ("日本", "日本"),
    ],
)
def test_foreign_text_is_shown_harmless(text: str, expected: str) -> None:
    assert plain(shown(text)) == expected


def test_what_was_replaced_has_a_tone_of_its_own() -> None:
    assert shown("a\x1bb␛", "key") == [Part("a", "key"), Part("␛", "hidden"), Part("b␛", "key")]


@pytest.mark.parametrize(("room", "expected"), [(0, ""), (1, "…"), (4, "abc…"), (5, "abcde"), (9, "abcde")])
def test_cropping_leaves_an_ellipsis(room: int, expected: str) -> None:
    assert plain(crop([Part("abc"), Part("de")], room)) == expected


def test_a_wide_sign_is_never_halved() -> None:
    assert plain(crop([Part("日本語")], 4)) == "日 …"


@given(st.lists(st.text(max_size=20), max_size=5), st.integers(1, 30), st.booleans())
def test_filling_gives_exactly_the_room(texts: list[str], room: int, right: bool) -> None:
    line = [part for text in texts for part in shown(text)]
    assert width(fill(line, room, right=right)) == room
