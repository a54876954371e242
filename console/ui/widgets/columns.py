"""How wide the columns of a grid are and where each of them stands, all from plain numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.cells import cell_len

from console.rows.source import Column
from console.ui.widgets.cells import draw, is_right_aligned, kind_of
from console.ui.widgets.parts import width

NARROWEST = 3
WIDEST = 40
MEASURED = 80  # what a column gets at most where there is room to spare
FITTED = 200  # what `=` may make of a column
_PADDING = 2
_LONGEST_NAME = 28
_LONGEST_TYPE = 16
_CELLS_SAMPLED = 1500
_ROWS_SAMPLED = 50

_SHORT = (
    ("timestamp with time zone", "timestamptz"),
    ("timestamp without time zone", "timestamp"),
    ("time with time zone", "timetz"),
    ("time without time zone", "time"),
    ("character varying", "varchar"),
    ("double precision", "float8"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns stand: `widths` of the values, `starts` of the columns with their padding, `total` cells."""

    widths: tuple[int, ...]
    starts: tuple[int, ...]
    total: int

    @classmethod
    def of(cls, widths: Sequence[int]) -> Layout:
        """Place columns of these widths side by side, each with a blank on both sides."""
        ends = tuple(accumulate(width + _PADDING for width in widths))
        return cls(tuple(widths), (0, *ends)[: len(widths)], ends[-1] if ends else 0)

    def first(self, scrolled: int) -> int:
        """Return the first column drawn when `scrolled` cells are out of sight: the next that starts there or after."""
        return max(0, min(bisect_left(self.starts, scrolled), len(self.starts) - 1))

    def visible(self, first: int, room: int) -> range:
        """Return the columns from `first` on of which at least one cell fits into `room`."""
        if not self.starts:
            return range(0)
        return range(first, bisect_left(self.starts, self.starts[first] + room))

    def at(self, first: int, x: int) -> int | None:
        """Return the column drawn at cell `x` when `first` is the leftmost, or None right of the last."""
        position = self.starts[first] + x if self.starts else 0
        return bisect_right(self.starts, position) - 1 if 0 <= position < self.total else None

    def scroll_for(self, column: int, first: int, room: int) -> int:
        """Return how many cells to scroll so that all of `column` is seen, moving as little as can be."""
        if column < first:
            return self.starts[column]
        end = self.starts[column] + self.widths[column] + _PADDING
        if end - self.starts[first] <= room:
            return self.starts[first]
        return self.starts[min(column, bisect_left(self.starts, end - room))]


def short_type(name: str) -> str:
    """Return the name of a type as people write it, without the schemas that extensions are usually kept in.

    >>> short_type("timestamp with time zone"), short_type("character varying(20)[]"), short_type("public.vector(3)")
    ('timestamptz', 'varchar(20)[]', 'vector(3)')
    """
    name = name.removeprefix("public.").removeprefix("extensions.")
    for long, short in _SHORT:
        if name.startswith(long):
            return short + name.removeprefix(long)
    return name


def sample_size(columns: int) -> int:
    """Return how many rows are measured when there are so many columns."""
    return max(5, min(_ROWS_SAMPLED, _CELLS_SAMPLED // max(1, columns)))


def wanted(columns: Sequence[Column], rows: Sequence[Sequence[str | None]]) -> tuple[int, ...]:
    """Return how wide each column would be to show its heading and these rows, at most `MEASURED`."""
    return tuple(fitting(column, [row[index] for row in rows], limit=MEASURED) for index, column in enumerate(columns))


def grown(wanted: Sequence[int], columns: Sequence[Column], rows: Sequence[Sequence[str | None]]) -> tuple[int, ...]:
    """Return the widths with room for the longest number in `rows`: a number that is cut reads as another number."""
    return tuple(
        max([want, *(len(row[index] or "") for row in rows)]) if is_right_aligned(column) else want
        for index, (want, column) in enumerate(zip(wanted, columns, strict=True))
    )


def fitting(column: Column, values: Sequence[str | None], *, limit: int = FITTED) -> int:
    """Return how wide `column` has to be to show its heading and these values, at most `limit`."""
    kind = kind_of(column)
    return max([_heading(column), *(width(draw(value, kind, limit)) for value in values)])


def widths(wanted: Sequence[int], room: int, chosen: Mapping[int, int]) -> tuple[int, ...]:
    """Return the widths drawn: what is wanted within bounds; what a person has `chosen`; spare `room` shared out."""
    bounded = [chosen.get(index, max(1, min(want, WIDEST))) for index, want in enumerate(wanted)]
    spare = room - sum(bounded) - _PADDING * len(bounded)
    for index, want in enumerate(wanted):
        if spare > 0 and index not in chosen and want > bounded[index]:
            more = min(spare, want - bounded[index])
            bounded[index] += more
            spare -= more
    return tuple(bounded)


def _heading(column: Column) -> int:
    """Return what the name, with room for a sign of sorting, and the type take."""
    if column.plain:
        return cell_len(column.name)
    return max(min(cell_len(column.name) + 2, _LONGEST_NAME), min(len(short_type(column.type_name)), _LONGEST_TYPE))
