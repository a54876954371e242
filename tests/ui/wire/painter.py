"""A painter of random frames, written as Textual's compositor writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

WORDS = ("SELECT", "users", "héllo", "漢字", "日本", "ﾊﾝ", "─┼─", "✓", "▾ public", "12,345.6", "⣿⡇", "null")
UNSURE = ("👩‍👩‍👧", "❤️", "👍🏽", "🇩🇪", "e\u0301x", "⚠️ lock", "क्षि", "☾", "1️⃣", "a\u0300\u0301", "\ue0b0", "שלום")
STYLES = (
    "",
    "bold",
    "dim red",
    "italic #112233 on #445566",
    "underline blue on black",
    "reverse",
    "strike color(200)",
    "on #445566",
    "white on #445566",
    "bold white on color(17)",
    "blink overline",
    "underline2 conceal",
    "link https://example.org/a",
    "bold link https://example.org/b on #445566",
)
_CONSOLE = Console(color_system="truecolor", force_terminal=True, width=200)


class Panel:
    """A rectangle that shows some of its many lines."""

    def __init__(self, random: Random, x: int, y: int, width: int, height: int, words: Sequence[str]) -> None:
        self.x, self.y, self.height = x, y, height
        self._lines = [line(random, width, words) for _ in range(height * 3)]
        self._first = 0

    def scroll(self, lines: int) -> None:
        """Show other lines."""
        self._first = min(max(self._first + lines, 0), len(self._lines) - self.height)

    def pieces(self) -> Iterator[tuple[int, int, Strip]]:
        """Yield row, column and content of what is to be drawn."""
        for offset in range(self.height):
            yield self.y + offset, self.x, self._lines[self._first + offset]


class Painter:
    """Draws a random frame at each call of `frame`."""

    def __init__(
        self, random: Random, columns: int, rows: int, *, unsure: bool = True, whole_rows: bool = False
    ) -> None:
        self._random = random
        self._words = WORDS + UNSURE if unsure else WORDS
        self._whole_rows = whole_rows
        self.columns, self.rows = columns, rows
        self._panels = [self._panel() for _ in range(3)]

    def resize(self, columns: int, rows: int) -> None:
        """Draw for another size from now on."""
        self.columns, self.rows = columns, rows
        self._panels = [self._panel() for _ in range(3)]

    def frame(self) -> str:
        """Return a frame: a few panels, scrolled perhaps, or a few words anywhere."""
        choice = self._random.random()
        if choice < 0.5 and self._panels:
            panel = self._random.choice(self._panels)
            panel.scroll(self._random.choice((-7, -3, -1, 0, 1, 1, 1, 2, 5)))
            return self._written(list(panel.pieces()))
        if choice < 0.6:
            self._panels[self._random.randrange(3)] = self._panel()
            return self._written([piece for panel in self._panels for piece in panel.pieces()])
        return self._written([self._patch() for _ in range(self._random.randint(0, 6))])

    def _panel(self) -> Panel:
        if self._whole_rows:
            return Panel(self._random, 0, 0, self.columns, self.rows, self._words)
        x, y = self._random.randrange(self.columns - 1), self._random.randrange(self.rows - 1)
        width, height = self._random.randint(1, self.columns - x), self._random.randint(1, self.rows - y)
        return Panel(self._random, x, y, width, height, self._words)

    def _patch(self) -> tuple[int, int, Strip]:
        x = 0 if self._whole_rows else self._random.randrange(self.columns)
        width = self.columns if self._whole_rows else self._random.randint(1, min(12, self.columns - x))
        return self._random.randrange(self.rows), x, line(self._random, width, self._words)

    def _written(self, pieces: Sequence[tuple[int, int, Strip]]) -> str:
        """Join as `ChopsUpdate.render_segments` and `App._display` do, with few exceptions without overlaps."""
        if self._whole_rows or self._random.random() < 0.97:
            pieces = _apart(pieces)
        parts = []
        for number, (row, column, strip) in enumerate(pieces):
            last_of_row = number + 1 == len(pieces) or pieces[number + 1][0] != row
            end = "\n" if last_of_row and row < self.rows - 1 else ""
            parts.append(f"\x1b[{row + 1};{column + 1}H{strip.render(_CONSOLE)}{end}")
        cursor = (self._random.randint(1, self.rows), self._random.randint(1, self.columns))
        return "".join(parts) + "\x1b[{};{}H".format(*cursor)


def _apart(pieces: Sequence[tuple[int, int, Strip]]) -> list[tuple[int, int, Strip]]:
    """Return the pieces from the left, without those that overlap one before."""
    kept: list[tuple[int, int, Strip]] = []
    for row, column, strip in sorted(pieces, key=lambda piece: piece[:2]):
        if not kept or kept[-1][0] != row or kept[-1][1] + kept[-1][2].cell_length <= column:
            kept.append((row, column, strip))
    return kept


def line(random: Random, width: int, words: Sequence[str]) -> Strip:
    """Return random words in random styles, so many columns wide."""
    segments = []
    for _ in range(random.randint(0, 6)):
        text = random.choice(words) if random.random() < 0.6 else " " * random.randint(1, 20)
        style = Style.parse(random.choice(STYLES))
        segments.append(Segment(text, style if random.random() < 0.9 else None))
    return Strip(segments).adjust_cell_length(width, Style.parse(random.choice(STYLES))).simplify()
