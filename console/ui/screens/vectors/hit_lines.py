"""Hits as lines: rank, distance, a bar, and the text with the words that were looked for; pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from console.text import sanitize
from console.ui.widgets.parts import Line, Part, crop, fill, shown, width
from console.vectors.search.functions import Called
from console.vectors.search.highlight import excerpt, marks
from console.vectors.search.hit import Found, Hit
from console.vectors.text_path import read

Answer = Found | Called

_TITLES = ("title", "name", "label", "subject", "heading", "headline", "filename", "summary")
_EIGHTHS = " ▏▎▍▌▋▊▉"
_BLANKS = re.compile(r"\s+")
_LONGEST = 4_000  # signs of a text that are looked at for one line
_LEAST = 20  # cells that a text needs to say anything
_ROOMY = 64  # cells from which on there is room for the similarity
_SIGNS = {1.0: "+", -1.0: "−"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide the columns before the text are: rank, distance, similarity, bar; 0 for one that is left out."""

    rank: int
    distance: int
    similarity: int
    bar: int

    @property
    def text(self) -> int:
        """The cell at which the text begins."""
        return sum(each + 1 for each in (self.rank, self.distance, self.similarity, self.bar) if each) + 2


def shape(found: Answer, room: int) -> Shape:
    """Return the columns for so many cells."""
    rank = len(str(len(found.hits)))
    numbers = [number(each) for each in found.hits]
    alike = [alike_said(each) for each in found.hits] if measured_by(found) != "score" else []
    if not any(numbers) and not any(alike):
        return Shape(rank, 0, 0, 0)
    first = max(8, *map(len, numbers)) if any(numbers) else 0
    second = max(6, *map(len, alike)) if any(alike) and (room >= _ROOMY or not first) else 0
    return Shape(rank, first, second, min(18, max(6, room // 7)))


def measured_by(found: Answer) -> str:
    """Return what the ranks go by: a distance, or a score."""
    return "score" if any(each.score is not None for each in found.hits) else "distance"


def number(hit: Hit) -> str:
    """Return the number that a rank goes by; empty where there is none.

    >>> number(Hit(1, (), 0.14159, 0.86, ())), number(Hit(1, (), None, None, (), 0.0325))
    ('0.1416', '0.0325')
    """
    value = hit.score if hit.score is not None else hit.distance
    return "" if value is None else said(value)


def said(value: float) -> str:
    """Return a number with about four digits.

    >>> said(0.14159), said(3.14159), said(31.4159), said(31415.9), said(0.0)
    ('0.1416', '3.142', '31.42', '31416', '0.0000')
    """
    places = 4 if abs(value) < 1 else 3 if abs(value) < 10 else 2 if abs(value) < 1000 else 0
    return f"{value:.{places}f}"


def alike_said(hit: Hit) -> str:
    """Return the similarity in digits; empty where it has no meaning."""
    return f"{hit.similarity:.3f}" if hit.similarity is not None else ""


def header(found: Answer, each: Shape) -> Line:
    """Return the headings."""
    parts = [Part("  "), *fill([Part("#", "faint")], each.rank, right=True), Part(" ")]
    if each.distance:
        parts += [*fill([Part(measured_by(found), "faint")], each.distance, right=True), Part(" ")]
    if each.similarity:
        parts += [*fill([Part("alike", "faint")], each.similarity, right=True), Part(" ")]
    if each.bar:
        parts += [Part(" " * (each.bar + 1))]
    text = found.text_column
    title = title_column(found)
    names = [name for name in (title, text) if name]
    return [*parts, *shown(" · ".join(names) if names else "row", "faint")]


def line(found: Answer, place: int, each: Shape, room: int, sign: float | None = None, *, tall: bool = False) -> Line:
    """Return a hit; `sign` is that of a tagged row. A `tall` one leaves its text to a second line."""
    hit = found.hits[place]
    parts = [Part(f"{_SIGNS.get(sign or 0.0, ' ')} ", "accent")]
    parts += [*fill([Part(str(hit.rank), "faint")], each.rank, right=True), Part(" ")]
    if each.distance:
        parts += [*fill([Part(number(hit) or "–", "number")], each.distance, right=True), Part(" ")]
    if each.similarity:
        parts += [*fill([Part(alike_said(hit), "faint")], each.similarity, right=True), Part(" ")]
    if each.bar:
        parts += [*fill([Part(bar(strength(found, hit), each.bar), "key")], each.bar), Part(" ")]
    left = max(0, room - width(parts))
    said = _tall(found, hit, left)[0] if tall else _text(found, hit, left)
    return [*parts, *crop(said, left)]


def second(found: Answer, place: int, each: Shape, room: int) -> Line:
    """Return the second line of a tall hit: its text."""
    left = max(0, room - each.text)
    return [Part(" " * each.text), *crop(_tall(found, found.hits[place], left)[1], left)]


def strength(found: Answer, hit: Hit) -> float:
    """Return how long a bar is, of 1: how alike the hit is against the best one."""
    values = [each.score if hit.score is not None else each.similarity for each in found.hits]
    most = max((each for each in values if each is not None), default=0.0)
    own = hit.score if hit.score is not None else hit.similarity
    return own / most if own is not None and most > 0 else 0.0


def bar(part: float, room: int) -> str:
    """Return a bar of a part of `room` cells, to an eighth of a cell.

    >>> bar(0.5, 8), bar(0.3, 4), bar(-1, 4), bar(2, 3)
    ('████', '█▎', '', '███')
    """
    eighths = round(min(1.0, max(0.0, part)) * room * 8)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def title_column(found: Answer) -> str | None:
    """Return the column that names a row in a few words, where there is one beside its text."""
    return next((name for name in _TITLES if name in found.columns and name != found.text_column), None)


def value(found: Answer, hit: Hit, name: str | None) -> str:
    """Return a value of a hit as text, empty for NULL and for a column that is not there."""
    return read(name, found.columns, hit.row) or ""


def named(found: Answer, hit: Hit) -> str:
    """Return a hit in a few words: its title, else the beginning of its text, else its key."""
    text = value(found, hit, title_column(found)) or value(found, hit, found.text_column)
    return _BLANKS.sub(" ", sanitize(text[:200], lines=True)).strip() or ", ".join(hit.key) or f"row {hit.rank}"


def _text(found: Answer, hit: Hit, room: int) -> Line:
    """Return title and text of a hit in one line; a text for which the title leaves no room is left out."""
    title, text = _both(found, hit)
    if not title and not text:
        return _values(hit, room)
    head = marked(title, found.words, "head")
    left = room - width(head) - 2
    if title and (not text or left < _LEAST):
        return head
    piece = _piece(text, found.words, left if title else room)
    return [*head, Part("  "), *marked(piece, found.words, "faint")] if title else marked(piece, found.words)


def _tall(found: Answer, hit: Hit, room: int) -> tuple[Line, Line]:
    """Return title and text of a hit in a line each; a text without a title takes both."""
    title, text = _both(found, hit)
    if not title and not text:
        return _values(hit, room), ()
    if title:
        return marked(title, found.words, "head"), marked(_piece(text, found.words, room), found.words, "faint")
    piece = _piece(text, found.words, 2 * room - 1)
    first = textwrap.wrap(piece, max(1, room))[0] if piece else ""
    return marked(first, found.words), marked(piece[len(first) :].strip(), found.words)


def _piece(text: str, words: Sequence[str], room: int) -> str:
    """Return the part of a text around its first marked word; it begins with a whole word."""
    piece = excerpt(text, words, room)
    begin = piece.find(" ") if piece.startswith("…") and piece[1:2].strip() else 0
    first = next(iter(marks(piece, words)), (0, 0))[0]
    if not 0 < begin < first:
        return piece
    kept = piece[begin:].removesuffix("…")
    return f"…{text[text.find(kept) :][: room + 1] if kept in text else kept}"


def _both(found: Answer, hit: Hit) -> tuple[str, str]:
    title = one_line(value(found, hit, title_column(found)))
    return title, one_line(value(found, hit, found.text_column)[:_LONGEST])


def _values(hit: Hit, room: int) -> Line:
    return shown(" · ".join(one_line(each or "") for each in hit.row if each)[:room], "faint")


def one_line(text: str) -> str:
    """Return a text without line ends."""
    return _BLANKS.sub(" ", text).strip()


def marked(text: str, words: Sequence[str], tone: str = "") -> list[Part]:
    """Return a text in parts, the words that were looked for in a tone of their own."""
    parts: list[Part] = []
    at = 0
    for start, end in marks(text, words):
        parts += [*shown(text[at:start], tone), *shown(text[start:end], "accent")]
        at = end
    return [*parts, *shown(text[at:], tone)]
