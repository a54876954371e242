"""A line as parts, each a text and the tone it is drawn in, cut and padded to a number of terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from console.text import sanitize

ELLIPSIS = "…"
_PICTURES = {"\n": "⏎", "\t": "⇥", "\ufe0e": "", "\ufe0f": ""}
# Terminals disagree about the width that these two give to the sign before them, so they are left out.
_SELECTORS = "\ufe0e\ufe0f"
_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")


class Part(NamedTuple):
    """A piece of a line. `tone` names what it is (`number`, `null`, `faint`…); the theme says how that looks."""

    text: str
    tone: str = ""


Line = Sequence[Part]


def width(line: Line) -> int:
    """Return how many cells of a terminal `line` takes."""
    return sum([len(text) if text.isascii() else cell_len(text) for text, _ in line])


def shown(text: str, tone: str = "") -> list[Part]:
    r"""Return foreign text as parts that a terminal takes for nothing but text; what was replaced is toned `hidden`.

    >>> shown("a\nb")
    [Part(text='a', tone=''), Part(text='⏎', tone='hidden'), Part(text='b', tone='')]
    """
    if text.isascii() and text.isprintable():
        return [Part(text, tone)] if text else []
    return [
        Part("".join(map(_picture, signs)), "hidden" if hidden else tone) for hidden, signs in groupby(text, _is_hidden)
    ]


def crop(line: Line, room: int) -> list[Part]:
    """Return `line` cut to at most `room` cells; the last cell is an ellipsis where something was cut."""
    if width(line) <= room:
        return list(line)
    kept: list[Part] = []
    left = room - 1
    for text, tone in line:
        taken = cell_len(text)
        kept.append(Part(text if taken <= left else set_cell_size(text, left), tone))
        left -= taken
        if left <= 0:
            break
    return [*kept, Part(ELLIPSIS, "hidden")] if room > 0 else []


def fill(line: Line, room: int, *, right: bool = False) -> list[Part]:
    """Return `line` cut or padded to exactly `room` cells, at the right edge if `right`."""
    space = room - width(line)
    if space < 0:
        return crop(line, room)
    if not space:
        return list(line)
    return [Part(" " * space), *line] if right else [*line, Part(" " * space)]


def plain(line: Iterable[Part]) -> str:
    """Return the text of `line` without its tones."""
    return "".join(part.text for part in line)


def _is_hidden(sign: str) -> bool:
    return sign not in _SELECTORS and (sign in _SPACES or sanitize(sign) != sign)


def _picture(sign: str) -> str:
    if sign in _SPACES:
        return f"⟨{ord(sign):X}⟩"
    return _PICTURES.get(sign, sanitize(sign))
