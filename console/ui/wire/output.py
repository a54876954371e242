"""Writing to a terminal in the fewest bytes, knowing where cursor and pen are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from rich.cells import cell_len

from console.ui.wire import pens
from console.ui.wire.abilities import Abilities
from console.ui.wire.cells import Cell
from console.ui.wire.movement import move
from console.ui.wire.pens import PLAIN, Pen
from console.ui.wire.stretches import Stretch

_text = attrgetter("text")
_BLANKS = re.compile(r"( {4,})")


class Output:
    """Text on its way to a terminal, and the cursor and the pen that it leaves there; None where not known."""

    def __init__(self, columns: int, abilities: Abilities, cursor: tuple[int, int] | None, pen: Pen | None) -> None:
        self._columns = columns
        self._abilities = abilities
        self._row: int | None = None
        self._column: int | None = None
        if cursor is not None:
            self._row, self._column = cursor
        self._pen = pen
        self._parts: list[str] = []

    def text(self) -> str:
        """Return all that was written."""
        return "".join(self._parts)

    def move(self, row: int, column: int) -> None:
        """Put the cursor there."""
        if self._row != row or self._column != column:
            self._parts.append(move(self._row, self._column, row, column))
            self._row, self._column = row, column

    def take(self, pen: Pen) -> None:
        """Draw with this pen from here on."""
        if self._pen is not pen:
            self._parts.append(pens.change(self._pen, pen))
            self._pen = pen

    def scroll(self, top: int, bottom: int, lines: int) -> None:
        """Move the rows from `top` to `bottom` up by `lines`, down if negative; what comes in is plain and blank."""
        self.take(PLAIN)  # what comes in has its background, if it has any
        self._parts.append(f"\x1b[{top + 1};{bottom + 1}r")
        self._row = self._column = None
        self.move(top, 0)
        count = abs(lines) if abs(lines) > 1 else ""
        self._parts.append(f"\x1b[{count}{'M' if lines > 0 else 'L'}\x1b[r")
        self._row = self._column = None

    def draw(self, stretch: Stretch) -> None:
        """Write the cells of a stretch where they belong."""
        self.move(stretch.row, stretch.column)
        self.take(stretch.pen)
        if stretch.sure:
            self._sure(stretch.row, stretch.column, stretch.cells)
        else:
            self._unsure(stretch.row, stretch.column, stretch.cells)

    def _sure(self, row: int, column: int, cells: Sequence[Cell]) -> None:
        """Write signs of sure width, and longer blanks by erasing where that leaves what a blank of the pen would."""
        text = "".join(map(_text, cells))
        if not self._erases() or "    " not in text:
            self._put(text, column + len(cells))
            return
        end = column + len(cells)
        for part in _BLANKS.split(text):
            after = column + (len(part) if len(text) == len(cells) else cell_len(part))
            if erasing := self._erasing(part, at_edge=after == self._columns, last=after == end):
                self.move(row, column)
                self._parts.append(erasing)
            elif part:
                self.move(row, column)
                self._put(part, after)
            column = after

    def _erases(self) -> bool:
        """Say whether what is erased now looks like a blank of the pen."""
        pen = self._pen
        return pen is not None and pen.erasable and (self._abilities.colours_erased or not pen.background)

    def _erasing(self, part: str, *, at_edge: bool, last: bool) -> str:
        """Return what blanks so many columns and leaves the cursor where it is, or "" where writing them is shorter."""
        if not part or not part.isspace():
            return ""
        if at_edge:
            return "\x1b[K"
        shorter = len(part) > (5 if last else 9)  # behind it the cursor must be moved
        return f"\x1b[{len(part)}X" if shorter and self._abilities.erases_characters else ""

    def _put(self, text: str, column: int | None) -> None:
        self._parts.append(text)
        # At the right edge terminals differ on where the cursor is.
        self._column = None if column is None or column >= self._columns else column

    def _unsure(self, row: int, column: int, cells: Sequence[Cell]) -> None:
        """Write signs whose width the terminal may see otherwise: on cleared ground, the cursor unknown after."""
        for cell in cells:
            if cell.width:
                self.move(row, column)
                self._put(" " * cell.width, column + cell.width)
                self.move(row, column)
                self._put(cell.text, None)
                column += cell.width
