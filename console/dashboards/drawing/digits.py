"""Numbers three lines high, for a room in which one number is all."""

from __future__ import annotations

import re

from console.text import width as cells

_DIGITS = {
    "0": ("╭─╮", "│ │", "╰─╯"),
    "1": ("╶╮ ", " │ ", "╶┴╴"),
    "2": ("╶─╮", "╭─╯", "╰─╴"),
    "3": ("╶─╮", " ─┤", "╶─╯"),
    "4": ("╷ ╷", "╰─┤", "  ╵"),
    "5": ("╭─╴", "╰─╮", "╶─╯"),
    "6": ("╭─╴", "├─╮", "╰─╯"),
    "7": ("╶─╮", "  │", "  ╵"),
    "8": ("╭─╮", "├─┤", "╰─╯"),
    "9": ("╭─╮", "╰─┤", "╶─╯"),
    ".": (" ", " ", "."),
    ",": (" ", " ", ","),
    "-": ("   ", "╶─╴", "   "),
    "+": ("   ", "╶┼╴", "   "),
}
HEIGHT = 3
_FIGURES = re.compile(r"^([-+]?[0-9][0-9.,]*)([^0-9.,].*)$")


def big(said: str) -> tuple[str, str, str] | None:
    """Return a number in three lines, its units as they are on the lowest; None if it has figures that are not ours.

    >>> print(*big("$ 4.1 k") or (), sep="\\n")
      ╷ ╷ ╶╮
      ╰─┤  │
    $   ╵.╶┴╴ k
    >>> print(*big("1 m 27 s") or (), sep="\\n")
    ╶╮    ╶─╮╶─╮
     │    ╭─╯  │
    ╶┴╴ m ╰─╴  ╵ s
    """
    words = [_enlarged(word) for word in _words(said)]
    small = [word for word in words if isinstance(word, str)]
    if len(small) == len(words) or any(sign.isdecimal() for word in small for sign in word):
        return None
    rows = [" ".join(_row(word, row) for word in words).rstrip() for row in range(HEIGHT)]
    return rows[0], rows[1], rows[2]


def _words(said: str) -> list[str]:
    """Return the words, an exponent or a letter right behind figures as one of its own.

    >>> _words("-$ 4.1k"), _words("-12 %"), _words("1 m 15 s")
    (['-$', '4.1', 'k'], ['-12', '%'], ['1', 'm', '15', 's'])
    """
    return [part for word in said.split(" ") for part in _FIGURES.sub(r"\1 \2", word).split(" ")]


def _enlarged(word: str) -> str | list[tuple[str, str, str]]:
    """Return the large signs of a word of figures, any other as it is."""
    is_number = any(sign in "0123456789" for sign in word) and all(sign in _DIGITS for sign in word)
    return [_DIGITS[sign] for sign in word] if is_number else word


def _row(word: str | list[tuple[str, str, str]], row: int) -> str:
    if isinstance(word, str):
        return word if row == HEIGHT - 1 else " " * cells(word)
    return "".join(sign[row] for sign in word)
