"""A function of the database's own that searches: it takes a vector and gives rows back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from console.text import sanitize
from console.vectors.column import VectorColumn
from console.vectors.metric import Kind
from console.vectors.search.hit import FAST, Hit

# How an argument is called that says how many rows are wanted.
_COUNTS = ("match_count", "k", "top_k", "match_limit", "p_limit", "limit_count", "max_results", "result_count", "n")


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument that is given to a function: "" where it has no name, None where it has no default in SQL."""

    name: str
    type: str
    default: str | None = None
    vector: bool = False

    @property
    def counts(self) -> bool:
        """Whether it says how many rows are wanted."""
        return self.name.lower() in _COUNTS and self.type in ("integer", "bigint", "smallint")


@dataclass(frozen=True, slots=True)
class Function:
    """A function that searches.

    `kind` is the type of its vector, `extension` and `version` are pgvector's schema and version. `columns` are the
    names and types of what it gives back. `source` is its body.
    """

    oid: int
    schema: str
    name: str
    arguments: tuple[Argument, ...]
    columns: tuple[tuple[str, str], ...]
    volatile: bool
    kind: Kind
    extension: str
    version: str
    comment: str = ""
    source: str = ""
    language: str = ""

    @property
    def full_name(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"

    @property
    def label(self) -> str:
        """The same, harmless for a terminal."""
        return sanitize(self.full_name)

    @property
    def vector(self) -> Argument:
        """The argument that is searched by."""
        return next(each for each in self.arguments if each.vector)

    @property
    def asked(self) -> tuple[Argument, ...]:
        """The other arguments, to be asked for."""
        return tuple(each for each in self.arguments if each is not self.vector)

    def reads(self, columns: Iterable[VectorColumn]) -> VectorColumn | None:
        """Return the column that its body speaks of first, whose embedder is the one for its vector; None for none."""
        places = [(self._spoken_of(column), column) for column in columns if column.kind is self.kind]
        return min((each for each in places if each[0] >= 0), key=lambda each: each[0], default=(0, None))[1]

    def _spoken_of(self, column: VectorColumn) -> int:
        names = (column.table, column.name)
        matches = [re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", self.source) for name in names]
        return matches[0].start() if matches[0] and matches[1] else -1


@dataclass(frozen=True, slots=True)
class Called:
    """What a function found; all but `function` as in Found.

    `similarity`, `distance` and `score` of a hit are what the function says in columns of such names; its key is what
    it calls `id`.
    """

    function: Function
    columns: tuple[str, ...]
    hits: tuple[Hit, ...]
    sql: str
    seconds: float
    text_column: str | None = None
    words: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def fast(self) -> bool:
        """Whether the next one like it can be asked as a person types."""
        return self.seconds < FAST
