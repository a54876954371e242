"""Lines for people: columns aligned by what a terminal shows, text wrapped to its width, a sign with its colour."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import click

from console.cli.terminal import streams
from console.cli.terminal.telling import styled
from console.text import sanitize

_LONGEST = 40  # cells of a name before it moves its line, or on a terminal is cut


@dataclass(frozen=True, slots=True)
class Sign:
    """How something stands: a glyph, and a colour that says the same again."""

    glyph: str
    colour: str | None = None

    def __call__(self, text: str = "") -> str:
        """Return the glyph before a text, in colour."""
        return styled(f"{self.glyph} {text}".rstrip(), self.colour)


GOOD, BAD, ODD, WAITING = Sign("✓", "green"), Sign("✗", "red"), Sign("!", "yellow"), Sign("●", "cyan")
EDITED, GONE, RUNNING = Sign("≠", "yellow"), Sign("?", "yellow"), Sign("▸", "cyan")


def wrapped(text: str, *, indent: int) -> list[str]:
    """Return a text in lines that fit behind `indent` blanks; a long word moves its line."""
    return textwrap.wrap(text, width() - indent, break_long_words=False, break_on_hyphens=False)


def print_wrapped(text: str, *, indent: int = 4) -> None:
    """Print a text below the line it belongs to."""
    for line in below(text, indent=indent):
        click.echo(line)


def below(text: str, *, indent: int = 4) -> Iterator[str]:
    """Yield the lines of a text that stands below the line it belongs to."""
    for paragraph in text.splitlines():
        for line in wrapped(paragraph, indent=indent):
            yield " " * indent + line


def differing(difference: str) -> Iterator[str]:
    """Yield the lines of a unified difference, harmless, in their colours; what was taken away is red."""
    for line in difference.split("\n") if difference else ():
        colour = None if line.startswith(("---", "+++")) else _COLOURS.get(line[:1])
        yield styled(sanitize(line, lines=True), colour)


_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def columns(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> Iterator[str]:
    """Yield a line for each row, the columns as wide as their values; those in `right` are numbers.

    >>> list(columns([("a", "1", "x"), ("bcd", "10", "")], right={1}))
    ['a     1  x', 'bcd  10']
    """
    sizes = [[cells(value) for value in row] for row in rows]
    widths = [min(_LONGEST, max(column)) for column in zip(*sizes, strict=True)]
    for row, taken in zip(rows, sizes, strict=True):
        parts = []
        for number, (value, size, most) in enumerate(zip(row, taken, widths, strict=True)):
            blanks = " " * (most - size)
            parts.append(blanks + value if number in right else value + blanks)
        yield "  ".join(parts).rstrip()


def cells(text: str) -> int:
    """Return how many cells a text takes on a terminal."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def short(text: str) -> str:
    """Return a name cut to its column, on a terminal; who reads from a pipe gets it whole."""
    if not streams.on_terminal(sys.stdout):
        return text
    if cells(text) <= _LONGEST:
        return text
    from rich.cells import set_cell_size

    return f"{set_cell_size(text, _LONGEST - 1).rstrip()}…"


def width() -> int:
    """Return how many cells a line has: the terminal's, else 80."""
    return max(40, shutil.get_terminal_size().columns)
