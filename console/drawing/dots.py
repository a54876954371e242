"""Dots of braille, eight in a cell, each in a role: points and lines finer than letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from console.drawing.paper import BLANK, Cell
from console.drawing.picture import Role

ACROSS, DOWN = 2, 4  # dots of a cell
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_EMPTY = 0x2800


class Dots:
    """A canvas of `width` × `height` cells; dots are counted from its upper left."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._bits: dict[tuple[int, int], int] = {}
        self._roles: dict[tuple[int, int], Counter[Role]] = {}

    def put(self, x: int, y: int, role: Role) -> None:
        """Draw a dot; one outside of the canvas is not seen."""
        column, row = x // ACROSS, y // DOWN
        if 0 <= column < self.width and 0 <= row < self.height:
            at = (row, column)
            self._bits[at] = self._bits.get(at, 0) | _BITS[y % DOWN][x % ACROSS]
            self._roles.setdefault(at, Counter())[role] += 1

    def join(self, one: tuple[int, int], other: tuple[int, int], role: Role) -> None:
        """Draw a straight line between two dots."""
        for x, y in straight(one, other):
            self.put(x, y, role)

    def cells(self) -> list[list[Cell]]:
        """Return the canvas row by row; a cell has the role that most of its dots were drawn in."""
        rows = [[BLANK] * self.width for _ in range(self.height)]
        for (row, column), bits in self._bits.items():
            roles = self._roles[row, column]
            rows[row][column] = (chr(_EMPTY + bits), min(roles, key=lambda role: (-roles[role], role)))
        return rows


def straight(one: tuple[int, int], other: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the places of a straight line, both ends among them.

    >>> list(straight((0, 0), (3, 1)))
    [(0, 0), (1, 0), (2, 1), (3, 1)]
    """
    (left, top), (right, bottom) = one, other
    steps = max(abs(right - left), abs(bottom - top), 1)
    for step in range(steps + 1):
        yield round(left + (right - left) * step / steps), round(top + (bottom - top) * step / steps)
