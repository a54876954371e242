"""A terminal emulator for tests: pyte, taught what it leaves out and what real terminals disagree on."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pyte
from pyte.screens import Margins
from rich.cells import cell_len, split_graphemes

_LINK = re.compile(r"\x1b\]8;[^;\x07\x1b]*;([^\x07\x1b]*)(?:\x1b\\|\x07)")
_KITTY_KEYBOARD = re.compile(r"\x1b\[[<>=]\d*u")  # pyte would print its last letter
# A sequence that is not at its end yet, or signs that what comes next may be joined to.
_UNFINISHED = re.compile(r"(?:\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?|[^\x00-\x7f]+)\Z")
_FURTHER = {2: ("dim", True), 8: ("conceal", True), 21: ("double", True), 53: ("overline", True)}
_ENDED = {
    0: ("dim", "conceal", "double", "overline"),
    22: ("dim",),
    24: ("double",),
    28: ("conceal",),
    55: ("overline",),
}


class Glyph(NamedTuple):
    """One column of the screen: pyte's Char, and what it does not keep."""

    data: str = " "
    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    italics: bool = False
    underscore: bool = False
    strikethrough: bool = False
    reverse: bool = False
    blink: bool = False
    dim: bool = False
    conceal: bool = False
    double: bool = False
    overline: bool = False
    link: str = ""

    def seen(self) -> Glyph:
        """Return what a person sees of it: of a blank, only the background, lines and reversal."""
        if self.data not in (" ", "") or self.reverse:
            return self
        shown = self.underscore or self.strikethrough or self.double or self.overline or self.link
        return self if shown else Glyph(self.data, bg=self.bg)


class Emulator(pyte.Screen):
    """A terminal of so many columns and rows.

    `colours_erased`: erased columns get the background of the pen, as in xterm, or none, as in screen.
    `joins`: signs are joined to one of two columns as newer terminals do; else each character has its own width.
    """

    def __init__(self, columns: int, rows: int, *, colours_erased: bool = True, joins: bool = True) -> None:
        self._colours_erased = colours_erased
        self._joins = joins
        self._link = ""
        self._unfinished = ""
        super().__init__(columns, rows)
        self._stream = pyte.Stream(self)

    @property
    def default_char(self) -> Any:
        return Glyph()

    def reset(self) -> None:
        super().reset()
        self.cursor.attrs = self.default_char

    def feed(self, text: str) -> str:
        """Show what a program wrote and return what was whole of it; a sequence may be cut between two calls."""
        text = self._unfinished + text
        cut = _UNFINISHED.search(text)
        self._unfinished = cut[0] if cut else ""
        whole = text[: cut.start()] if cut else text
        parts = _LINK.split(_KITTY_KEYBOARD.sub("", whole))
        self._stream.feed(parts[0])
        for address, part in zip(parts[1::2], parts[2::2], strict=True):
            self._link = address
            self._stream.feed(part)
        return whole

    def glyphs(self) -> list[list[Glyph]]:
        """Return the columns of each row."""
        return [[self._at(y, x) for x in range(self.columns)] for y in range(self.lines)]

    def text(self) -> tuple[str, ...]:
        """Return the rows as text, without the blanks at their end."""
        return tuple("".join(self._at(y, x).data for x in range(self.columns)).rstrip() for y in range(self.lines))

    def _at(self, y: int, x: int) -> Glyph:
        glyph: Any = self.buffer[y][x]
        return glyph

    def draw(self, data: str) -> None:
        if self._joins:
            for start, end, width in split_graphemes(data)[0]:
                self._show(data[start:end], width)
        else:
            for sign in data:
                self._show(sign, cell_len(sign))

    def _show(self, sign: str, width: int) -> None:
        line: Any = self.buffer[self.cursor.y]
        x = min(self.cursor.x, self.columns - max(width, 1))
        if width == 0:
            if self.cursor.x and self._joins:
                line[self.cursor.x - 1] = line[self.cursor.x - 1]._replace(data=line[self.cursor.x - 1].data + sign)
            return
        attributes: Any = self.cursor.attrs
        for column in range(x, x + width):
            self._halve(column)
            line[column] = attributes._replace(data=sign if column == x else "", link=self._link)
        self.cursor.x = x + width

    def _halve(self, x: int) -> None:
        """Blank the other half of the wide sign of which one half is about to go."""
        line: Any = self.buffer[self.cursor.y]
        if line[x].data == "":
            line[x - 1] = line[x - 1]._replace(data=" ")
        if x + 1 < self.columns and line[x + 1].data == "":
            line[x + 1] = line[x + 1]._replace(data=" ")

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        super().select_graphic_rendition(*attrs)
        codes = list(attrs or (0,))
        attributes: Any = self.cursor.attrs
        while codes:
            code = codes.pop(0)
            if code in (38, 48):
                del codes[: 4 if codes[0] == 2 else 2]
            attributes = attributes._replace(**dict.fromkeys(_ENDED.get(code, ()), False))
            attributes = attributes._replace(**dict([_FURTHER[code]] if code in _FURTHER else []))
        self.cursor.attrs = attributes

    def _erased(self) -> Any:
        return Glyph(bg=self.cursor.attrs.bg if self._colours_erased else "default")

    def erase_characters(self, count: int | None = None) -> None:
        self._erase(self.cursor.x, min(self.cursor.x + (count or 1), self.columns))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        spans = ((self.cursor.x, self.columns), (0, self.cursor.x + 1), (0, self.columns))
        self._erase(*spans[how])

    def _erase(self, start: int, end: int) -> None:
        line: Any = self.buffer[self.cursor.y]
        for x in range(start, end):
            self._halve(x)
            line[x] = self._erased()

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        if how < 2:
            self.erase_in_line(how)
        rows = {0: range(self.cursor.y + 1, self.lines), 1: range(self.cursor.y)}.get(how, range(self.lines))
        self._empty(rows)

    def insert_lines(self, count: int | None = None) -> None:
        super().insert_lines(count)
        self._empty(range(self.cursor.y, self.cursor.y + (count or 1)))

    def delete_lines(self, count: int | None = None) -> None:
        super().delete_lines(count)
        bottom = (self.margins or Margins(0, self.lines - 1)).bottom
        self._empty(range(bottom + 1 - (count or 1), bottom + 1))

    def _empty(self, rows: range) -> None:
        for y in rows:
            line: Any = self.buffer[y]
            for x in range(self.columns):
                line[x] = self._erased()

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        super().set_margins(top, bottom)
        self.cursor_position()


def difference(wanted: Emulator, found: Emulator) -> str:
    """Say in which cell two screens first look different, or that the cursors differ; "" if they are the same."""
    for y, rows in enumerate(zip(wanted.glyphs(), found.glyphs(), strict=True)):
        for x, (one, other) in enumerate(zip(*rows, strict=True)):
            if one != other and one.seen() != other.seen():
                return f"row {y} column {x}: {one.seen()} is wanted, {other.seen()} is found"
    one, other = ((screen.cursor.y, screen.cursor.x, screen.cursor.hidden) for screen in (wanted, found))
    return "" if one == other else f"the cursor is wanted at {one}, found at {other}"
