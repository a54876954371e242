"""How a search goes about it: over which rows, by which index with which settings, or by comparing all rows.

A condition is looked at behind an index, which does not know of it. Where the rows that meet it lie elsewhere than what
is searched by, an hnsw that reads on comes back with rows enough, and with the wrong ones (measured: one in two, where
a condition took one cluster of fifty and the question came from another). So with a condition a small table is
compared as a whole, and of a large one more rows are taken than are wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.db.compose import SQL, Composable, Composed
from console.db.composing import verbatim
from console.sql.condition import checked
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Kind, Metric
from console.vectors.search import knobs
from console.vectors.search.operand import Cast, Operand, cast_for, distance, keyed, same
from console.vectors.search.question import Key, Knobs, Question
from console.vectors.search.statement import named

_SMALL = 50_000_000  # numbers that are compared within a quarter of a second
_MORE = 4  # times as many rows are taken where a condition is looked at behind the index
_MOST = 1_000  # what hnsw.ef_search goes up to


@dataclass(frozen=True, slots=True)
class Search:
    """What a statement is made of: a question, what the column is compared with, and the rows that are left out."""

    column: VectorColumn
    question: Question
    metric: Metric
    operand: Operand
    without: tuple[Key, ...] = ()

    @property
    def numbers(self) -> int:
        """About how many numbers are compared where all rows are; 0 where nobody knows."""
        dimensions = self.operand.dimensions or 1
        return max(self.column.rows, 0) * (dimensions // 32 + 1 if self.column.kind is Kind.BIT else dimensions)

    @property
    def small(self) -> bool:
        """Whether all rows are compared of its own accord, for a condition and since there are few enough."""
        by_itself = self.conditional and self.question.knobs == Knobs() and self.column.relation_kind != "v"
        return by_itself and 0 < self.numbers <= _SMALL

    @property
    def conditional(self) -> bool:
        """Whether there is a person's condition."""
        return bool(self.question.where.strip())

    @property
    def exact(self) -> bool:
        """Whether all rows are compared."""
        return self.question.exact or self.small

    @property
    def indexes(self) -> tuple[VectorIndex, ...]:
        """The indexes that may answer it."""
        if self.exact:
            return ()
        usable = [each for each in self.column.indexes if each.valid]
        return tuple(each for each in usable if each.metric is self.metric or self.cast is not None)

    @property
    def indexed(self) -> bool:
        """Whether an index may answer for the column at all; what lies behind a view is not known."""
        return bool(self.column.indexes) or self.column.relation_kind == "v"

    @property
    def cast(self) -> Cast | None:
        """The index of a cast that answers it."""
        return None if self.exact else cast_for(self.column, self.metric, self.operand.dimensions)

    @property
    def taken(self) -> int:
        """How many rows are taken from the index."""
        more = _MORE if self.conditional and self._methods and self.question.knobs.iterative != "off" else 1
        return self.question.k * max(more, self.cast.oversample if self.cast else 1)

    @property
    def settings(self) -> knobs.Settings:
        """What is set for it."""
        if self.exact or not self.indexed:
            return knobs.EXACT if self.indexed else ()
        # Reading on, rows come in better order when they may come out of order; they are sorted behind it.
        reading = "relaxed_order" if self.conditional or self.taken > _MOST else "strict_order"
        chosen = knobs.settings(
            self.question.knobs, self.column.version, self._methods, lists=self._lists, iterative=reading
        )
        if "hnsw" not in self._methods or self.question.knobs.ef_search is not None or self.taken <= knobs.EF_SEARCH:
            return chosen
        return (knobs.Setting("hnsw.ef_search", str(min(self.taken, _MOST)), at_least=knobs.EF_SEARCH), *chosen)

    @property
    def out_of_order(self) -> bool:
        """Whether its rows have to be put in order behind the index."""
        relaxed = any(each.value == "relaxed_order" for each in self.settings)
        return relaxed or (self.column.relation_kind == "v" and not self.exact)

    @property
    def params(self) -> dict[str, object]:
        """The values of its statement."""
        left_out = [keyed(key, f"x{place}_") for place, key in enumerate(self.without)]
        return {**self.operand.params, **{name: value for each in left_out for name, value in each.items()}}

    def distance(self) -> Composed:
        """Return the distance, as the column has it."""
        return distance(self.column, self.metric, named("t", self.column.name), self.operand.sql)

    def nearest(self) -> Composed:
        """Return the distance as the index has it."""
        if self.cast is None:
            return self.distance()
        parts = [self.cast.of(self.column, each) for each in (named("t", self.column.name), self.operand.sql)]
        return distance(self.column, self.cast.index.metric, parts[0], parts[1])

    def conditions(self) -> Iterator[Composable]:
        """Yield which rows are looked at."""
        yield SQL("{} IS NOT NULL").format(named("t", self.column.name))
        if self.column.dimensions is None and self.operand.dimensions is not None:
            yield _length(self.column, self.operand.dimensions)
        for place in range(len(self.without)):
            yield SQL("NOT ({})").format(same(self.column, "t", f"x{place}_"))
        yield from where(self.question)

    @property
    def _methods(self) -> tuple[str, ...]:
        """The kinds of index that may answer it."""
        if self.column.relation_kind == "v" and not self.exact:
            return knobs.METHODS
        return tuple(each.method for each in self.indexes)

    @property
    def _lists(self) -> int:
        """How many lists its ivfflat has."""
        return max((int(each.options.get("lists", 0)) for each in self.indexes), default=0)


def where(question: Question) -> Iterator[Composable]:
    """Yield a person's condition, if there is one."""
    if question.where.strip():
        yield verbatim(checked(question.where))


def _length(column: VectorColumn, dimensions: int) -> Composed:
    """Return the condition that a vector is as long as what it is compared with."""
    name = named("t", column.name)
    if column.kind is Kind.SPARSEVEC:  # no function tells it: {1:0.5}/384
        length = SQL("pg_catalog.split_part({}::pg_catalog.text, '/', 2)::pg_catalog.int4").format(name)
    elif column.kind is Kind.BIT:
        length = SQL("pg_catalog.length({})").format(name)
    else:
        length = SQL("{}({})").format(named(column.extension, "vector_dims"), name)
    return SQL("{} OPERATOR(pg_catalog.=) {}").format(length, verbatim(str(dimensions)))
