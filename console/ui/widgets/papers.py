"""Long texts as lines that are made when they are looked at: wrapped or not, in tones, or as a dump of bytes."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from rich.cells import cell_len

from console.text import sanitize
from console.ui.widgets.parts import Line, Part

RULE = "── "  # before the name of a section
_LONGEST_TONED = 4000  # signs of one line; longer lines are drawn without tones
_LONGEST_MEASURED = 20_000  # signs of one line with wide signs in it; longer ones are broken where they surely fit
_BACK = 24  # signs looked back for a blank to break at
_BYTES = 16
_WIDE = re.compile("[\u1100-\u115f\u2329-\u232a\u2600-\u27bf\u2b00-\u2bff\u2e80-\uffff\U0001f000-\U0003ffff]")


class Paper(Protocol):
    """Lines to be drawn."""

    @property
    def width(self) -> int:
        """How many cells the longest line takes."""

    def __len__(self) -> int:
        """Return how many lines there are."""

    def line(self, index: int) -> Line:
        """Return a line."""

    def reflow(self, room: int) -> None:
        """Break lines anew for so many cells."""


class Text:
    """Text line by line. `tones` cuts a line into parts; `wrapped` lines are broken, at blanks if there are any.

    `hang` says how many cells the rest of a broken line is moved in.
    """

    def __init__(
        self,
        text: str,
        tones: Callable[[str], Iterable[Part]] | None = None,
        *,
        wrapped: bool = True,
        hang: Callable[[str], int] | None = None,
    ) -> None:
        """Make `text` harmless for a terminal and hold it."""
        self._text = readable(text)
        self._tones = tones
        self._wrapped = wrapped
        self._hang = hang
        self._room = 0
        self._ends = array("Q", _line_ends(self._text))
        self._begins = array("Q", [0, *(end + 1 for end in self._ends[:-1])])
        self._starts: Sequence[int] = self._begins
        self._longest = max(end - begin for begin, end in zip(self._begins, self._ends, strict=True))
        self.width = 0 if wrapped else max((cell_len(line) for line in self._text.split("\n")), default=0)

    def __len__(self) -> int:
        return len(self._starts)

    def reflow(self, room: int) -> None:
        """Break the lines anew for so many cells."""
        if not self._wrapped or room == self._room or room < 2:
            return
        self._room = room
        if self._longest <= room // 2:
            self._starts = self._begins
            return
        starts = array("Q")
        for begin, end in zip(self._begins, self._ends, strict=True):
            starts.extend(_breaks(self._text, begin, end, room, self._moved(begin, end)))
        self._starts = starts

    def line(self, index: int) -> Line:
        """Return a line, or the piece of one that is at `index` after wrapping."""
        start = self._starts[index]
        which = bisect_right(self._ends, start - 1)
        begin, end = self._begins[which], self._ends[which]
        stop = min(end, self._starts[index + 1]) if index + 1 < len(self._starts) else end
        moved = self._moved(begin, end) if start > begin else 0
        before = [Part(" " * moved)] if moved else []
        if self._tones is None or end - begin > _LONGEST_TONED:
            return [*before, Part(self._text[start:stop])]
        return [*before, *cut(self._tones(self._text[begin:end]), start - begin, stop - begin)]

    def _moved(self, begin: int, end: int) -> int:
        """Return how many cells the rest of a line is moved in: never more than half of the room."""
        if self._hang is None or end - begin > _LONGEST_TONED:
            return 0
        return min(self._hang(self._text[begin:end]), self._room // 2)


class Dump:
    """Bytes, given as PostgreSQL's hex text, sixteen a line: where they are, their digits, their ASCII signs."""

    width = 8 + 2 + 3 * _BYTES + 2 + _BYTES

    def __init__(self, value: str) -> None:
        r"""Hold `value`, which begins with `\x`."""
        self._value = value
        self._count = (len(value) - 2) // 2

    def __len__(self) -> int:
        return max(1, -(-self._count // _BYTES))

    def reflow(self, room: int) -> None:
        """Do nothing: lines have their length."""

    def line(self, index: int) -> Line:
        """Return sixteen bytes."""
        first = 2 + index * 2 * _BYTES
        row = bytes.fromhex(self._value[first : first + 2 * _BYTES])
        digits = row.hex(" ", 1)
        half = digits[:23] + " " + digits[23:]
        return [
            Part(f"{index * _BYTES:08x}  ", "faint"),
            Part(f"{half:<{3 * _BYTES}}  ", "hex"),
            *(Part(chr(byte)) if 0x20 <= byte < 0x7F else Part("·", "faint") for byte in row),
        ]


def section(name: str, lines: Iterable[str]) -> str:
    """Return lines below a heading, "" where there are none.

    >>> section("Read", ["every minute"])
    '── Read\\n  every minute'
    """
    said = list(lines)
    return "\n".join([f"{RULE}{name}", *(f"  {line}" for line in said)]) if said else ""


def hanging(line: str) -> int:
    """Return how far the rest of a line is moved in: as far as its first word, which may stand behind a sign.

    >>> hanging("  ! no index"), hanging("    lists 100"), hanging("a word"), hanging("── Indexes")
    (4, 4, 0, 3)
    """
    if line.startswith(RULE):
        return len(RULE)
    inner = line.lstrip(" ")
    signed = inner[1:2] == " " and not inner[0].isalnum()
    return len(line) - len(inner) + (2 if signed else 0)


def readable(text: str) -> str:
    """Return `text` without what a terminal would act on; line feeds stay, tabs become blanks."""
    return sanitize(text.replace("\ufe0f", "").replace("\ufe0e", ""), lines=True).expandtabs(4)


def cut(parts: Iterable[Part], start: int, stop: int) -> list[Part]:
    """Return the signs `start` to `stop` of a line."""
    kept: list[Part] = []
    at = 0
    for text, tone in parts:
        piece = text[max(0, start - at) : max(0, stop - at)]
        if piece:
            kept.append(Part(piece, tone))
        at += len(text)
        if at >= stop:
            break
    return kept


def _line_ends(text: str) -> Iterator[int]:
    end = text.find("\n")
    while end >= 0:
        yield end
        end = text.find("\n", end + 1)
    yield len(text)


def _breaks(text: str, begin: int, end: int, room: int, moved: int) -> Iterator[int]:
    """Yield where the pieces of the line from `begin` to `end` start; all but the first have `moved` cells less."""
    yield begin
    if end - begin <= room // 2:
        return
    is_wide = _WIDE.search(text, begin, end) is not None
    at = begin
    while (stop := _stop(text, at, end, room, is_wide=is_wide, is_long=end - begin > _LONGEST_MEASURED)) < end:
        blank = text.rfind(" ", max(at + 1, stop - _BACK), stop)
        at = blank + 1 if blank > 0 else stop
        room -= moved
        moved = 0
        yield at


def _stop(text: str, at: int, end: int, room: int, *, is_wide: bool, is_long: bool) -> int:
    """Return the end of the longest piece from `at` on that fits into `room`."""
    if not is_wide:
        return min(end, at + room)
    stop = min(end, at + room // 2)
    if is_long:
        return stop
    left = room - cell_len(text[at:stop])
    while stop < end and left >= 2:
        more = text[stop : min(end, stop + left // 2)]
        left -= cell_len(more)
        stop += len(more)
    return stop
