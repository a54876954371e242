"""Cells: text cut into what the terminal shows in a column, and how sure its width is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len

from console.ui.wire.pens import PLAIN, Pen

_JOINER = "\u200d"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SHELF = 1024  # cells of a pen that are kept

# Blocks whose signs are two columns wide in every terminal that knows wide signs at all.
_WIDE = (
    (0x3001, 0x4DBF),
    (0x4E00, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x20000, 0x3FFFD),
)

# Scripts whose letters join or reorder have category Lo; marks and invisible signs, private and unassigned ones start
# with M and C.
_UNSURE_CATEGORIES = frozenset({"Lo", "Lm", "Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn", "Cs", "Sk"})


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One column of a row. Cells are equal when they are the same object.

    The first cell of a sign holds its text and its width in columns; the others, its tail, hold an empty text. It is
    `sure` when all terminals give it that width.
    """

    text: str
    pen: Pen
    sure: bool
    width: int = 1
    tail: Cell | None = None


UNKNOWN = Cell("", PLAIN, sure=False, width=0)  # what a column shows is not known


class _Shelf(dict[str, Cell]):
    """The cells of one pen by their text, made when first asked for."""

    __slots__ = ("_pen",)

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self._pen = pen

    def __missing__(self, text: str) -> Cell:
        if len(self) >= _SHELF:
            self.clear()
        cell = self[text] = _cell(text, self._pen)
        return cell


@lru_cache(maxsize=2048)
def _shelf(pen: Pen) -> _Shelf:
    return _Shelf(pen)


def blank() -> Cell:
    """Return the cell that erasing with the plain pen leaves."""
    return _shelf(PLAIN)[" "]


@lru_cache(maxsize=1024)
def cells(text: str, pen: Pen) -> Sequence[Cell] | None:
    """Return the cells of a text, or None when it holds control signs or begins with a sign that has no column."""
    if _CONTROL.search(text):
        return None
    shelf = _shelf(pen)
    if text.isascii():
        return list(map(shelf.__getitem__, text))
    row: list[Cell] = []
    for cluster in clusters(text):
        cell = shelf[cluster]
        if cell.width == 0:
            return None
        row.append(cell)
        if cell.tail is not None:
            row.extend([cell.tail] * (cell.width - 1))
    return row


def clusters(text: str) -> list[str]:
    """Cut a text into signs of sure width and into stretches that must be written as one.

    >>> clusters("a漢b"), clusters("x👩\\u200d👧👍!")
    (['a', '漢', 'b'], ['x', '👩\\u200d👧👍', '!'])
    """
    parts: list[str] = []
    stretching = glued = False
    for sign in text:
        if sure_width(sign) and not glued:
            parts.append(sign)
            stretching = False
        elif parts and (stretching or cell_len(sign) == 0):
            parts[-1] += sign
            stretching = True
        else:
            parts.append(sign)
            stretching = True
        glued = sign == _JOINER and not glued
    return parts


@lru_cache(maxsize=4096)
def sure_width(sign: str) -> int:
    """Return the columns a sign takes in every terminal, or 0 where terminals differ or it has none of its own."""
    code = ord(sign)
    if 0x20 <= code < 0x7F or 0xA0 <= code < 0x300:
        return int(code != 0xAD)  # the soft hyphen is shown, hidden or a mark, as the terminal likes
    width = cell_len(sign)
    if width == 2 and any(first <= code <= last for first, last in _WIDE):
        return 2
    extent = unicodedata.east_asian_width(sign)
    if width != 1 or extent in "WF" or 0x1F000 <= code < 0x20000:
        return 0
    return int(extent == "H" or unicodedata.category(sign) not in _UNSURE_CATEGORIES)


def _cell(text: str, pen: Pen) -> Cell:
    sure = len(text) == 1 and sure_width(text) > 0
    width = cell_len(text)
    return Cell(text, pen, sure, width, Cell("", pen, sure, 0) if width > 1 else None)
