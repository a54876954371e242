"""What the grid reads rows from: a table of any size, of which only a part need be at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Column:
    """A column of rows.

    `type_name` is the type as `format_type` writes it (`numeric(10,2)`, `text[]`), `oid` its number in pg_type, 0 where
    there is none. `numeric` columns are aligned to the right. `plain` columns hold words of this program and no data:
    an empty cell is left empty there, where data would show `NULL` or `''`.
    """

    name: str
    type_name: str = ""
    oid: int = 0
    numeric: bool = False
    plain: bool = False


class RowSource(Protocol):
    """Rows by their index from 0, every value as the server's text.

    `len(source)` is how many rows can be shown now; it may grow with every `fetch`. Rows inside of it that are not at
    hand are None until they are fetched.
    """

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the values in a row."""

    @property
    def complete(self) -> bool:
        """True when the end is known and `len(source)` is the exact number of rows."""

    @property
    def estimate(self) -> int | None:
        """About how many rows there are, by the server's statistics; None where nobody knows."""

    @property
    def counted(self) -> int:
        """How many rows, from the first on, have a certain number; fewer than `len` when the end was read first."""

    def __len__(self) -> int:
        """Return how many rows can be shown now."""

    def row(self, index: int) -> tuple[str | None, ...] | None:
        """Return a row, or None while it is not at hand."""

    async def fetch(self, first: int, last: int) -> None:
        """Make the rows `first` to `last`, both included, available. `last` may lie beyond `len(self)`.

        May be cancelled while it waits; what has come by then stays.
        """

    async def fetch_end(self) -> None:
        """Make the last rows available without reading all of them."""

    async def close(self) -> None:
        """Let go of what the rows were kept in."""


class Listed:
    """Rows that are all at hand, such as a list the program made itself."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str | None]] = ()) -> None:
        """Keep `rows`, each with a value for every column."""
        self.columns = tuple(columns)
        self._rows = tuple(tuple(row) for row in rows)
        self.complete = True
        self.estimate: int | None = len(self._rows)
        self.counted = len(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> tuple[str | None, ...] | None:
        """Return the row at `index`."""
        return self._rows[index]

    async def fetch(self, first: int, last: int) -> None:
        """Do nothing: all rows are at hand."""

    async def fetch_end(self) -> None:
        """Do nothing: the last row is at hand."""

    async def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
