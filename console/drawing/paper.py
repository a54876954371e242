"""Lines of spans: put together, cut to cells, and held within the room there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from console.drawing.picture import Line, Picture, Role, Span
from console.drawing.signs import SERIES, Signs
from console.text import cut as cut_text
from console.text import width as cells

Cell = tuple[str, Role]
_FORMS = ((24, True), (14, True), (24, False), (14, False), (9, False))  # how long names are, and if values follow
_PLAIN = str.maketrans("…–µ", "~-u")
_LEAST_FOR_NAMES = 12
BLANK: Cell = (" ", Role.PLAIN)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a picture is drawn: how many cells and lines, with which signs, and what time it is."""

    width: int
    height: int
    signs: Signs
    now: datetime

    @property
    def high(self) -> bool:
        """Whether a line more for names is not missed below."""
        return self.height >= _LEAST_FOR_NAMES

    def less(self, *, width: int = 0, height: int = 0) -> Room:
        """Return the room that is left when some is taken."""
        return Room(max(0, self.width - width), max(0, self.height - height), self.signs, self.now)


def line(*parts: str | tuple[str, Role] | Span) -> Line:
    """Return a line of texts, each plain or in its role; empty ones are left out."""
    spans = (part if isinstance(part, Span) else Span(part) if isinstance(part, str) else Span(*part) for part in parts)
    return tuple(span for span in spans if span.text)


def width(of: Line) -> int:
    """Return how many cells a line takes."""
    return sum(cells(span.text) for span in of)


def cut(of: Line, room: int) -> Line:
    """Return a line that takes no more than `room` cells."""
    kept: list[Span] = []
    for span in of:
        taken = cells(span.text)
        if taken > room:
            kept.extend(line((cut_text(span.text, room), span.role)))
            break
        kept.append(span)
        room -= taken
    return tuple(kept)


def padded(text: str, room: int, *, right: bool = False) -> str:
    """Return a text of exactly `room` cells, cut or with blanks behind it (before it if it stands to the right).

    >>> padded("ab", 4), padded("12", 4, right=True), padded("日本語", 4)
    ('ab  ', '  12', '日… ')
    """
    said = cut_text(text, room)
    blanks = " " * (room - cells(said))
    return blanks + said if right else said + blanks


def joined(row: Iterable[Cell]) -> Line:
    """Return cells as a line: neighbours of one role are one span, blanks at the end are left out."""
    signs = list(row)
    while signs and signs[-1][0] == " ":
        signs.pop()
    return tuple(Span("".join(sign for sign, _ in run), role) for role, run in groupby(signs, key=lambda cell: cell[1]))


def bounded(lines: Iterable[Line], room: Room) -> Picture:
    """Return lines as a picture that does not leave its room."""
    kept: list[Line] = []
    for each in lines:
        if len(kept) >= room.height:
            break
        kept.append(cut(each, room.width))
    return tuple(kept)


def fitted(lines: Iterable[Line], width: int, height: int, *, ascii: bool = False) -> Picture:
    """Return lines as a picture of at most so many cells and lines; `ascii` keeps to signs that every terminal has."""
    picture = tuple(cut(each, width) for each in islice(lines, max(0, height)))
    return in_ascii(picture) if ascii else picture


def in_ascii(picture: Picture) -> Picture:
    """Return a picture without those of our own signs that stand in texts; what a database says stays as it is."""
    return tuple(tuple(Span(span.text.translate(_PLAIN), span.role) for span in line) for line in picture)


def named(names: Sequence[str], values: Sequence[str], signs: str) -> list[list[Span]]:
    """Return names of series with their signs and values, in forms that need less and less room."""
    return [
        [
            Span(f"{signs[place]} {cut_text(name, longest)} {value if said else ''}".rstrip(), SERIES[place])
            for place, (name, value) in enumerate(zip(names, values, strict=True))
        ]
        for longest, said in _FORMS
    ]


def legend(
    forms: Sequence[Sequence[Span]],
    width: int,
    *,
    lines: int = 1,
    left_out: int = 0,
    more: str = "…",
    high: bool = False,
) -> list[Line]:
    """Return names behind each other, two cells apart, in the first of several forms that fits into so many lines.

    If none does, as many of the last one as there is room for. What is missing is counted. In a `high` picture no line
    is saved by shorter names.
    """
    before = 1 if high else 2
    for used in range(1, lines + 1):
        for names in forms[: None if used == lines else before]:
            flowed = _flowed(names, width, used, left_out, more)
            if flowed is not None:
                return flowed
    names = list(forms[-1])
    for kept in range(len(names) - 1, 0, -1):
        flowed = _flowed(names[:kept], width, lines, left_out + len(names) - kept, more)
        if flowed is not None:
            return flowed
    return [cut(line((f"{more} {left_out + len(names)} more", Role.MUTED)), width)]


def _flowed(names: Sequence[Span], room: int, lines: int, left_out: int, more: str) -> list[Line] | None:
    """Return names in lines, with how many are left out behind them; None if that is too much."""
    missing = [Span(f"{more} {left_out} more", Role.MUTED)] if left_out else []
    flowed: list[list[Span]] = [[]]
    for name in (*names, *missing):
        if flowed[-1] and sum(cells(span.text) for span in flowed[-1]) + 2 + cells(name.text) > room:
            flowed.append([])
        flowed[-1] += [Span("  "), name] if flowed[-1] else [name]
    fits = len(flowed) <= lines and all(width(tuple(each)) <= room for each in flowed)
    return [tuple(each) for each in flowed] if fits else None
