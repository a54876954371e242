"""Frames are read as Textual writes them, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from console.ui.wire.frames import read
from console.ui.wire.pens import PLAIN, rendition


def test_a_frame_is_pieces_and_a_cursor() -> None:
    frame = read("\x1b[3;5H\x1b[1;31mab\x1b[0mc\n\x1b[4;1H漢\x1b[2;9H")
    assert frame is not None
    first, second = frame.pieces
    assert (first.row, first.column, [cell.text for cell in first.cells]) == (2, 4, ["a", "b", "c"])
    assert [cell.pen for cell in first.cells] == [rendition(PLAIN, "1;31")] * 2 + [PLAIN]
    assert (second.row, second.column, [cell.width for cell in second.cells]) == (3, 0, [2, 0])
    assert frame.cursor == (1, 8)


def test_a_link_belongs_to_its_cells() -> None:
    frame = read("\x1b[1;1H\x1b]8;id=3;https://example.org\x1b\\x\x1b]8;;\x1b\\y\x1b[1;1H")
    assert frame is not None
    assert [cell.pen.link for cell in frame.pieces[0].cells] == ["https://example.org", ""]


@pytest.mark.parametrize(
    "text",
    [
        "text before\x1b[1;1H",
        "\x1b[1;1Htext after",
        "\x1b[1;1H\x1b[31mnot ended\x1b[1;1H",
        "\x1b[1;1H\x1b]8;;https://example.org\x1b\\not ended\x1b[1;1H",
        "\x1b[1;1Htab\there\x1b[1;1H",
        "\x1b[1;1Htwo\n\n\x1b[1;1H",
        "\x1b[1;1Hc1 \x9b31m\x1b[1;1H",
        "\x1b[1;1H\x1b[2Kerased\x1b[1;1H",
        "\x1b[1;1H\x1b[38;9;1mcolour\x1b[0m\x1b[1;1H",
        "\x1b[1;1H\u0301accent of nothing\x1b[1;1H",
        "\x1b[1;1Hover\x1b[1;3Hlap\x1b[1;1H",
        "\x1b[1;1H\x1b[?25l\x1b[1;1H",
        "",
    ],
)
def test_anything_else_is_no_frame(text: str) -> None:
    assert read(text) is None
