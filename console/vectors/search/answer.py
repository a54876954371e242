"""Has the server answer a search: the settings, the statement and what stands before it in one round trip."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.db.query import Query, Row
from console.db.session import Session
from console.errors import StatementFailed
from console.vectors import explaining
from console.vectors.column import VectorColumn
from console.vectors.metric import Metric
from console.vectors.search.approach import Search
from console.vectors.search.hit import Plan
from console.vectors.search.statement import Statement

_NOT_THERE = ("42703", "42P01", "42704", "42883")  # column, relation, type, operator or function
_CHANGED = "The table has changed since its columns were read: read them again."
_FEW_ENOUGH = "the table is small enough to compare all rows that meet the condition"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement gave: rows, the seconds it took, its plan if that was wanted, and what stood before its rows."""

    statement: Statement
    rows: Sequence[Row]
    seconds: float
    plan: Plan | None = None
    before: Sequence[Sequence[Row]] = ()
    remarks: tuple[str, ...] = ()

    @property
    def came(self) -> int | None:
        """How many rows an index gave to choose from, where that was counted and any was chosen."""
        counted = "came" in self.statement.measures and self.rows
        return int(self.rows[0][self.statement.measures.index("came")] or 0) if counted else None

    @property
    def distances(self) -> list[str | None]:
        """The distances as the server wrote them."""
        place = self.statement.measures.index("distance")
        return [row[place] for row in self.rows]

    @property
    def looked(self) -> dict[str, str]:
        """The settings that held, by name."""
        return {each.name: each.value for each in self.statement.settings}


async def run(
    session: Session,
    column: VectorColumn,
    statement: Statement,
    *,
    before: Sequence[Query] = (),
    explained: Statement | None = None,
    plan: bool = False,
    asked: Search | None = None,
    indexed: bool | None = None,
    timeout: float | None = None,
) -> Answer:
    """Send a statement with its settings and what stands before it; read the plan of `explained`, else of itself.

    `indexed` is of a full text search: whether there is an index of the words.
    """
    behind = explaining.asked((explained or statement).query) if plan else ()
    queries = (*statement.setting, *before, statement.query, *behind)
    began = time.perf_counter()
    try:
        answers = await session.read(*queries, timeout=timeout, doing=f"searching {column.label}")
    except StatementFailed as failure:
        # A person's condition may name what is not there; what is ours was there when the columns were read.
        if failure.sqlstate in _NOT_THERE and not statement.own_path:
            failure.hint = _CHANGED
        raise
    seconds = time.perf_counter() - began
    at = len(statement.setting) + len(before)
    chosen = _plan(answers[at + 1 :], column, asked, indexed) if plan else None
    held = statement.held(answers[0][0]) if statement.settings else statement
    return Answer(held, answers[at], seconds, chosen, answers[len(statement.setting) : at])


def _plan(answers: Sequence[Sequence[Row]], column: VectorColumn, asked: Search | None, indexed: bool | None) -> Plan:
    if indexed is not None:
        return explaining.of_text(answers, indexed=indexed)
    if asked is None:
        return explaining.plan(answers, column, column.metric)
    read = explaining.plan(answers, column, asked.metric, exact=asked.question.exact)
    return replace(read, because=_FEW_ENOUGH) if asked.small and column.indexes and not read.index else read


async def planned(session: Session, column: VectorColumn, metric: Metric, statement: Statement) -> Plan:
    """Return how the server would go about a statement."""
    queries = (*statement.setting, *explaining.asked(statement.query))
    answers = await session.read(*queries, doing=f"reading the plan of a search in {column.label}")
    return explaining.plan(answers[-3:], column, metric)
