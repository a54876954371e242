"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

from console.db.query import Row
from console.vectors.column import VectorColumn
from console.vectors.metric import Metric
from console.vectors.search.question import Question

FAST = 0.3  # seconds that a search may take to be asked as a person types


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that was found.

    `rank` counts from 1. `key` tells the row apart, () where the table has no key. `distance` is None for a hit of full
    text alone and where it is not a number. `similarity` is what the metric makes of it. `score` is what the rank goes
    by where it is not the distance (full text, fused). `row` are the values of the columns of `Found.columns`, as text.
    """

    rank: int
    key: tuple[str, ...]
    distance: float | None
    similarity: float | None
    row: Row
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How the server went about it: `index` is the name of the index that it used, "" when it read all rows.

    That is an index of vectors, or, where words were looked for, of these. `because` is a sentence saying why no index
    was used, "" when one was. `text` is EXPLAIN's own, a line each.
    """

    index: str = ""
    because: str = ""
    text: tuple[str, ...] = ()

    @property
    def badge(self) -> str:
        """What the screen says in a few words."""
        return f"index {self.index}" if self.index else f"sequential scan, because {self.because}"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question.

    `columns` are the names of what each hit's row has, the vector left out. `text_column` is the one that is text to be
    read. `words` are those to be marked in it. `sql` is what was run, ready for psql. `seconds` is the round trip of
    the search itself. `remarks` are sentences: fewer rows than asked for and why, what was done about it. `settings`
    are those of the server that were set for it, by name.
    """

    column: VectorColumn
    question: Question
    metric: Metric
    columns: tuple[str, ...]
    hits: tuple[Hit, ...]
    sql: str
    seconds: float
    plan: Plan | None = None
    text_column: str | None = None
    words: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def fast(self) -> bool:
        """Whether the next one like it can be asked as a person types."""
        return self.seconds < FAST
