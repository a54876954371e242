"""Searches a column of vectors: asks, looks whether the answer is whole, and says what it did.

An index may give fewer rows than there are: it looks at ef_search candidates or at a few lists, and conditions come
after that. So an answer with too few rows is looked at again: by what plan it came and, if by an index, what reading
all rows finds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.db.query import Query, Row
from console.db.session import Session
from console.errors import StatementFailed, TimedOut
from console.vectors import explaining, literal
from console.vectors.column import VectorColumn
from console.vectors.embedders.embedder import Embedder
from console.vectors.metric import Metric
from console.vectors.search import fulltext, fusion, keys, preparing, remarks
from console.vectors.search.admitting import admitted
from console.vectors.search.approach import Search
from console.vectors.search.browsing import browsed
from console.vectors.search.composing import by_distance
from console.vectors.search.highlight import words as words_of
from console.vectors.search.hit import FAST, Found, Hit, Plan
from console.vectors.search.preparing import metric_of
from console.vectors.search.question import FullText, Hybrid, Like, Question, Unasked, Words
from console.vectors.search.reading_text import likeliest
from console.vectors.search.statement import Statement

__all__ = ["FAST", "browse", "metric_of", "search"]

# What is compared to make an answer whole: so many numbers in so many seconds at most. Who wants more says exact.
_EXACT_UP_TO = 200_000_000
_PATIENCE = 5.0
_NOT_THERE = ("42703", "42P01", "42704", "42883")  # column, relation, type, operator or function
_CHANGED = "The table has changed since its columns were read: read them again."
_FEW_ENOUGH = "the table is small enough to compare all rows that meet the condition"


@dataclass(frozen=True, slots=True)
class _Answer:
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


async def search(
    session: Session,
    column: VectorColumn,
    question: Question,
    embedder: Embedder | None = None,
    *,
    plan: bool = False,
    timeout: float | None = None,
    allow_functions: bool = False,
) -> Found:
    """Answer a question. One round trip where the answer is whole, two for sums and averages of rows.

    `plan` reads how the server goes about it, in the same transaction. `timeout` is seconds, by default the profile's.
    `allow_functions` says that a person has agreed to what a condition would call. Cancelled by `session.cancel()`.
    Raises UsageError for what cannot be asked, BadSql for a condition that is none, Refused and MayWrite for one that
    may write, EmbedderFailed, StatementFailed and its kin.
    """
    preparing.check(column, question)
    await admitted(session, column, question.where, allow_functions=allow_functions)
    match question.by:
        case Unasked():
            answer = await _run(session, column, browsed(column, question), plan=plan, timeout=timeout)
        case FullText(text):
            answer = await _by_text(session, column, question, text, plan=plan, timeout=timeout)
        case Hybrid(text):
            answer = await _hybrid(session, column, question, text, embedder, plan=plan, timeout=timeout)
        case _:
            answer = await _by_distance(session, column, question, embedder, plan=plan, timeout=timeout)
    return _found(column, question, answer)


async def browse(
    session: Session,
    column: VectorColumn,
    *,
    k: int = 10,
    where: str = "",
    timeout: float | None = None,
    allow_functions: bool = False,
) -> Found:
    """Return some rows that have a vector, in the order of their key. Raises what `search` raises."""
    question = Question(Unasked(), k=k, where=where)
    return await search(session, column, question, timeout=timeout, allow_functions=allow_functions)


async def _by_distance(
    session: Session,
    column: VectorColumn,
    question: Question,
    embedder: Embedder | None,
    *,
    plan: bool,
    timeout: float | None,
) -> _Answer:
    asked = await preparing.prepared(session, column, question, embedder)
    # The statement reads the vector of a row itself: whether there is one is to be looked at beside it.
    by = question.by
    first = (preparing.vector_of(column, by.key),) if isinstance(by, Like) and column.dimensions is not None else ()
    # To say that an index was read on, it has to be known that one was.
    beyond = question.k > (question.knobs.ef_search or 1_000) and bool(asked.indexes)
    statement = by_distance(asked)
    try:
        answer = await _run(session, column, statement, before=first, plan=plan or beyond, asked=asked, timeout=timeout)
    except StatementFailed as failure:
        if first and isinstance(by, Like) and keys.not_a_value(failure):
            await preparing.vector(session, column, by.key)
        raise
    if first and isinstance(by, Like):
        preparing.vector_in(column, by.key, answer.before[0])
    whole = await _whole(session, asked, answer, plan=plan, timeout=timeout)
    vector = answer.before[0][0][0] if first else asked.operand.params.get("vector")
    said = remarks.of_distances(whole.distances, literal.leaves_single(str(vector), column.kind))
    return replace(whole, remarks=(*whole.remarks, *said))


async def _whole(session: Session, asked: Search, answer: _Answer, *, plan: bool, timeout: float | None) -> _Answer:
    """Return the answer, or, where an index left rows out, that of all rows; and say so."""
    short = len(answer.rows) < asked.question.k if answer.came is None else answer.came < asked.taken
    if not short or asked.exact or not asked.indexed:
        said = remarks.whole(asked, len(answer.rows), answer.plan, answer.looked)
        return replace(answer, remarks=said, plan=answer.plan if plan else None)
    chosen = answer.plan or await _planned(session, asked.column, asked.metric, answer.statement)
    if not chosen.index:
        said = remarks.all_there_are(asked, len(answer.rows))
        return replace(answer, remarks=said, plan=chosen if plan else None)
    kept = replace(answer, plan=chosen if plan else None)
    if asked.question.knobs.iterative == "off" or asked.numbers > _EXACT_UP_TO:
        return replace(kept, remarks=remarks.left_out(asked, len(answer.rows), chosen.index, answer.looked))
    return await _of_all_rows(session, asked, kept, chosen.index, plan=plan, timeout=timeout)


async def _of_all_rows(
    session: Session, asked: Search, answer: _Answer, index: str, *, plan: bool, timeout: float | None
) -> _Answer:
    exact = replace(asked, question=replace(asked.question, exact=True))
    try:
        found = await _run(
            session,
            asked.column,
            by_distance(exact),
            plan=plan,
            asked=exact,
            timeout=_PATIENCE if not timeout else min(timeout, _PATIENCE),
        )
    except TimedOut:
        return replace(answer, remarks=remarks.left_out(asked, len(answer.rows), index, answer.looked, tried=True))
    seconds = answer.seconds + found.seconds
    if found.distances != answer.distances:
        said = remarks.mended(asked, len(answer.rows), len(found.rows), index, answer.looked)
        return replace(found, remarks=said, seconds=seconds)
    return replace(answer, remarks=remarks.all_there_are(asked, len(answer.rows)), seconds=seconds)


async def _planned(session: Session, column: VectorColumn, metric: Metric, statement: Statement) -> Plan:
    queries = (*statement.setting, *explaining.asked(statement.query))
    answers = await session.read(*queries, doing=f"reading the plan of a search in {column.label}")
    return explaining.plan(answers[-3:], column, metric)


async def _by_text(
    session: Session, column: VectorColumn, question: Question, text: str, *, plan: bool, timeout: float | None
) -> _Answer:
    fulltext.must_be_bearable(text)
    document = await fulltext.document(session, column, question.text_column)
    statement = fulltext.by_text(column, question, document, text)
    before = (fulltext.understood(document, text),)
    answer = await _run(session, column, statement, before=before, plan=plan, timeout=timeout)
    return replace(answer, remarks=remarks.of_text(document, answer.before[0][0][0], len(answer.rows), question.k))


async def _hybrid(
    session: Session,
    column: VectorColumn,
    question: Question,
    text: str,
    embedder: Embedder | None,
    *,
    plan: bool,
    timeout: float | None,
) -> _Answer:
    any_of = fusion.any_of(text)
    fulltext.must_be_bearable(any_of.replace(" or ", " "))
    document = await fulltext.document(session, column, question.text_column)
    asked = await preparing.prepared(session, column, question, embedder)
    statement = fusion.hybrid(asked, document, any_of)
    before = (fulltext.understood(document, any_of),)
    answer = await _run(
        session,
        column,
        statement,
        before=before,
        explained=fusion.by_distance_alone(asked),
        plan=plan,
        asked=asked,
        timeout=timeout,
    )
    return replace(answer, remarks=remarks.of_hybrid(document, answer.before[0][0][0]))


async def _run(
    session: Session,
    column: VectorColumn,
    statement: Statement,
    *,
    before: Sequence[Query] = (),
    explained: Statement | None = None,
    plan: bool = False,
    asked: Search | None = None,
    timeout: float | None = None,
) -> _Answer:
    """Send a statement with its settings and what stands before it; read the plan of `explained`, else of itself."""
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
    chosen = _plan(answers[at + 1 :], column, asked) if plan else None
    held = statement.held(answers[0][0]) if statement.settings else statement
    return _Answer(held, answers[at], seconds, chosen, answers[len(statement.setting) : at])


def _plan(answers: Sequence[Sequence[Row]], column: VectorColumn, asked: Search | None) -> Plan:
    if asked is None:
        return explaining.plan(answers, column, column.metric)
    read = explaining.plan(answers, column, asked.metric, exact=asked.question.exact)
    return replace(read, because=_FEW_ENOUGH) if asked.small and column.indexes and not read.index else read


def _found(column: VectorColumn, question: Question, answer: _Answer) -> Found:
    metric, columns = metric_of(column, question), answer.statement.columns
    rows = [row[len(answer.statement.measures) :] for row in answer.rows]
    named = question.text_column if question.text_column in columns else None
    asked = question.by.text if isinstance(question.by, Words | FullText | Hybrid) else ""
    return Found(
        column=column,
        question=question,
        metric=metric,
        columns=columns,
        hits=tuple(_hits(column, metric, answer)),
        sql=answer.statement.text,
        seconds=answer.seconds,
        plan=answer.plan,
        text_column=named or likeliest(column, columns, rows),
        words=words_of(asked),
        remarks=answer.remarks,
        settings=tuple(answer.looked.items()),
    )


def _hits(column: VectorColumn, metric: Metric, answer: _Answer) -> list[Hit]:
    measures, columns = answer.statement.measures, answer.statement.columns
    keys = [columns.index(name) for name in column.key if name in columns]
    hits = []
    for rank, whole in enumerate(answer.rows, 1):
        measured = dict(zip(measures, whole, strict=False))
        row = whole[len(measures) :]
        distance = _number(measured.get("distance"))
        key = tuple(row[place] or "" for place in keys) if len(keys) == len(column.key) else ()
        similarity = metric.similarity(distance, column.dimensions)
        hits.append(Hit(rank, key, distance, similarity, row, _number(measured.get("score"))))
    return hits


def _number(text: str | None) -> float | None:
    value = math.nan if text is None else float(text)
    return None if math.isnan(value) else value
