"""What the server says about the relations and functions that statements name; empty without a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.migrations.hazards.hazard import Name
from console.text import size

NEWEST = 18  # what is assumed without a server
_FEW_ROWS = 10_000
_FEW_BYTES = 8 * 1024 * 1024
_HARDLY_ANY_BYTES = 512 * 1024  # in which there can be no more rows than that
_MANY_BYTES = 1024**3


@dataclass(frozen=True, slots=True)
class Type:
    """A column's type: `mods` are its figures, as in numeric(10, 2); `plain` ones are no domain, enum or the like."""

    name: str
    mods: tuple[int, ...] = ()
    array: bool = False
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `checked` says that a CHECK looks at it, `proven` that it is known to have no NULL."""

    type: Type
    proven: bool = False
    checked: bool = False
    nulls: float | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation on the server, with all its partitions or children; an index has the figures of its table.

    `rows` is None when nobody knows, `counted` when they were counted, at most up to `most` of them.
    """

    name: Name
    kind: str = "r"
    rows: int | None = None
    bytes: int | None = None
    children: int = 0
    counted: bool = False
    most: bool = False
    table: Name | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def small(self) -> bool:
        """Whether reading or writing all of it takes no time that anybody notices."""
        if self.rows is None:
            return self.bytes is not None and self.bytes < _HARDLY_ANY_BYTES
        return self.rows < _FEW_ROWS and (self.bytes or 0) < _FEW_BYTES

    @property
    def large(self) -> bool:
        """Whether it takes minutes."""
        return self.bytes is not None and self.bytes >= _MANY_BYTES

    @property
    def words(self) -> str:
        """Its size in words: "12.0 GB, ≈ 4,000,000 rows"; empty when it is not known."""
        return ", ".join(filter(None, (size(self.bytes) if self.bytes else "", self.rows_words)))

    @property
    def rows_words(self) -> str:
        """Its rows in words: "≈ 4,000,000 rows"."""
        return rows_words(self.rows, counted=self.counted, most=self.most)


def rows_words(rows: int | None, *, counted: bool = True, most: bool = False) -> str:
    """Say how many rows.

    >>> rows_words(1), rows_words(4000, counted=False), rows_words(10_001, most=True), rows_words(None)
    ('1 row', '≈ 4,000 rows', 'more than 10,000 rows', '')
    """
    if rows is None:
        return ""
    if most:
        return f"more than {rows - 1:,} rows"
    return f"{'' if counted else '≈ '}{rows:,} row{'' if rows == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Known:
    """All that was asked of a server. `functions` says of a function's name whether one of that name is volatile."""

    version: int = NEWEST
    asked: bool = False
    relations: Mapping[Name, Relation] = field(default_factory=dict)
    functions: Mapping[str, bool] = field(default_factory=dict)
