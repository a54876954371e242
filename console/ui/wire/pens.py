"""Pens: how a cell is drawn, and the fewest bytes that turn one pen into another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from zlib import crc32

# Each attribute of SGR that is read, and the code that ends it (ECMA-48, 8.3.117; xterm's ctlseqs).
_ENDED_BY = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 51: 54, 52: 54, 53: 55}

# An erased cell keeps the background and nothing else; these attributes do not show on a blank anyway.
_UNSEEN_ON_A_BLANK = frozenset({1, 2, 3})


@dataclass(frozen=True, slots=True, eq=False)
class Pen:
    """How a cell is drawn. Two pens are equal when they are the same object; get one from `pen`.

    The colours are SGR parameters ("38;2;10;20;30", "" for the terminal's own), the link is an address, "" for none.
    """

    attributes: frozenset[int]
    foreground: str
    background: str
    link: str

    @property
    def erasable(self) -> bool:
        """Whether an erased cell looks like a blank of this pen, if the terminal erases with its background."""
        return not self.link and self.attributes <= _UNSEEN_ON_A_BLANK


PLAIN = Pen(frozenset(), "", "", "")


def pen(attributes: frozenset[int], foreground: str, background: str, link: str) -> Pen:
    """Return the one pen of these properties.

    A pen that fell out of the cache comes back as another object: its cells are then sent once more, no harm done.
    """
    return _pen(attributes, foreground, background, link) if attributes or foreground or background or link else PLAIN


@lru_cache(maxsize=2048)
def _pen(attributes: frozenset[int], foreground: str, background: str, link: str) -> Pen:
    return Pen(attributes, foreground, background, link)


@lru_cache(maxsize=2048)
def linked(before: Pen, link: str) -> Pen:
    """Return the pen `before` inside another link, "" for none."""
    return pen(before.attributes, before.foreground, before.background, link)


@lru_cache(maxsize=2048)
def rendition(before: Pen, parameters: str) -> Pen | None:
    """Return the pen after SGR with these parameters ("1;31"), or None where one of them is not known here."""
    now = before
    codes = iter(parameters.split(";"))
    try:
        for code in codes:
            now = _after(now, int(code or 0), codes)
    except (ValueError, StopIteration):
        return None
    return pen(now.attributes, now.foreground, now.background, now.link)


def _after(now: Pen, code: int, rest: Iterator[str]) -> Pen:
    if code == 0:
        return linked(PLAIN, now.link)
    if code in _ENDED_BY:
        return replace(now, attributes=now.attributes | {code})
    if 30 <= code <= 38 or 90 <= code <= 97:
        return replace(now, foreground=_colour(code, rest))
    if 40 <= code <= 48 or 100 <= code <= 107:
        return replace(now, background=_colour(code, rest))
    if code == 39:
        return replace(now, foreground="")
    if code == 49:
        return replace(now, background="")
    raise ValueError(code)


def _colour(code: int, rest: Iterator[str]) -> str:
    if code not in (38, 48):
        return str(code)
    space = next(rest)
    numbers = [str(int(next(rest))) for _ in range({"2": 3, "5": 1}.get(space, 0))]
    if not numbers:
        raise ValueError(space)
    return ";".join((str(code), space, *numbers))


@lru_cache(maxsize=4096)
def change(before: Pen | None, after: Pen) -> str:
    """Return the shortest text that makes `after` of `before`; None stands for a pen that is not known."""
    if before is after:
        return ""
    renewed = _sgr([0, *sorted(after.attributes)], after.foreground, after.background)
    if before is None:
        return renewed + (_link(after.link) if after.link else "")
    text = min(_difference(before, after), renewed, key=len)
    return text if before.link == after.link else text + _link(after.link)


def _difference(before: Pen, after: Pen) -> str:
    gone = before.attributes - after.attributes
    ending = {_ENDED_BY[code] for code in gone}
    lost = {code for code in after.attributes if _ENDED_BY[code] in ending}
    codes = [*sorted(ending), *sorted(after.attributes - before.attributes | lost)]
    foreground = "" if after.foreground == before.foreground else after.foreground or "39"
    background = "" if after.background == before.background else after.background or "49"
    return _sgr(codes, foreground, background)


def _sgr(codes: list[int], foreground: str, background: str) -> str:
    parameters = [*map(str, codes), *filter(None, (foreground, background))]
    if parameters == ["0"]:
        return "\x1b[m"
    return f"\x1b[{';'.join(parameters)}m" if parameters else ""


def _link(address: str) -> str:
    # Rich numbers a link anew whenever it copies a style. An id made of the address stays, and joins the link's parts.
    return f"\x1b]8;id={crc32(address.encode()):x};{address}\x1b\\" if address else "\x1b]8;;\x1b\\"
