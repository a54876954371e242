"""What a form of writing rows is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from console.db.query import Row
from console.rows.source import Column


class Form(Protocol):
    """Writes one result; every part is text that is complete as far as it goes."""

    def begin(self, columns: Sequence[Column]) -> str:
        """Return what stands before the rows, and remember the columns."""

    def rows(self, rows: Iterable[Row]) -> str:
        """Return the next rows as text."""

    def end(self) -> str:
        """Return what stands behind the rows."""


def unique_names(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the columns' names, each only once: a result may repeat them, a JSON object loses one.

    >>> unique_names([Column("id"), Column("id"), Column("id_2"), Column("?column?")])
    ('id', 'id_3', 'id_2', '?column?')
    """
    taken = {column.name for column in columns}
    names: list[str] = []
    for column in columns:
        name, number = column.name, 2
        while name in names or (name != column.name and name in taken):
            name, number = f"{column.name}_{number}", number + 1
        names.append(name)
    return tuple(names)
