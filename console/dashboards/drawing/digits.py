"""Numbers three lines high, for a room in which one number is all."""

from __future__ import annotations

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


def big(said: str) -> tuple[str, str, str] | None:
    """Return a number in three lines, its unit as it is on the lowest; None if it has others than ours, or more.

    >>> print(*big("$ 4.1 k") or (), sep="\\n")
      ╷ ╷ ╶╮
      ╰─┤  │
    $   ╵.╶┴╴ k
    """
    head, figures, tail = _parted(said)
    if not figures or any(sign not in _DIGITS for sign in figures) or any(sign.isdecimal() for sign in tail):
        return None
    rows = ["".join(_DIGITS[sign][row] for sign in figures) for row in range(HEIGHT)]
    before = head + " " if head else ""
    blank = " " * len(before)
    return (blank + rows[0]).rstrip(), (blank + rows[1]).rstrip(), f"{before}{rows[2]}{' ' + tail if tail else ''}"


def _parted(said: str) -> tuple[str, str, str]:
    """Return what stands before the first figure, the figures, and what stands behind.

    >>> _parted("-$ 4.1 k"), _parted("-12 %"), _parted("1 m 15 s")
    (('-$', '4.1', 'k'), ('', '-12', '%'), ('', '1', 'm 15 s'))
    """
    words = said.split(" ")
    place = next((place for place, word in enumerate(words) if any(sign.isdecimal() for sign in word)), None)
    if place is None:
        return said, "", ""
    word = words[place]
    figures = word.rstrip("".join(set(word) - set("0123456789")))
    return (
        " ".join(words[:place]),
        figures,
        " ".join((word[len(figures) :] + " " + " ".join(words[place + 1 :])).split()),
    )
