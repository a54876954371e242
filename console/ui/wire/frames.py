r"""Reading the frames that Textual writes.

A frame is one text: pieces, each a cursor position (`ESC [ row ; column H`), the signs of a part of a row with their
styles (SGR and OSC 8, both ended before the piece ends), perhaps a line feed; and last the position of the cursor.
This is what `render_segments` of Textual's compositor gives and `App._display` ends with `Control.move_to`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from console.ui.wire.cells import Cell, cells
from console.ui.wire.pens import PLAIN, linked, rendition

_POSITION = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})H")
_STYLE = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;[^;\x00-\x1f]*;([^\x00-\x1f]*)\x1b\\")


class Piece(NamedTuple):
    """Cells that are written from a column of a row on, both from 0."""

    row: int
    column: int
    cells: Sequence[Cell]


class Frame(NamedTuple):
    """What Textual wants changed on the screen, and where the cursor is to be after it (row, column, from 0)."""

    pieces: Sequence[Piece]
    cursor: tuple[int, int]


def read(text: str) -> Frame | None:
    """Return the frame that `text` is, or None when there is anything in it that a frame does not hold."""
    before, *parts = _POSITION.split(text)
    if before or not parts or parts[-1]:
        return None
    pieces = []
    for row, column, content in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        line = _cells(content.removesuffix("\n"))
        if line is None:
            return None
        pieces.append(Piece(int(row) - 1, int(column) - 1, line))
    last = pieces.pop()
    return Frame(pieces, (last.row, last.column)) if _in_order(pieces) else None


def _in_order(pieces: Sequence[Piece]) -> bool:
    """Say whether no piece overwrites another: what is then left of a sign of two columns, only the terminal knows."""
    ends: dict[int, int] = {}
    for piece in pieces:
        if piece.column < ends.get(piece.row, 0):
            return False
        ends[piece.row] = piece.column + len(piece.cells)
    return True


# Most pieces come again, at the same place or, scrolled, at another.
@lru_cache(maxsize=256)
def _cells(content: str) -> list[Cell] | None:
    line: list[Cell] = []
    pen = PLAIN
    _, *parts = _STYLE.split(f"\x1b[m{content}")
    for parameters, address, text in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        styled = rendition(pen, parameters) if address is None else linked(pen, address)
        drawn = None if styled is None else cells(text, styled)
        if styled is None or drawn is None:
            return None
        line += drawn
        pen = styled
    return line if pen is PLAIN else None
