"""Two texts laid beside each other, or where there is no room one into the other; what differs in a line stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, zip_longest

from rich.cells import cell_len

from console.ui.widgets.papers import cut, readable
from console.ui.widgets.parts import Line, Part, fill, plain

BESIDE = 84  # cells from which on there is room for both
_AROUND = 3  # lines that are shown around what differs
_ALIKE = 0.4  # how alike two lines are to be one that changed
_LONGEST = 3_000  # lines that are compared; of longer texts each is shown as it is
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_GUTTER = 2
_FURTHER = 2  # cells that the rest of a broken line stands further in


@dataclass(frozen=True, slots=True)
class Pair:
    """A line on either side, None where it is not there; `same` on both, or with what differs in it toned."""

    before: Line | None
    after: Line | None
    same: bool = False


class TwoSides:
    """A paper of two texts, the first before, the second after."""

    width = 0

    def __init__(self, before: str, after: str) -> None:
        """Compare them line by line, and within lines word by word."""
        self._pairs = list(_folded(list(_pairs(_lines(before), _lines(after)))))
        self._rows: list[Line] = []
        self._room = 0

    def __len__(self) -> int:
        return len(self._rows)

    def line(self, index: int) -> Line:
        """Return a line."""
        return self._rows[index]

    def reflow(self, room: int) -> None:
        """Lay both beside each other, or one into the other."""
        if room == self._room or room < 2 * _GUTTER + 2:
            return
        self._room = room
        laid = _beside if room >= BESIDE else _into_one
        self._rows = list(laid(self._pairs, room))


def _lines(text: str) -> list[str]:
    return readable(text).strip("\n").split("\n") if text.strip() else []


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    if max(len(before), len(after)) > _LONGEST:
        yield from (Pair([Part(each, "bad")], None) for each in before)
        yield from (Pair(None, [Part(each, "good")]) for each in after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Pair([Part(each)], [Part(each)], same=True) for each in after[c:d])
        else:
            yield from _changed(before[a:b], after[c:d])


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Pair each line that went with the one that came in its place, if one is like it."""
    left = list(after)
    for old in before:
        place = next((at for at, new in enumerate(left) if _is_alike(old, new)), None)
        if place is None:
            yield Pair([Part(old, "bad")], None)
            continue
        yield from (Pair(None, [Part(new, "good")]) for new in left[:place])
        yield Pair(*_within(old, left[place]))
        del left[: place + 1]
    yield from (Pair(None, [Part(new, "good")]) for new in left)


def _is_alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, _WORDS.findall(old.strip()), _WORDS.findall(new.strip()), autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _within(old: str, new: str) -> tuple[Line, Line]:
    """Return both lines with the words toned that the other has not."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    before: list[Part] = []
    after: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        is_same = tag == "equal"
        before += [Part("".join(a[i:j]), "" if is_same else "removed")] if i < j else []
        after += [Part("".join(b[k:m]), "" if is_same else "added")] if k < m else []
    return before, after


def _folded(pairs: Sequence[Pair]) -> Iterator[Pair | int]:
    """Leave out long stretches of lines that are the same; their number stands for them."""
    differs = [at for at, each in enumerate(pairs) if not each.same]
    if not differs:
        yield from pairs
        return
    near = {at for place in differs for at in range(place - _AROUND, place + _AROUND + 1)}
    hidden = 0
    for at, each in enumerate(pairs):
        if at in near:
            if hidden:
                yield hidden
            hidden = 0
            yield each
        else:
            hidden += 1
    if hidden:
        yield hidden


def _beside(pairs: Sequence[Pair | int], room: int) -> Iterator[Line]:
    half = (room - 3) // 2
    for each in pairs:
        if isinstance(each, int):
            yield _skipped(each)
            continue
        left = _cut(each.before, half - _GUTTER, " " if each.same else "−", "bad")
        right = _cut(each.after, half - _GUTTER, " " if each.same else "+", "good")
        for one, other in zip_longest(left, right, fillvalue=()):
            yield [*fill(one, half), Part(" │ ", "guide"), *fill(other, half)]


def _into_one(pairs: Sequence[Pair | int], room: int) -> Iterator[Line]:
    """What went before what came, block by block."""
    came: list[Line] = []
    for each in chain(pairs, (None,)):
        if isinstance(each, Pair) and not each.same:
            yield from _cut(each.before, room - _GUTTER, "−", "bad")
            came += _cut(each.after, room - _GUTTER, "+", "good")
            if each.before is not None and each.after is not None:
                yield from came
                came = []
            continue
        yield from came
        came = []
        if isinstance(each, int):
            yield _skipped(each)
        elif each is not None:
            yield from _cut(each.after, room - _GUTTER, " ", "")


def _skipped(lines: int) -> Line:
    return [Part(f"  ⋯ {lines} {'line' if lines == 1 else 'lines'} the same", "guide")]


def _cut(line: Line | None, room: int, sign: str, tone: str) -> list[Line]:
    """Return a line in pieces that fit, the first with its sign, the others a little further in."""
    if line is None:
        return []
    text = plain(line)
    inner = min(len(text) - len(text.lstrip()) + _FURTHER, room // 2)
    pieces = list(_breaks(text, room, inner))
    heads = [Part(f"{sign} ", tone), *[Part(" " * (_GUTTER + inner))] * (len(pieces) - 1)]
    return [[head, *cut(line, start, stop)] for head, (start, stop) in zip(heads, pieces, strict=True)]


def _breaks(text: str, room: int, inner: int) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a text begin and end: at a blank, where there is one not too far before."""
    start, free = 0, room
    while True:
        end = start + len(text[start : start + free])
        while end > start + 1 and cell_len(text[start:end]) > free:
            end -= 1
        if end >= len(text):
            yield start, len(text)
            return
        blank = text.rfind(" ", start + (end - start) // 3, end + 1)
        stop = blank + 1 if blank > 0 else end
        yield start, stop
        start, free = stop, max(room - inner, 2)
