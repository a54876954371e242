"""Text is cut so that every cell has its column, and doubtful widths are known as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.ui.wire.cells import cells, clusters, sure_width
from console.ui.wire.pens import PLAIN

SIGNS = st.sampled_from("aé漢ﾊ─✓⣿👩👍☾\u200d\ufe0f\u0301🏽🇩क्षש\ue0b0 ")


@given(st.text(SIGNS | st.characters(exclude_categories=["Cc", "Cs"])))
def test_nothing_is_lost_and_the_columns_add_up(text: str) -> None:
    parts = clusters(text)
    assert "".join(parts) == text
    assert sum(map(cell_len, parts)) == cell_len(text)
    row = cells(text, PLAIN)
    assert row is None or len(row) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a漢b", ["a", "漢", "b"]),
        ("xe\u0301y", ["x", "e\u0301", "y"]),
        ("x👩\u200d👧!", ["x", "👩\u200d👧", "!"]),
        ("❤\ufe0f1", ["❤\ufe0f", "1"]),
        ("🇩🇪 de", ["🇩🇪", " ", "d", "e"]),
        ("👍🏽ok", ["👍🏽", "o", "k"]),
        ("שלום", ["שלום"]),
    ],
)
def test_signs_that_belong_together_stay_together(text: str, parts: list[str]) -> None:
    assert clusters(text) == parts


@pytest.mark.parametrize("sign", ["a", "ß", "─", "▾", "✓", "●", "⣿", "Я", "→", "ﾊ"])
def test_surely_narrow(sign: str) -> None:
    assert sure_width(sign) == 1


@pytest.mark.parametrize("sign", ["漢", "カ", "한", "，"])
def test_surely_wide(sign: str) -> None:
    assert sure_width(sign) == 2


@pytest.mark.parametrize("sign", ["👍", "\u0301", "\u200d", "\ufe0f", "\xad", "\ue0b0", "ש", "क", "\U0001fae8"])
def test_unsure(sign: str) -> None:
    assert sure_width(sign) == 0


def test_a_text_that_begins_without_a_column_has_no_cells() -> None:
    assert cells("\u0301x", PLAIN) is None
