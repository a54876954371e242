"""A row of a grid, its headings and its place-holder as boxes: for each column in sight a line of exactly its width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.rows.source import Column
from console.ui.widgets.cells import Kind, draw, is_right_aligned, kind_of
from console.ui.widgets.columns import Layout, short_type
from console.ui.widgets.parts import Line, Part, fill, shown

_BLANK = Part(" ")
_ABSENT = (Part("⋯", "guide"),)


@dataclass(frozen=True, slots=True)
class Sort:
    """The column rows are sorted by, and which way."""

    column: int
    descending: bool = False

    @property
    def mark(self) -> str:
        """The sign beside the heading."""
        return " ▼" if self.descending else " ▲"


class Boxes:
    """Draws the columns in sight; made anew when the columns or their places change."""

    def __init__(self, columns: Sequence[Column], layout: Layout, first: int, room: int) -> None:
        """Draw what fits into `room` cells from column `first` on."""
        self.indexes = layout.visible(first, room)
        self._shapes = [_Shape.of(columns[index], layout.widths[index]) for index in self.indexes]

    def row(self, row: Sequence[str | None]) -> list[Line]:
        """Return the values of a row."""
        return [shape.value(row[index]) for index, shape in zip(self.indexes, self._shapes, strict=True)]

    def absent(self) -> list[Line]:
        """Return what stands for a row that is not at hand."""
        return [shape.boxed(_ABSENT) for shape in self._shapes]

    def names(self, sort: Sort | None) -> list[Line]:
        """Return the names of the columns, with a mark at the one the rows are sorted by."""
        return [
            shape.name(sort.mark if sort and sort.column == index else "")
            for index, shape in zip(self.indexes, self._shapes, strict=True)
        ]

    def types(self) -> list[Line]:
        """Return the types of the columns."""
        return [shape.boxed(shown(short_type(shape.column.type_name), "faint")) for shape in self._shapes]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A column with the width of its values."""

    column: Column
    kind: Kind
    right: bool
    width: int

    @classmethod
    def of(cls, column: Column, width: int) -> _Shape:
        return cls(column, kind_of(column), is_right_aligned(column), width)

    def value(self, value: str | None) -> Line:
        return self.boxed(draw(value, self.kind, self.width))

    def name(self, mark: str) -> Line:
        name = fill(shown(self.column.name, "head"), self.width - len(mark), right=self.right) if mark else ()
        return self.boxed([*name, Part(mark, "accent")] if mark else shown(self.column.name, "head"))

    def boxed(self, line: Iterable[Part]) -> Line:
        return [_BLANK, *fill([*line], self.width, right=self.right), _BLANK]
