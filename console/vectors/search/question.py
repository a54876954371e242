"""What is asked of a column of vectors: by what, how many, how near, and how the index is to look."""

from __future__ import annotations

from dataclasses import dataclass

from console.vectors.metric import Metric

Key = tuple[str, ...]  # the values of a row's key, as PostgreSQL writes them


@dataclass(frozen=True, slots=True)
class Like:
    """Rows like this one, which is left out itself."""

    key: Key


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows near a vector that was pasted: pgvector's form, JSON, numbers with commas or blanks, `{1:0.5}/384`, bits."""

    text: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """Rows near a sum of rows: their average, or A - B + C; the rows named are left out.

    `terms` are the sign (1.0 or -1.0, or any weight) and the key of each; `average` divides by their number.
    """

    terms: tuple[tuple[float, Key], ...]
    average: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Rows near what an embedder makes of these words."""

    text: str


@dataclass(frozen=True, slots=True)
class FullText:
    """Rows whose text has these words, by PostgreSQL's own full text search."""

    text: str


@dataclass(frozen=True, slots=True)
class Hybrid:
    """Both, fused by reciprocal rank."""

    text: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """Nothing is asked yet: some rows that have a vector, to begin with."""


By = Unasked | Like | Pasted | Mixed | Words | FullText | Hybrid


@dataclass(frozen=True, slots=True)
class Knobs:
    """How an index looks; what is None is as the server has it, but for what finds too little.

    That is: iterative scans are on, and an ivfflat looks into the square root of its lists where nobody has said how
    many. `iterative` is off, strict_order or relaxed_order (hnsw), off or relaxed_order (ivfflat), since pgvector 0.8.
    """

    ef_search: int | None = None
    probes: int | None = None
    iterative: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A search.

    `metric` None is the column's own. `where` is a person's condition on the table's columns, "" for none. `within` is
    the largest distance. `exact` reads all rows. `text_column` is what full text search reads, None to let it be found.
    """

    by: By
    k: int = 10
    metric: Metric | None = None
    where: str = ""
    within: float | None = None
    exact: bool = False
    knobs: Knobs = Knobs()
    text_column: str | None = None
